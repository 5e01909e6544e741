import { ourFlags } from "../../protocol/ntlm/flags.ts";
import { NtlmError } from "../../protocol/ntlm/ntlmError.ts";
import { SealingContext, type SealedMessage, sessionKeys } from "../../protocol/ntlm/sealingContext.ts";
import { nodeDigests } from "../../transport/nodeDigests.ts";

const keys = sessionKeys(nodeDigests, new Uint8Array(16).fill(1), ourFlags(true));
const plain = new TextEncoder().encode("opened");

/**
 * Opens one message and refuses every other, as the seal of a conversation does at that place: a signature that fits
 * changed bytes is not found by chance. So a place in a conversation can be tried again and again without what was
 * said before.
 */
export class KnownSeal extends SealingContext {
  readonly #sealed: Buffer;

  constructor(role: "client" | "server", message: Buffer) {
    super(keys, role, nodeDigests);
    this.#sealed = sealedPart(message);
  }

  override open({ signature, data }: SealedMessage): Uint8Array {
    if (this.#sealed.equals(Buffer.concat([signature, data]))) return plain;
    throw new NtlmError("badSignature", "The signature of a sealed message does not fit.");
  }
}

const before = "application/octet-stream\r\n";
const after = "--Encrypted Boundary--\r\n";
/** The length of the signature, in four bytes. */
const lengthField = 4;

/** Signature and data, one behind the other. */
function sealedPart(message: Buffer): Buffer {
  const start = message.indexOf(before) + before.length + lengthField;
  return message.subarray(start, message.length - after.length);
}
