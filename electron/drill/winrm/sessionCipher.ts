import { constants, createCipheriv, createDecipheriv, createPublicKey, publicEncrypt } from "node:crypto";
import type { PublicKey, SessionCipher } from "../../protocol/psrp/sessionKey.ts";

/** AES-256-CBC under the session key ([MS-PSRP] 2.2.5.1.24). */
export function sessionCipher(key: Uint8Array): SessionCipher {
  return {
    encrypt: (iv, plain) => {
      const cipher = createCipheriv("aes-256-cbc", key, iv);
      return Buffer.concat([cipher.update(plain), cipher.final()]);
    },
    decrypt: (iv, data) => {
      const decipher = createDecipheriv("aes-256-cbc", key, iv);
      return Buffer.concat([decipher.update(data), decipher.final()]);
    },
  };
}

/** The session key under the client's RSA key, PKCS#1 v1.5, big-endian; null for numbers that are no RSA key. */
export function wrapSessionKey(key: Uint8Array, client: PublicKey): Uint8Array | null {
  try {
    const publicKey = createPublicKey({ format: "jwk", key: jwkOf(client) });
    return publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, key);
  } catch {
    return null;
  }
}

function jwkOf(client: PublicKey): { readonly kty: string; readonly n: string; readonly e: string } {
  const exponent = Buffer.alloc(4);
  exponent.writeUInt32BE(client.exponent);
  const first = Math.max(
    0,
    exponent.findIndex((byte) => byte !== 0),
  );
  return {
    kty: "RSA",
    n: Buffer.from(client.modulus).toString("base64url"),
    e: exponent.subarray(first).toString("base64url"),
  };
}
