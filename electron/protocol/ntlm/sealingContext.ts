import { ascii, concat, equalInConstantTime, u32, viewOf } from "./bytes.ts";
import type { Digests } from "./digests.ts";
import { flags, has } from "./flags.ts";
import { NtlmError } from "./ntlmError.ts";
import { Rc4 } from "./rc4.ts";

export type DirectionKeys = { readonly sign: Uint8Array; readonly seal: Uint8Array };
export type SessionKeys = {
  readonly toServer: DirectionKeys;
  readonly toClient: DirectionKeys;
  /** With KEY_EXCH the checksum itself is enciphered; without it not ([MS-NLMP] 3.4.4.2). */
  readonly checksumEnciphered: boolean;
};

export type SealedMessage = { readonly signature: Uint8Array; readonly data: Uint8Array };

/** Derives the four keys ([MS-NLMP] 3.4.5.2, 3.4.5.3); each constant includes its trailing NUL. */
export function sessionKeys(digests: Digests, exportedKey: Uint8Array, agreed: number): SessionKeys {
  const strength = has(agreed, flags.key128) ? 16 : has(agreed, flags.key56) ? 7 : 5;
  const derive = (direction: string): DirectionKeys => ({
    sign: digests.md5(concat(exportedKey, magic(direction, "signing"))),
    seal: digests.md5(concat(exportedKey.subarray(0, strength), magic(direction, "sealing"))),
  });
  return {
    toServer: derive("client-to-server"),
    toClient: derive("server-to-client"),
    checksumEnciphered: has(agreed, flags.keyExchange),
  };
}

function magic(direction: string, use: string): Uint8Array {
  return ascii(`session key to ${direction} ${use} key magic constant\0`);
}

/**
 * Signs and seals what one end of one connection sends, and opens what it receives. Both RC4 states run on from message
 * to message; after one failure the context is of no more use ([MS-NLMP] 3.4.4.2).
 */
export class SealingContext {
  readonly #digests: Digests;
  readonly #enciphered: boolean;
  readonly #out: DirectionKeys;
  readonly #in: DirectionKeys;
  #outStream: Rc4;
  #inStream: Rc4;
  #sendNumber = 0;
  /** Null until the first body: its number may be 0 or 1 ([MS-SPNG] 3.3.5.1 and peers that differ). */
  #receiveNumber: number | null = null;
  #broken = false;

  constructor(keys: SessionKeys, role: "client" | "server", digests: Digests) {
    this.#digests = digests;
    this.#enciphered = keys.checksumEnciphered;
    this.#out = role === "client" ? keys.toServer : keys.toClient;
    this.#in = role === "client" ? keys.toClient : keys.toServer;
    this.#outStream = new Rc4(this.#out.seal);
    this.#inStream = new Rc4(this.#in.seal);
  }

  /** The mechListMIC: a signature with the next number, after which the sending stream starts afresh. */
  signMechanisms(mechanisms: Uint8Array): Uint8Array {
    const signature = this.#signature(this.#out, this.#outStream, this.#sendNumber++, mechanisms);
    this.#outStream = new Rc4(this.#out.seal);
    return signature;
  }

  /** Checks the peer's mechListMIC (number 0); the receiving stream starts afresh after it. */
  verifyMechanisms(mechanisms: Uint8Array, signature: Uint8Array): boolean {
    const expected = this.#signature(this.#in, new Rc4(this.#in.seal), 0, mechanisms);
    return equalInConstantTime(expected, signature);
  }

  seal(plain: Uint8Array): SealedMessage {
    const data = this.#outStream.apply(plain);
    return { data, signature: this.#signature(this.#out, this.#outStream, this.#sendNumber++, plain) };
  }

  /** Deciphers and checks; throws `badSignature` or `badSequence`, and from then on always. */
  open(message: SealedMessage): Uint8Array {
    if (this.#broken) throw new NtlmError("badState", "This sealing context failed before.");
    this.#broken = true;
    const number = this.#numberOf(message.signature);
    const plain = this.#inStream.apply(message.data);
    const expected = this.#signature(this.#in, this.#inStream, number, plain);
    if (!equalInConstantTime(expected, message.signature))
      throw new NtlmError("badSignature", "The signature of a sealed message does not fit.");
    this.#receiveNumber = number + 1;
    this.#broken = false;
    return plain;
  }

  #numberOf(signature: Uint8Array): number {
    if (signature.length !== 16 || viewOf(signature).getUint32(0, true) !== 1)
      throw new NtlmError("badSignature", "A signature is not 16 bytes of version 1.");
    const number = viewOf(signature).getUint32(12, true);
    const due = this.#receiveNumber === null ? number <= 1 : number === this.#receiveNumber;
    if (!due) throw new NtlmError("badSequence", "A sealed message is out of its order.");
    return number;
  }

  #signature(keys: DirectionKeys, stream: Rc4, number: number, plain: Uint8Array): Uint8Array {
    const checksum = this.#digests.hmacMd5(keys.sign, u32(number), plain).subarray(0, 8);
    return concat(u32(1), this.#enciphered ? stream.apply(checksum) : checksum, u32(number));
  }
}
