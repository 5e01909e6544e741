import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import type { MemoryResult, MemoryRun, MemoryWay } from "./memoryRun.ts";
import type { BenchResult } from "./result.ts";

const mebibyte = 1024 * 1024;

const whats: Readonly<Record<MemoryRun, string>> = {
  records: "the client while it streams 50 MB of records",
  transcript: "the client while it receives and reads one transcript of 50 MB",
};
const must = { most: 64 };

/** The real client streams 50 MB from an endpoint in another process, handing each item on. */
export async function memoryBench(): Promise<readonly BenchResult[]> {
  const server = spawn(process.execPath, [join(import.meta.dirname, "memoryServer.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = (await once(server.stdout, "data")) as [Buffer];
    const port = Number(line.toString());
    // The bound is for a result that is streamed. One string is not: left to itself, it is told without one.
    return [...(await rows(port, "records", must)), ...(await rows(port, "transcript", null))];
  } finally {
    server.kill();
  }
}

/** What is alive, and then what a process holds that is left to itself. */
async function rows(
  port: number,
  run: MemoryRun,
  natural: BenchResult["must"],
): Promise<readonly BenchResult[]> {
  const alive = await measured(port, run, "live");
  const left = await measured(port, run, "natural");
  const row = (what: string, words: string, bytes: number, bound: BenchResult["must"]): BenchResult => ({
    name: "memory",
    what: `${whats[run]}, above idle: ${what}`,
    measured: words,
    number: bytes / mebibyte,
    must: bound,
    aim: bound === null ? null : 32,
    unit: " MiB",
  });
  return [
    row("live heap and external, garbage collected at every look", alive.measured, alive.used, must),
    row("peak of heap and external, no forced collection", left.measured, left.used, natural),
    row("peak of the process (RSS), no forced collection", left.measured, left.resident, natural),
  ];
}

/** Collecting on the measured thread is for the live figures; what is left to itself has the collector of the product. */
async function measured(port: number, run: MemoryRun, way: MemoryWay): Promise<MemoryResult> {
  const flags = way === "live" ? ["--expose-gc", "--single-threaded-gc"] : ["--expose-gc"];
  const program = join(import.meta.dirname, "memoryRun.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, program, String(port), run, way]);
  return JSON.parse(stdout) as MemoryResult;
}
