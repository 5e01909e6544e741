import { type ConsoleClient, ConsoleError, type Ladder, type Rung, type Target } from "#contract";
import { exitCode, exitCodeOf } from "../exitCodes.ts";
import type { CliIo } from "../io.ts";
import type { Options } from "../options.ts";
import { jsonLine } from "../print.ts";
import { findTarget, signIn } from "../target.ts";
import type { Verb } from "./verb.ts";

/** The connection check, rung by rung. A refused sign-in still shows the rungs below it. */
export const check: Verb = {
  summary: "the connection check of a target, rung by rung",
  options: [],
  prepare: (options) => async (console, io) => {
    const target = await findTarget(console, options, io.signal);
    const refused = await signInFailure(console, target, options, io);
    const ladder = await climb(console, target, io, options.json === true);
    if (options.json === true)
      io.out(jsonLine({ target: target.name, signIn: refused?.message ?? null, ...ladder }));
    if (refused === null)
      return ladder.rungs.some(({ state }) => state === "failed") ? exitCode.refused : exitCode.done;
    io.say(refused.message);
    return exitCodeOf(refused);
  },
};

async function signInFailure(
  console: ConsoleClient,
  target: Target,
  options: Options,
  io: CliIo,
): Promise<ConsoleError | null> {
  try {
    await signIn(console, target, options, io);
    return null;
  } catch (cause) {
    if (cause instanceof ConsoleError) return cause;
    throw cause;
  }
}

async function climb(console: ConsoleClient, target: Target, io: CliIo, quiet: boolean): Promise<Ladder> {
  let last: Ladder = { rungs: [], finished: false };
  let shown = 0;
  for await (const ladder of console.targets.check({ targetId: target.id }, { signal: io.signal })) {
    last = ladder;
    const settled = quiet ? [] : settledRungs(ladder).slice(shown);
    for (const rung of settled) show(rung, io);
    shown += settled.length;
  }
  return last;
}

/** The rungs that have come to their end, up to the first that has not: lines come in the order of the ladder. */
function settledRungs({ rungs }: Ladder): readonly Rung[] {
  const open = rungs.findIndex(({ state }) => state === "waiting" || state === "running");
  return open < 0 ? rungs : rungs.slice(0, open);
}

function show(rung: Rung, io: CliIo): void {
  const time = rung.milliseconds === null ? "" : ` (${Math.round(rung.milliseconds)} ms)`;
  io.out(`${rung.endpoint}  ${rung.step.padEnd(13)} ${rung.state.padEnd(9)} ${rung.found}${time}`);
  if (rung.fix !== null)
    io.out(`${" ".repeat(rung.endpoint.length)}  ${"".padEnd(13)} ${"".padEnd(9)} -> ${rung.fix}`);
}
