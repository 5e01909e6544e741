import { spawnSync } from "node:child_process";
import { nodeDigests } from "../../transport/nodeDigests.ts";
import { Seeded } from "../seeded.ts";
import type { BenchResult } from "./result.ts";
import { rounded } from "./result.ts";
import { sealedPairs } from "./sealedPair.ts";
import { medianTime } from "./timing.ts";

const size = 65_536;
const messages = 400;
const runs = 9;

/**
 * Seal and unseal of 64 KiB, against what `openssl speed` says of its own RC4 and HMAC-MD5 (legacy provider) on blocks
 * of the same size: each direction enciphers once and signs once.
 */
export function sealingBench(): readonly BenchResult[] {
  const ours = ourMicroseconds();
  const theirs = opensslMicroseconds();
  const what = "seal + unseal 64 KiB, against openssl's RC4 and HMAC-MD5";
  const bound = { must: { least: 0.6 }, aim: 0.85, unit: "x" } as const;
  const measured = `${rounded(ours)} µs`;
  if (theirs === null)
    return [{ name: "sealing", what, measured, number: null, ...bound, note: "openssl is not here" }];
  return [
    {
      name: "sealing",
      what,
      measured: `${measured} against ${rounded(theirs)} µs`,
      number: theirs / ours,
      ...bound,
    },
  ];
}

function ourMicroseconds(): number {
  const { sender, receiver } = sealedPairs(nodeDigests)();
  const plain = new Seeded(5).bytes(size);
  const act = (): void => {
    for (let message = 0; message < messages; message++) receiver.open(sender.seal(plain));
  };
  return (medianTime(runs, act) * 1_000) / messages;
}

/** Null where openssl, or its legacy provider, is missing. */
function opensslMicroseconds(): number | null {
  const rc4 = bytesPerSecond(["-evp", "rc4"]);
  const md5 = bytesPerSecond(["-hmac", "md5"]);
  return rc4 === null || md5 === null ? null : 2 * (size / rc4 + size / md5) * 1_000_000;
}

function bytesPerSecond(algorithm: readonly string[]): number | null {
  const providers = ["-provider", "legacy", "-provider", "default"];
  const run = ["speed", "-mr", ...providers, "-bytes", String(size), "-seconds", "2", ...algorithm];
  const { stdout, status } = spawnSync("openssl", run, { encoding: "utf8" });
  const number = /^\+F:\d+:[^:\n]*:([0-9.]+)/m.exec(stdout ?? "")?.[1];
  return status === 0 && number !== undefined ? Number(number) : null;
}
