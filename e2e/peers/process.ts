import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";

export const root = join(import.meta.dirname, "..", "..");

export type Fact = Readonly<Record<string, unknown>>;

/** A program that prints one JSON line when it is ready, and more as it goes. */
export type Talker = AsyncDisposable & {
  readonly ready: Fact;
  /** All JSON lines so far. */
  readonly lines: readonly Fact[];
  /** Writes one JSON line to it; gives its line with the same `id`. */
  readonly ask: (order: object) => Promise<Fact>;
};

/** Starts it and waits for its first JSON line; disposing ends it. */
export async function startTalker(program: string, args: readonly string[]): Promise<Talker> {
  const child = spawn(program, args, { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
  const lines: Fact[] = [];
  const first = Promise.withResolvers<Fact>();
  const asked = new Map<unknown, PromiseWithResolvers<Fact>>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const fact = JSON.parse(line) as Fact;
    lines.push(fact);
    first.resolve(fact);
    asked.get(fact["id"])?.resolve(fact);
  });
  child.once("exit", (status) => {
    const gone = new Error(`${program} ${args[0] ?? ""} ended with status ${status ?? "none"}`);
    first.reject(gone);
    for (const { reject } of asked.values()) reject(gone);
  });
  const ask = async (order: object): Promise<Fact> => {
    const id = asked.size + 1;
    const answer = Promise.withResolvers<Fact>();
    asked.set(id, answer);
    child.stdin.write(`${JSON.stringify({ ...order, id })}\n`);
    return await answer.promise;
  };
  return { ready: await first.promise, lines, ask, [Symbol.asyncDispose]: () => end(child) };
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

/** Runs a program to its end, in this environment but for `more`. */
export function runToEnd(
  program: string,
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const env = { ...process.env, ...more };
  const child = spawn(program, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  const { promise, resolve, reject } = Promise.withResolvers<Ended>();
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  child.once("error", reject);
  child.once("close", (status) => resolve({ status: status ?? 1, out, err }));
  return promise;
}
