import { nodeClock } from "../../adapters/node/clock.ts";
import type { StampCommand } from "../../drill/stampCommand.ts";
import type { RunningEndpoint } from "../../drill/winrm/endpointOptions.ts";
import { restBefore } from "../../pep/wire/idleReceive.ts";
import type { WinrmPool } from "../../pep/wire/winrmPool.ts";
import type { Clock } from "../../services/ports.ts";
import { benchEndpoint, poolAt } from "./benchEndpoint.ts";
import type { BenchResult } from "./result.ts";
import { rounded } from "./result.ts";
import { percentile } from "./timing.ts";

const runs = 400;
const never = new AbortController().signal;

/** A clock by which a runspace has been idle long enough at once, or never. */
const restingAfter = (milliseconds: number): Clock => ({
  ...nodeClock,
  sleep: (asked, signal) => nodeClock.sleep(asked === restBefore ? milliseconds : asked, signal),
});

const answers: StampCommand = {
  name: "Get-Bench",
  module: "Bench",
  kind: "Function",
  parameters: [],
  async *run() {
    yield "answer";
  },
};

/** What a Receive of the pool that waits costs a warm command: nothing but the second connection. */
export async function idleBench(): Promise<readonly BenchResult[]> {
  await using endpoint = await benchEndpoint([answers]);
  const [waiting, alone] = [poolAt(endpoint.port, restingAfter(0)), poolAt(endpoint.port, restingAfter(1e8))];
  await Promise.all([waiting.open(never), alone.open(never)]);
  while (!waiting.idle.isInTheWay) await nodeClock.sleep(5, never);
  const [beside, without]: [number[], number[]] = [[], []];
  const before = endpoint.counts.envelopes;
  for (let run = 0; run < runs; run++) {
    beside.push(await timeOf(waiting));
    without.push(await timeOf(alone));
  }
  const requests = (endpoint.counts.envelopes - before) / (2 * runs);
  const { connections } = endpoint.counts;
  await Promise.all([waiting.close(), alone.close()]);
  return [result(beside, without, { requests, connections })];
}

async function timeOf(pool: WinrmPool): Promise<number> {
  const begun = performance.now();
  await pool.invoke([{ name: "Get-Bench", parameters: [] }], { signal: never, changes: false });
  return performance.now() - begun;
}

function result(
  beside: readonly number[],
  without: readonly number[],
  { requests, connections }: { readonly requests: number } & Pick<RunningEndpoint["counts"], "connections">,
): BenchResult {
  const at = (times: readonly number[]): string =>
    `${rounded(percentile(times, 50))} ms (p95 ${rounded(percentile(times, 95))} ms)`;
  return {
    name: "idle",
    what: "a warm command beside a pool Receive that waits, against one without",
    measured: `p50 ${at(beside)} against ${at(without)}, ${requests} requests each, ${connections} connections for two runspaces, ${runs} runs`,
    number: percentile(beside, 50) / percentile(without, 50),
    must: null,
    aim: 1,
    unit: "x",
  };
}
