import { property, textOf } from "../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { writeClixml } from "../../protocol/clixml/write.ts";
import { poolAt } from "./benchEndpoint.ts";
import { rounded } from "./result.ts";

/* A process of its own for each run: what came before must not have grown its heap. `PORT RUN WAY`. */

export type MemoryRun = "records" | "transcript";
/** `live` collects garbage at every look; `natural` leaves that to the collector, which runs as in the product. */
export type MemoryWay = "live" | "natural";

/** Bytes above idle. */
export type MemoryResult = {
  readonly measured: string;
  /** Heap and external memory; the array buffers are counted in the latter. */
  readonly used: number;
  /** What the process holds (RSS). */
  readonly resident: number;
};

/** Items between two looks; a look that collects takes long. */
const lookEvery = { live: 500, natural: 20 };
/** Decodings between two looks while one message is read. */
const decodingsBetween = { live: 50, natural: 5 };

class Memory {
  readonly #way: MemoryWay;
  readonly #idle = { used: 0, resident: 0 };
  used = 0;
  resident = 0;

  constructor(way: MemoryWay) {
    this.#way = way;
  }

  /** What was alive before is no part of it, whichever the way. */
  begin(): void {
    globalThis.gc?.();
    Object.assign(this.#idle, now());
  }

  look(): void {
    if (this.#way === "live") globalThis.gc?.();
    const { used, resident } = now();
    this.used = Math.max(this.used, used - this.#idle.used);
    this.resident = Math.max(this.resident, resident - this.#idle.resident);
  }
}

function now(): { readonly used: number; readonly resident: number } {
  const { heapUsed, external, rss } = process.memoryUsage();
  return { used: heapUsed + external, resident: rss };
}

/** Hands each item on; gives what was streamed, in words. */
async function records(port: number, way: MemoryWay, memory: Memory): Promise<string> {
  let [items, size] = [0, 0];
  await invoked(port, "Get-Much", memory, (value) => {
    items += 1;
    if (items === 1) size = writeClixml(value).length;
    if (items % lookEvery[way] === 0) memory.look();
  });
  return `${items} items, about ${rounded((items * size) / 1e6)} MB`;
}

/** Nothing else runs while one message is read, so the memory is looked at where its pieces are decoded. */
async function transcript(port: number, way: MemoryWay, memory: Memory): Promise<string> {
  let [characters, decodings] = [0, 0];
  const Usual = globalThis.TextDecoder;
  globalThis.TextDecoder = class extends Usual {
    override decode(...parameters: Parameters<TextDecoder["decode"]>): string {
      if (++decodings % decodingsBetween[way] === 0) memory.look();
      return super.decode(...parameters);
    }
  };
  await invoked(port, "Get-Transcript", memory, (value) => {
    characters = textOf(property(value, "SessionTranscriptContent"))?.length ?? 0;
    memory.look();
  });
  return `${rounded(characters / 1e6)} million characters`;
}

async function invoked(
  port: number,
  name: string,
  memory: Memory,
  onOutput: (value: ClixmlValue) => void,
): Promise<void> {
  const pool = poolAt(port);
  const { signal } = new AbortController();
  await pool.open(signal);
  memory.begin();
  await pool.invoke([{ name, parameters: [] }], { signal, changes: false, onOutput });
  await pool.close();
}

const [port, run, way] = process.argv.slice(2) as [string, MemoryRun, MemoryWay];
const memory = new Memory(way);
const measured = await { records, transcript }[run](Number(port), way, memory);
const result: MemoryResult = { measured, used: memory.used, resident: memory.resident };
process.stdout.write(JSON.stringify(result));
