import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { property, textOf } from "../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { writeClixml } from "../../protocol/clixml/write.ts";
import { poolAt } from "./benchEndpoint.ts";
import type { BenchResult } from "./result.ts";
import { rounded } from "./result.ts";

const mebibyte = 1024 * 1024;
/** Items between two looks at what is alive. */
const lookEvery = 500;

/** Decodings between two looks while one message is read. */
const decodingsBetween = 50;

/** The real client streams 50 MB from an endpoint in another process, handing each item on. */
export async function memoryBench(): Promise<readonly BenchResult[]> {
  const server = spawn(process.execPath, [join(import.meta.dirname, "memoryServer.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = (await once(server.stdout, "data")) as [Buffer];
    const port = Number(line.toString());
    return [await streamed(port), await oneTranscript(port)];
  } finally {
    server.kill();
  }
}

async function streamed(port: number): Promise<BenchResult> {
  const memory = new Memory();
  let [items, bytes] = [0, 0];
  await invoked(port, "Get-Much", memory, (value) => {
    items += 1;
    if (items % lookEvery !== 0) return;
    bytes += writeClixml(value).length * lookEvery;
    memory.look();
  });
  const what = "the client while it streams 50 MB of records, above idle (heap and external)";
  return memory.result(what, `${items} items, ${rounded(bytes / 1e6)} MB`);
}

/** Nothing else runs while one message is read, so the memory is looked at where its pieces are decoded. */
async function oneTranscript(port: number): Promise<BenchResult> {
  const memory = new Memory();
  let [characters, decodings] = [0, 0];
  const Usual = globalThis.TextDecoder;
  globalThis.TextDecoder = class extends Usual {
    override decode(...parameters: Parameters<TextDecoder["decode"]>): string {
      if (++decodings % decodingsBetween === 0) memory.look();
      return super.decode(...parameters);
    }
  };
  try {
    await invoked(port, "Get-Transcript", memory, (value) => {
      characters = textOf(property(value, "SessionTranscriptContent"))?.length ?? 0;
      memory.look();
    });
  } finally {
    globalThis.TextDecoder = Usual;
  }
  const what =
    "the client while it receives and reads one transcript of 50 MB, above idle (heap and external)";
  return memory.result(what, `${rounded(characters / 1e6)} million characters`);
}

async function invoked(
  port: number,
  name: string,
  memory: Memory,
  onOutput: (value: ClixmlValue) => void,
): Promise<void> {
  const pool = poolAt(port);
  const signal = new AbortController().signal;
  await pool.open(signal);
  memory.begin();
  await pool.invoke([{ name, parameters: [] }], { signal, changes: false, onOutput });
  await pool.close();
}

class Memory {
  #idle = 0;
  #alive = 0;
  #peak = 0;

  begin(): void {
    globalThis.gc?.();
    this.#idle = inUse();
  }

  look(): void {
    this.#peak = Math.max(this.#peak, inUse() - this.#idle);
    globalThis.gc?.();
    this.#alive = Math.max(this.#alive, inUse() - this.#idle);
  }

  result(what: string, measured: string): BenchResult {
    const garbage = `${rounded(this.#peak / mebibyte)} MiB with what the collector had not yet taken`;
    return {
      name: "memory",
      what,
      measured: `${measured}; ${garbage}`,
      number: this.#alive / mebibyte,
      must: { most: 64 },
      aim: 32,
      unit: " MiB",
    };
  }
}

/** External memory has the array buffers in it. */
function inUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
