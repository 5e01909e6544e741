import {
  constants,
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  generateKeyPairSync,
  privateDecrypt,
  publicEncrypt,
} from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyText } from "../../testing/clixmlValues.ts";
import { scalar } from "../clixml/build.ts";
import {
  readEncryptedKey,
  readPublicKey,
  revealSecureString,
  secureString,
  writeEncryptedKey,
  writePublicKey,
} from "./sessionKey.ts";
import type { SessionCipher } from "./sessionKey.ts";

const cipherOf = (key: Uint8Array): SessionCipher => ({
  encrypt: (iv, plain) => {
    const cipher = createCipheriv("aes-256-cbc", key, iv);
    return Buffer.concat([cipher.update(plain), cipher.final()]);
  },
  decrypt: (iv, data) => {
    const decipher = createDecipheriv("aes-256-cbc", key, iv);
    return Buffer.concat([decipher.update(data), decipher.final()]);
  },
});
const counted = cipherOf(Uint8Array.from({ length: 32 }, (_, at) => at));

test.each([
  ["secret", "S334a8QlmSodVmrjeFWBOw=="],
  ["Grüße 𝄞", "DFSVV8qsn5Sy9KKUFTg9YW0YpXoDBdogVz9fE+VdSiY="],
])("the worked SecureString of %j is written and read to the byte", (text, base64) => {
  expect(secureString(text, counted)).toEqual(scalar("SS", base64));
  expect(revealSecureString(scalar("SS", base64), counted)).toBe(text);
});

test("what is written is read back: public keys, enciphered keys, secrets", () => {
  const modulusSized = fc.uint8Array({ minLength: 256, maxLength: 256 });
  const exponent = fc.integer({ min: 0, max: 0xffff_ffff });
  fc.assert(
    fc.property(
      fc.record({ modulus: modulusSized, exponent }),
      modulusSized,
      anyText,
      (key, cipher, secret) => {
        expect(readPublicKey(writePublicKey(key))).toEqual(key);
        expect(readEncryptedKey(writeEncryptedKey(cipher))).toEqual(cipher);
        expect(revealSecureString(secureString(secret, counted), counted)).toBe(secret);
      },
    ),
  );
});

test("everything that is wrong with a SecureString is told in one sentence", () => {
  const sentences = ["", "AAAA", "S334a8QlmSodVmrjeFWBOg==", "not base64"].map((text) => {
    try {
      return revealSecureString(scalar("SS", text), counted);
    } catch (error) {
      return String(error);
    }
  });
  expect(new Set(sentences).size).toBe(1);
});

test("both ends come to the same key over RSA", () => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const modulus = Buffer.from(String(publicKey.export({ format: "jwk" }).n), "base64url");
  const offered = readPublicKey(writePublicKey({ modulus, exponent: 65_537 }));
  expect(offered.exponent).toBe(65_537);
  const theirs = { kty: "RSA", n: Buffer.from(offered.modulus).toString("base64url"), e: "AQAB" };
  const key = Uint8Array.from({ length: 32 }, (_, at) => 255 - at);
  const theirKey = createPublicKey({ key: theirs, format: "jwk" });
  const cipher = publicEncrypt({ key: theirKey, padding: constants.RSA_PKCS1_PADDING }, key);
  const received = readEncryptedKey(writeEncryptedKey(cipher));
  expect(Buffer.from(received)).toEqual(cipher);
  const opened = privateDecrypt({ key: privateKey, padding: constants.RSA_PKCS1_PADDING }, received);
  expect(Uint8Array.from(opened)).toEqual(key);
});

test("keys of another size or form are refused", () => {
  expect(() => writePublicKey({ modulus: new Uint8Array(128), exponent: 65_537 })).toThrow(/2048 bits/);
  expect(() => readPublicKey("BgIAAACkAABSU0Ex")).toThrow(/2048-bit/);
  expect(() => readEncryptedKey("AAAA")).toThrow(/key blob/);
});
