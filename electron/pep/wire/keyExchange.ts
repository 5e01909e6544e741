import { constants, createCipheriv, createDecipheriv, generateKeyPair, privateDecrypt } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { PsrpError } from "../../protocol/psrp/psrpError.ts";
import type { PublicKey, SessionCipher } from "../../protocol/psrp/sessionKey.ts";

/** Our half of a key exchange ([MS-PSRP] 2.2.2.3, .4): a key pair for one runspace and no other. */
export type KeyPair = {
  readonly publicKey: PublicKey;
  /** The session key out of ENCRYPTED_SESSION_KEY. Throws PsrpError `badKey`, in one sentence for every cause. */
  readonly open: (wrapped: Uint8Array) => SessionKey;
};

/** The session key of one runspace, until it is forgotten. */
export type SessionKey = { readonly cipher: SessionCipher; readonly forget: () => void };

const keyBytes = 32;

/** 2048 bits and exponent 65537, as every implementation has them. */
export async function newKeyPair(): Promise<KeyPair> {
  const pair = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const { n = "", e = "" } = pair.publicKey.export({ format: "jwk" });
  const exponent = Number.parseInt(Buffer.from(e, "base64url").toString("hex"), 16);
  return {
    publicKey: { modulus: new Uint8Array(Buffer.from(n, "base64url")), exponent },
    open: (wrapped) => sessionKey(unwrapped(pair.privateKey, wrapped)),
  };
}

/**
 * PKCS#1 v1.5 by hand (RFC 8017 7.2.2): some builds of Node refuse the padding for decryption. The key is 32 bytes, so
 * it is clear where the padding ends, and one look tells whether it is right.
 */
function unwrapped(privateKey: KeyObject, wrapped: Uint8Array): Uint8Array {
  const block = raw(privateKey, wrapped);
  const gap = block.length - keyBytes - 1;
  let wrong = (block[0] ?? 1) | ((block[1] ?? 0) ^ 2) | (block[gap] ?? 1);
  for (const byte of block.subarray(2, gap)) wrong |= byte === 0 ? 1 : 0;
  const key = new Uint8Array(block.subarray(gap + 1));
  block.fill(0);
  if (wrong !== 0) throw unreadable();
  return key;
}

function raw(privateKey: KeyObject, wrapped: Uint8Array): Buffer {
  try {
    return privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, wrapped);
  } catch {
    // A number beyond the modulus: no more is said of it than of wrong padding.
    throw unreadable();
  }
}

const unreadable = (): PsrpError => new PsrpError("badKey", "the session key cannot be opened");

/** AES-256-CBC ([MS-PSRP] 2.2.5.1.24). Forgetting overwrites the key; the cipher is of no use afterwards. */
function sessionKey(key: Uint8Array): SessionKey {
  const cipher: SessionCipher = {
    encrypt: (iv, plain) => joined(createCipheriv("aes-256-cbc", key, iv), plain),
    decrypt: (iv, data) => joined(createDecipheriv("aes-256-cbc", key, iv), data),
  };
  return { cipher, forget: () => void key.fill(0) };
}

/** The pieces hold plain text on the way back, so they are overwritten once they are joined. */
function joined(
  transform: { readonly update: (bytes: Uint8Array) => Buffer; readonly final: () => Buffer },
  bytes: Uint8Array,
): Uint8Array {
  const first = transform.update(bytes);
  const last = transform.final();
  const all = Buffer.concat([first, last]);
  first.fill(0);
  last.fill(0);
  return all;
}
