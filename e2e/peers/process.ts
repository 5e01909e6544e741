import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";

export const root = join(import.meta.dirname, "..", "..");

/** A program that prints one JSON line when it is ready, and more as it goes. */
export type Talker = AsyncDisposable & {
  readonly ready: Readonly<Record<string, unknown>>;
  /** All later JSON lines so far. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
};

/** Starts it and waits for its first JSON line; disposing ends it. */
export async function startTalker(program: string, args: readonly string[]): Promise<Talker> {
  const child = spawn(program, args, { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
  const lines: Record<string, unknown>[] = [];
  const first = Promise.withResolvers<Record<string, unknown>>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const fact = JSON.parse(line) as Record<string, unknown>;
    lines.push(fact);
    first.resolve(fact);
  });
  child.once("exit", (status) =>
    first.reject(new Error(`${program} ${args[0] ?? ""} ended with status ${status ?? "none"}`)),
  );
  const ready = await first.promise;
  return { ready, lines, [Symbol.asyncDispose]: () => end(child) };
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  child.once("exit", () => resolve());
  child.stdin?.end();
  child.kill("SIGTERM");
  return promise;
}

export type Ended = { readonly status: number; readonly out: string; readonly err: string };

/** Runs a program to its end. */
export function runToEnd(program: string, args: readonly string[]): Promise<Ended> {
  const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const { promise, resolve, reject } = Promise.withResolvers<Ended>();
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  child.once("error", reject);
  child.once("close", (status) => resolve({ status: status ?? 1, out, err }));
  return promise;
}
