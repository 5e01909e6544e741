import { setTimeout } from "node:timers/promises";
import { overSockets, type Spoken } from "../../electron/testing/spokenEndpoints.ts";

/**
 * How long a stop takes from the act to the Signal at the endpoint while a Receive waits, and a line from the endpoint
 * having it to our event: sealed, over loopback, both ends in this process. Prints one JSON line; ends with 1 when the
 * 95th percentile of either is above 20 ms. `node e2e/bench/stop.ts [TIMES]`
 */
const times = Number(process.argv[2] ?? 200);
const most = 20;

let begun = Promise.withResolvers<void>();
let stoppedAt = 0;
let saidAt = 0;
await using on = await overSockets({
  "Wait-Stop": (speaker) => {
    const { promise, reject } = Promise.withResolvers<never>();
    const onAbort = (): void => {
      stoppedAt = performance.now();
      reject(speaker.signal.reason);
    };
    speaker.signal.addEventListener("abort", onAbort, { once: true });
    begun.resolve();
    return promise;
  },
  "Write-Line": async (speaker) => {
    begun.resolve();
    // The Receive is under way by then.
    await setTimeout(5);
    saidAt = performance.now();
    speaker.say("a line");
    await setTimeout(5);
    return [];
  },
});

const stops: number[] = [];
const lines: number[] = [];
for (let turn = 0; turn < times; turn++) {
  stops.push(await stop(on));
  lines.push(await line(on));
}
const result = { times, stop: percentiles(stops), line: percentiles(lines), most };
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exitCode = Math.max(result.stop.p95, result.line.p95) > most ? 1 : 0;

async function stop({ conversation }: Spoken): Promise<number> {
  begun = Promise.withResolvers();
  const act = new AbortController();
  const running = conversation.run(
    { name: "Wait-Stop", parameters: [] },
    { signal: act.signal, changes: true },
  );
  await begun.promise;
  await setTimeout(5);
  const actAt = performance.now();
  act.abort(new Error("stopped"));
  await running.catch(() => undefined);
  return stoppedAt - actAt;
}

async function line({ conversation }: Spoken): Promise<number> {
  let heardAt = 0;
  const onSaid = (): void => {
    heardAt = performance.now();
  };
  const { signal } = new AbortController();
  await conversation.run({ name: "Write-Line", parameters: [] }, { signal, changes: true, onSaid });
  return heardAt - saidAt;
}

function percentiles(values: readonly number[]): {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
} {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2));
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}
