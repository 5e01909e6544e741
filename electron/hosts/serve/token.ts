import { randomBytes, timingSafeEqual } from "node:crypto";
import { readFileSync, statSync } from "node:fs";

/** 256 bits in base64url take 43 characters; all of them may stand in a WebSocket subprotocol. */
const tokenForm = /^[A-Za-z0-9_-]{43,128}$/;

/** A token for this start of the console. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Takes the token from a file that only its owner may read. Throws with a sentence for the person who starts us. */
export function readTokenFile(path: string): string {
  if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0)
    throw new Error(`The token file ${path} may be read by others: chmod 600 it, and use a new token.`);
  const token = readFileSync(path, "utf8").trim();
  if (!tokenForm.test(token))
    throw new Error(
      `The token file ${path} holds no token: 43 to 128 letters, digits, dashes and underscores.`,
    );
  return token;
}

/** Compares in a time that depends on the offered length only. */
export function sameToken(offered: string, expected: string): boolean {
  const left = Buffer.from(offered);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}
