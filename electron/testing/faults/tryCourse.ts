import { Seeded } from "../seeded.ts";
import type { LineFault } from "./faultyLine.ts";
import type { Course } from "./plan.ts";
import { type Conversation, runConversation } from "./runConversation.ts";
import type { VirtualTime } from "./virtualTime.ts";

export type Tried = {
  readonly first: Conversation;
  readonly conversations: number;
  /** Conversations of the course that were wrong, or took another course than the first. */
  readonly found: readonly Conversation[];
};

/**
 * Runs a course as a whole conversation, for one of its faults and for so many more of them by chance: these must end
 * as the first did, else what an end of the wire makes of a fault does not tell all about it.
 */
export async function tryCourse(
  newTime: () => VirtualTime,
  { act, faults }: Course,
  options: { readonly seed: number; readonly checks: number },
): Promise<Tried> {
  const [fault] = faults;
  if (fault === undefined) throw new Error("a course has a fault at least");
  const run = (own: LineFault): Promise<Conversation> => runConversation(newTime(), act, own, options.seed);
  const first = await run(fault);
  const found = first.wrong === null ? [] : [first];
  const chance = new Seeded(options.seed + fault.offset);
  const checks = Math.min(options.checks, faults.length - 1);
  for (let check = 0; check < checks; check++) {
    const other = await run(faults[1 + chance.below(faults.length - 1)] ?? fault);
    const same = other.ended === first.ended && other.seen === first.seen && other.wrong === first.wrong;
    if (!same || other.wrong !== null)
      found.push(same ? other : { ...other, wrong: other.wrong ?? `another course than ${nameOf(fault)}` });
  }
  return { first, conversations: 1 + checks, found };
}

/** A fault in the words of the command line. */
export const nameOf = ({ kind, direction, offset }: LineFault): string =>
  `--kind ${kind} --direction ${direction} --offset ${offset}`;
