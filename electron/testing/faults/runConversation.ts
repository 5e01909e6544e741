import { type ActName, type Done, doAct } from "./acts.ts";
import type { FaultyLine, LineFault } from "./faultyLine.ts";
import {
  againstLedger,
  beforeOf,
  contradictions,
  type Ended,
  endedOf,
  grantsAgainst,
  opens,
  seenOf,
} from "./oracle.ts";
import { openStage, type Stage, stampState } from "./stage.ts";
import { type VirtualTime, WaitsForever } from "./virtualTime.ts";

export type Conversation = {
  readonly act: ActName;
  readonly fault: LineFault | null;
  readonly ended: Ended;
  /** The code or outcome that the operator saw. */
  readonly seen: string;
  /** What is not true of all that was told and recorded; null when all is true. */
  readonly wrong: string | null;
  readonly struck: boolean;
  /** Milliseconds that it took by the clock of the console. */
  readonly took: number;
  readonly line: FaultyLine;
};

/** Whatever was under way is over by then: longer than any pause of a line, and any patience of the two ends. */
const afterwards = 600_000;

/**
 * One act over a line with one fault, on a console and a stamp of its own: then what was told is held against what is
 * so, at once and when everything late has arrived; and what is not known is resolved by a reading over an honest line.
 */
export async function runConversation(
  time: VirtualTime,
  act: ActName,
  fault: LineFault | null,
  seed = 1,
): Promise<Conversation> {
  const state = stampState(opens(act) ? "shut" : "open");
  const stage = await openStage(time, fault, { state, seed, slow: act === "slowList" });
  const before = beforeOf(stage);
  const began = time.monotonic();
  const done = await time.until(doAct(act, stage)).catch(neverEnds);
  const took = time.monotonic() - began;
  const ended = endedOf(done.told);
  const struck = stage.line.struck;
  stage.line.mend();
  const wrong = [...contradictions(act, stage, before, done)];
  wrong.push(...(await time.until(againstLedger(act, stage, done))));
  if (ended !== "done") wrong.push(...(await readBack(stage)));
  await time.pass(afterwards);
  wrong.push(...contradictions(act, stage, before, done).map((words) => `later: ${words}`));
  await stage.close();
  return {
    act,
    fault,
    ended,
    seen: seenOf(done.told),
    wrong: wrong.length === 0 ? null : [...new Set(wrong)].join("; "),
    struck,
    took,
    line: stage.line,
  };
}

/** An act that never ends tells nothing, and that is wrong. */
function neverEnds(error: unknown): Done {
  if (!(error instanceof WaitsForever)) throw error;
  return { told: { kind: "undeclared", error }, answered: "never" };
}

/** What is not known or was refused is resolved by one reading; a sign-in that was refused is forgotten before. */
async function readBack(stage: Stage): Promise<readonly string[]> {
  const { time, client, target } = stage;
  try {
    await time.until(stage.signIn());
    const { grants } = await time.until(client.grants.list({ targetId: target.id }));
    return grantsAgainst(stage, grants).map((words) => `the reading afterwards: ${words}`);
  } catch (error) {
    if (error instanceof WaitsForever) throw error;
    return [`no reading afterwards: ${String(error)}`];
  }
}
