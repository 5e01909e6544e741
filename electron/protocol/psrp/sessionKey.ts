import { fromBase64, toBase64 } from "../clixml/base64.ts";
import { scalar } from "../clixml/build.ts";
import type { ClixmlScalar, ClixmlValue } from "../clixml/value.ts";
import { concatenate } from "../concatenate.ts";
import { PsrpError } from "./psrpError.ts";

/* RSA and AES come in as arguments: this file only knows the blobs around them ([MS-PSRP] 2.2.2.3, .4, 2.2.5.1.24). */

/** `PUBLICKEYBLOB` header, `RSA1`, 2048 bits; what follows is exponent and modulus, little-endian. */
const publicHead = Uint8Array.of(6, 2, 0, 0, 0, 0xa4, 0, 0, 0x52, 0x53, 0x41, 0x31, 0, 8, 0, 0);
/** `SIMPLEBLOB` header: an AES-256 key under an RSA key. */
const keyHead = Uint8Array.of(1, 2, 0, 0, 0x10, 0x66, 0, 0, 0, 0xa4, 0, 0);
const modulusBytes = 256;

/** The modulus big-endian, 256 bytes: 2048 bits and no other size. */
export type PublicKey = { readonly modulus: Uint8Array; readonly exponent: number };

/** The base64 text of PUBLIC_KEY. Throws PsrpError `badKey` unless the modulus has 2048 bits. */
export function writePublicKey(key: PublicKey): string {
  if (key.modulus.length !== modulusBytes)
    throw new PsrpError("badKey", "the public key must have 2048 bits");
  const exponent = new Uint8Array(4);
  new DataView(exponent.buffer).setUint32(0, key.exponent, true);
  return toBase64(concatenate([publicHead, exponent, key.modulus.toReversed()]));
}

export function readPublicKey(text: string): PublicKey {
  const bytes = fromBase64(text);
  if (bytes?.length !== publicHead.length + 4 + modulusBytes || !startsWith(bytes, publicHead))
    throw new PsrpError("badKey", "the public key is not a 2048-bit RSA key blob");
  return {
    exponent: new DataView(bytes.buffer, bytes.byteOffset).getUint32(publicHead.length, true),
    modulus: bytes.slice(publicHead.length + 4).toReversed(),
  };
}

/** The base64 text of ENCRYPTED_SESSION_KEY, of an RSA PKCS#1 v1.5 ciphertext in the usual big-endian order. */
export function writeEncryptedKey(cipher: Uint8Array): string {
  if (cipher.length !== modulusBytes) throw new PsrpError("badKey", "the enciphered key must have 256 bytes");
  return toBase64(concatenate([keyHead, cipher.toReversed()]));
}

/** The RSA ciphertext, big-endian. */
export function readEncryptedKey(text: string): Uint8Array {
  const bytes = fromBase64(text);
  if (bytes?.length !== keyHead.length + modulusBytes || !startsWith(bytes, keyHead))
    throw new PsrpError("badKey", "the session key is not an RSA key blob");
  return bytes.slice(keyHead.length).toReversed();
}

const startsWith = (bytes: Uint8Array, head: Uint8Array): boolean =>
  head.every((byte, at) => bytes[at] === byte);

/** AES-256-CBC with PKCS#7 padding under the pool's session key. */
export type SessionCipher = {
  readonly encrypt: (iv: Uint8Array, plain: Uint8Array) => Uint8Array;
  /** Throws on any wrong padding. */
  readonly decrypt: (iv: Uint8Array, data: Uint8Array) => Uint8Array;
};

const zeroIv = new Uint8Array(16);

/** A SecureString value of that text ([MS-PSRP] 2.2.5.1.24). The plain bytes are overwritten. */
export function secureString(text: string, cipher: SessionCipher): ClixmlScalar {
  const plain = new Uint8Array(text.length * 2);
  const view = new DataView(plain.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), true);
  const data = cipher.encrypt(zeroIv, plain);
  plain.fill(0);
  return scalar("SS", toBase64(data));
}

/** The text of a SecureString. Throws PsrpError `badKey` with one sentence for everything that can be wrong. */
export function revealSecureString(value: ClixmlValue, cipher: SessionCipher): string {
  if (value === null || typeof value !== "object" || value.kind !== "scalar" || value.tag !== "SS")
    throw new PsrpError("badKey", "the value is no SecureString");
  const plain = decipher(value.text, cipher);
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  let text = "";
  for (let at = 0; at + 1 < plain.length; at += 2) text += String.fromCharCode(view.getUint16(at, true));
  plain.fill(0);
  return text;
}

const decipher = (text: string, cipher: SessionCipher): Uint8Array => {
  try {
    const plain = cipher.decrypt(zeroIv, fromBase64(text) ?? new Uint8Array());
    if (plain.length % 2 === 0) return plain;
  } catch {
    // One sentence for every cause: a padding error must not tell more than any other.
  }
  throw new PsrpError("badKey", "the SecureString cannot be read with this session key");
};
