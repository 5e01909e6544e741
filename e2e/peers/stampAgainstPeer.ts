import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, runToEnd, startTalker, type Talker } from "./process.ts";
import type { Tally } from "./scenarios.ts";

const password = "practice-Peer-Passw0rd";
const account = "AZS\\cloudadmin";
const clients = ["-B", "-m", "e2e.peers.stamp_clients"];
const ours = "stamp: our client reads the same 2 MB to the letter";
/** Makes every transcript one of more than 2 MB. */
const huge = ["--switch", "transcript=huge", "--switch", "hugeTranscriptLines=50000"];

/** The practice stamp as its own program, and clients that are not ours at it. */
export async function stampAgainstPeer(tally: Tally, python: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "rsc-stamp-"));
  const passwordFile = join(folder, "password");
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  const startStamp = (more: readonly string[]): Promise<Talker> =>
    startTalker(process.execPath, [
      join(root, "electron/drill/main.ts"),
      "--port",
      "0",
      "--account",
      account,
      "--seed",
      "7",
      "--json",
      "--password-file",
      passwordFile,
      ...more,
    ]);
  try {
    await using stamp = await startStamp(["--state", join(folder, "state")]);
    await using secure = await startStamp(["--tls", "--demand-channel-binding"]);
    await using slow = await startStamp(["--switch", "revoke=hangs", ...huge]);
    const transcript = join(folder, "transcript");
    await runClients(tally, python, {
      STAMP_READY: JSON.stringify(stamp.ready),
      STAMP_READY_TLS: JSON.stringify(secure.ready),
      STAMP_READY_SLOW: JSON.stringify(slow.ready),
      STAMP_PASSWORD: password,
      STAMP_TRANSCRIPT: transcript,
    });
    await tally.run([{ sentence: ours, run: () => sameTranscript(slow, transcript, folder) }]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the rows are called, without walking them: any Python knows, it needs none of the packages. */
export function stampSentences(python: string): readonly string[] {
  const { status, stdout } = spawnSync(python, [...clients, "--list"], { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`The rows of the stamp could not be listed: status ${status ?? "none"}.`);
  return [...stdout.trimEnd().split("\n"), ours];
}

/** Their scenarios come as JSON lines; a program that ends in any other way has failed. */
async function runClients(tally: Tally, python: string, more: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(python, clients, {
    cwd: root,
    env: { ...process.env, ...more },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = Promise.withResolvers<number | null>();
  child.once("close", ended.resolve);
  for await (const line of createInterface({ input: child.stdout })) {
    const { sentence, failure } = JSON.parse(line) as { sentence: string; failure: string | null };
    tally.record(sentence, failure);
  }
  const status = await ended.promise;
  if (status !== 0)
    tally.record("stamp: its clients end in order", `they ended with status ${status ?? "none"}`);
}

async function sameTranscript(stamp: Talker, file: string, folder: string): Promise<void> {
  const [sessionId = "", ...lines] = (await readFile(file, "utf8")).split("\n");
  const [{ host, port } = { host: "", port: 0 }] = stamp.ready["endpoints"] as {
    host: string;
    port: number;
  }[];
  const out = join(folder, "ours");
  const ended = await runToEnd(process.execPath, [
    join(root, "electron/hosts/cli/main.ts"),
    "transcript",
    "--session",
    sessionId,
    "--out",
    out,
    "--endpoint",
    `http://${host}:${port}`,
    "--account",
    account,
    "--password-file",
    join(folder, "password"),
    "--data",
    join(folder, "data"),
  ]);
  assert.equal(ended.status, 0, ended.err);
  assert.ok((await readFile(out, "utf8")) === lines.join("\n"), "the texts differ");
}
