import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { peersPython } from "./python.ts";
import { stampAgainstPeer } from "./stampAgainstPeer.ts";

/** Sets foreign software at the other end of the wire, both ways. Ends non-zero where it cannot. */
peersPython((line) => void process.stdout.write(`${line}\n`));
const client = spawnSync(
  process.execPath,
  ["--test", "--test-reporter=spec", join(import.meta.dirname, "clientAgainstPeer.ts")],
  { stdio: "inherit" },
);
const stamp = await stampAgainstPeer();
process.exitCode = client.status === 0 && stamp === 0 ? 0 : 1;
