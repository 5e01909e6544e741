import { createHash, randomBytes } from "node:crypto";
import type { Digests, FileTimeNow, RandomBytes } from "../protocol/ntlm/digests.ts";

/** The digests of this runtime, as the protocol asks for them. */
export const nodeDigests: Digests = {
  md5: (data) => createHash("md5").update(data).digest(),
  hmacMd5: (key, ...data) => {
    const inner = createHash("md5").update(padded(key, 0x36));
    for (const piece of data) inner.update(piece);
    return createHash("md5").update(padded(key, 0x5c)).update(inner.digest()).digest();
  },
  hash: (name, data) => createHash(name.replace("-", "").toLowerCase()).update(data).digest(),
};

const BLOCK = 64;

/**
 * The key as HMAC begins a hash with it (RFC 2104, 2). Node's own Hmac makes a key object for every call, which takes
 * longer than a short message itself.
 */
function padded(key: Uint8Array, pad: number): Uint8Array {
  const short = key.length > BLOCK ? createHash("md5").update(key).digest() : key;
  const block = new Uint8Array(BLOCK).fill(pad);
  for (let at = 0; at < short.length; at++) block[at] = (short[at] ?? 0) ^ pad;
  return block;
}

/** Milliseconds between 1601-01-01 and 1970-01-01. */
const FILETIME_EPOCH = 11_644_473_600_000n;

/** What a sign-in draws and what time it is, in both roles. */
export type SignInChance = { readonly random: RandomBytes; readonly now: FileTimeNow };

/** Cryptographic chance and the machine's clock. */
export const nodeChance: SignInChance = {
  random: (count) => randomBytes(count),
  now: () => fileTimeOf(Date.now()),
};

/** A FILETIME of milliseconds since 1970. */
export const fileTimeOf = (milliseconds: number): bigint => (BigInt(milliseconds) + FILETIME_EPOCH) * 10_000n;

/** Milliseconds since 1970 of eight little-endian FILETIME bytes. */
export function unixTimeOf(fileTime: Uint8Array): number {
  return unixTimeOfTicks(new DataView(fileTime.buffer, fileTime.byteOffset, 8).getBigUint64(0, true));
}

/** Milliseconds since 1970 of a FILETIME. */
export const unixTimeOfTicks = (ticks: bigint): number => Number(ticks / 10_000n - FILETIME_EPOCH);
