import { spawnSync } from "node:child_process";
import { nodeDigests } from "../../transport/nodeDigests.ts";
import { Seeded } from "../seeded.ts";
import type { BenchResult } from "./result.ts";
import { rounded } from "./result.ts";
import { sealedPairs } from "./sealedPair.ts";
import { mediansInTurns, timed } from "./timing.ts";

const size = 65_536;
const messages = 400;
const runs = 7;

/**
 * Seal and unseal of 64 KiB, against what `openssl speed` says of its own RC4 and HMAC-MD5 (legacy provider) on blocks
 * of the same size: each direction enciphers once and signs once. CPU time on both sides, in turns.
 */
export function sealingBench(): readonly BenchResult[] {
  const { sender, receiver } = sealedPairs(nodeDigests)();
  const plain = new Seeded(5).bytes(size);
  const act = (): void => {
    for (let message = 0; message < messages; message++) receiver.open(sender.seal(plain));
  };
  const [ours = Number.NaN, rc4 = Number.NaN, md5 = Number.NaN] = mediansInTurns(runs, [
    () => (timed(act) * 1_000) / messages,
    () => opensslMicroseconds(["-evp", "rc4"]),
    () => opensslMicroseconds(["-hmac", "md5"]),
  ]);
  const theirs = 2 * (rc4 + md5);
  const result = {
    name: "sealing",
    what: "seal + unseal 64 KiB, against openssl's RC4 and HMAC-MD5",
    must: { least: 0.6 },
    aim: 0.85,
    unit: "x",
  };
  const measured = `${rounded(ours)} µs`;
  if (Number.isNaN(theirs))
    return [{ ...result, measured, number: null, note: "openssl, or its legacy provider, is not here" }];
  return [{ ...result, measured: `${measured} against ${rounded(theirs)} µs`, number: theirs / ours }];
}

/** For one block; NaN where openssl, or its legacy provider, is missing. */
function opensslMicroseconds(algorithm: readonly string[]): number {
  const providers = ["-provider", "legacy", "-provider", "default"];
  const run = ["speed", "-mr", ...providers, "-bytes", String(size), "-seconds", "1", ...algorithm];
  const { stdout, status } = spawnSync("openssl", run, { encoding: "utf8" });
  const bytesPerSecond = /^\+F:\d+:[^:\n]*:([0-9.]+)/m.exec(stdout ?? "")?.[1];
  return status === 0 && bytesPerSecond !== undefined
    ? (size / Number(bytesPerSecond)) * 1_000_000
    : Number.NaN;
}
