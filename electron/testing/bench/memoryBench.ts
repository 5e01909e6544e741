import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { writeClixml } from "../../protocol/clixml/write.ts";
import { poolAt } from "./benchEndpoint.ts";
import type { BenchResult } from "./result.ts";
import { rounded } from "./result.ts";

const mebibyte = 1024 * 1024;
/** Items between two looks at what is alive. */
const lookEvery = 500;

/** The real client streams 50 MB from an endpoint in another process, handing each item on. */
export async function memoryBench(): Promise<readonly BenchResult[]> {
  const server = spawn(process.execPath, [join(import.meta.dirname, "memoryServer.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = (await once(server.stdout, "data")) as [Buffer];
    return [await streamed(Number(line.toString()))];
  } finally {
    server.kill();
  }
}

async function streamed(port: number): Promise<BenchResult> {
  const pool = poolAt(port);
  const signal = new AbortController().signal;
  await pool.open(signal);
  globalThis.gc?.();
  const idle = inUse();
  let [items, bytes, alive, peak] = [0, 0, 0, 0];
  await pool.invoke([{ name: "Get-Much", parameters: [] }], {
    signal,
    changes: false,
    onOutput: (value) => {
      items += 1;
      if (items % lookEvery !== 0) return;
      bytes += writeClixml(value).length * lookEvery;
      peak = Math.max(peak, inUse() - idle);
      globalThis.gc?.();
      alive = Math.max(alive, inUse() - idle);
    },
  });
  await pool.close();
  const garbage = `${rounded(peak / mebibyte)} MiB with what the collector had not yet taken`;
  return {
    name: "memory",
    what: "the client while it streams 50 MB of records, above idle (heap and external)",
    measured: `${items} items, ${rounded(bytes / 1e6)} MB; ${garbage}`,
    number: alive / mebibyte,
    must: { most: 64 },
    aim: 32,
    unit: " MiB",
  };
}

/** External memory has the array buffers in it. */
function inUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
