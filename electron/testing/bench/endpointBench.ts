import { nodeClock } from "../../adapters/node/clock.ts";
import type { StampCommand } from "../../drill/stampCommand.ts";
import type { WinrmPool } from "../../pep/wire/winrmPool.ts";
import { benchEndpoint, poolAt } from "./benchEndpoint.ts";
import type { BenchResult } from "./result.ts";
import { rounded } from "./result.ts";
import { percentile } from "./timing.ts";

const runs = 200;
const command = { module: "Bench", kind: "Function", parameters: [] } as const;

/** Loopback, real sockets: how fast a stop gets past a waiting Receive, and how fast a line gets out. */
export async function stopBench(): Promise<readonly BenchResult[]> {
  const world = new World();
  await using endpoint = await benchEndpoint([world.waits, world.speaks]);
  const pool = poolAt(endpoint.port);
  await pool.open(new AbortController().signal);
  const stops: number[] = [];
  const outputs: number[] = [];
  for (let run = 0; run < runs; run++) {
    stops.push(await world.stopped(pool));
    outputs.push(await world.heard(pool));
  }
  await pool.close();
  return [
    result("from the act to the Signal at the server, while a Receive waits", stops),
    result("output from the server having it to its event", outputs),
  ];
}

function result(what: string, times: readonly number[]): BenchResult {
  const p95 = percentile(times, 95);
  const measured = `p50 ${rounded(percentile(times, 50))} ms, p95 ${rounded(p95)} ms, ${runs} runs on loopback`;
  return { name: "stop", what, measured, number: p95, must: { most: 20 }, aim: 5, unit: " ms" };
}

/** The two commands of the endpoint, with the moments at which things happened on its side. */
class World {
  #waiting = Promise.withResolvers<void>();
  #stoppedAt = Promise.withResolvers<number>();
  #saidAt = 0;

  readonly waits: StampCommand = {
    ...command,
    name: "Wait-Bench",
    run: (invocation) => this.#wait(invocation.signal),
  };

  readonly speaks: StampCommand = {
    ...command,
    name: "Say-Bench",
    run: (invocation) => this.#speak(invocation.voice),
  };

  async *#wait(signal: AbortSignal): AsyncGenerator<never, void, undefined> {
    signal.addEventListener("abort", () => this.#stoppedAt.resolve(performance.now()), { once: true });
    this.#waiting.resolve();
    await this.#stoppedAt.promise;
    yield* [];
  }

  async *#speak(voice: {
    readonly information: (line: string) => void;
  }): AsyncGenerator<never, void, undefined> {
    // The Receive of the client is waiting by then.
    await nodeClock.sleep(15, new AbortController().signal);
    this.#saidAt = performance.now();
    voice.information("now");
    await nodeClock.sleep(5, new AbortController().signal);
    yield* [];
  }

  async stopped(pool: WinrmPool): Promise<number> {
    this.#waiting = Promise.withResolvers();
    this.#stoppedAt = Promise.withResolvers();
    const stop = new AbortController();
    const ended = pool
      .invoke([{ name: "Wait-Bench", parameters: [] }], { signal: stop.signal, changes: true })
      .catch(() => undefined);
    await this.#waiting.promise;
    await nodeClock.sleep(15, new AbortController().signal);
    const begun = performance.now();
    stop.abort(new Error("stopped"));
    const at = await this.#stoppedAt.promise;
    await ended;
    return at - begun;
  }

  async heard(pool: WinrmPool): Promise<number> {
    let heardAt = 0;
    await pool.invoke([{ name: "Say-Bench", parameters: [] }], {
      signal: new AbortController().signal,
      changes: false,
      onSaid: () => {
        heardAt ||= performance.now();
      },
    });
    return heardAt - this.#saidAt;
  }
}
