import { createHash, createHmac, randomBytes } from "node:crypto";
import type { Digests, FileTimeNow, RandomBytes } from "../protocol/ntlm/digests.ts";

/** The digests of this runtime, as the protocol asks for them. */
export const nodeDigests: Digests = {
  md5: (data) => createHash("md5").update(data).digest(),
  hmacMd5: (key, ...data) => {
    const hmac = createHmac("md5", key);
    for (const piece of data) hmac.update(piece);
    return hmac.digest();
  },
  hash: (name, data) => createHash(name.replace("-", "").toLowerCase()).update(data).digest(),
};

export const nodeRandom: RandomBytes = (count) => randomBytes(count);

/** Milliseconds between 1601-01-01 and 1970-01-01. */
const FILETIME_EPOCH = 11_644_473_600_000n;

export const nodeFileTime: FileTimeNow = () => (BigInt(Date.now()) + FILETIME_EPOCH) * 10_000n;

/** Milliseconds since 1970 of eight little-endian FILETIME bytes. */
export function unixTimeOf(fileTime: Uint8Array): number {
  const ticks = new DataView(fileTime.buffer, fileTime.byteOffset, 8).getBigUint64(0, true);
  return Number(ticks / 10_000n - FILETIME_EPOCH);
}
