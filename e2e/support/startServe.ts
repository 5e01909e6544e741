import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const root = join(import.meta.dirname, "..", "..");

/** A program of ours that runs until it is disposed of. */
export type Running = AsyncDisposable & { /** What it printed when it was ready. */ readonly ready: string };

/** Starts one of our programs and waits for the line that `readyLine` recognises. */
export async function startProgram(
  script: string,
  args: readonly string[],
  readyLine: RegExp,
): Promise<Running> {
  const child = spawn(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let told = "";
  const ready = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      told += `${line}\n`;
      const found = readyLine.exec(line);
      if (found !== null) ready.resolve(found[0]);
    });
  }
  child.once("exit", (status) =>
    ready.reject(new Error(`${script} ended with status ${status ?? "none"}:\n${told}`)),
  );
  return { ready: await ready.promise, [Symbol.asyncDispose]: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await gone;
}

/** A folder that is gone afterwards. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "rsc-e2e-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** The served console on a data folder of its own; `ready` is its address with the token. */
export function startServe(data: string): Promise<Running> {
  return startProgram(
    "electron/hosts/serve/main.ts",
    ["--port", "0", "--no-open", "--data", data],
    /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/,
  );
}

/** A practice stamp as a program of its own, to be added like a real one; `ready` is its JSON line. */
export function startOwnStamp(
  state: string,
  passwordFile: string,
  more: readonly string[] = [],
): Promise<Running> {
  const line = [
    "--port",
    "0",
    "--account",
    "AZS\\cloudadmin",
    "--password-file",
    passwordFile,
    "--state",
    state,
    "--seed",
    "7",
    "--json",
  ];
  return startProgram("electron/drill/main.ts", [...line, ...more], /^\{.*\}$/);
}
