import { publishedOperations } from "../../../published/operations.ts";
import { randomFrom } from "../random.ts";
import type { Random } from "../random.ts";
import type { Level, Manner } from "../stampState.ts";
import { failed } from "./call.ts";
import type { Call } from "./call.ts";
import { strayCalls } from "./carelessness.ts";
import { computerInformation, stampVersion } from "./operations/support.ts";
import { choosePlace } from "./place.ts";
import { storylines } from "./storylines.ts";

/** A visit at pace 1: its commands with the milliseconds after the start at which each is done. */
export type Visit = {
  readonly story: string;
  readonly calls: readonly (Call & { readonly after: number })[];
  /** How long the engineer stays if nobody ends it. */
  readonly milliseconds: number;
};

const levels = new Map(
  publishedOperations.map((operation) => [operation.name.toLowerCase(), operation.level]),
);

/** The whole visit, from its seed alone: the same facts give the same visit for ever. */
export function planVisit(facts: {
  readonly seed: number;
  readonly level: Level;
  readonly manner: Manner;
}): Visit {
  const random = randomFrom(facts.seed, "visit");
  const place = choosePlace(random);
  const story = random.pick(storylines);
  const mending = chooseMending(story.mend(place), facts, random);
  const strays = facts.manner === "careless" ? strayCalls(place) : [];
  // Half of the visits look into a second thing that turned up on the way.
  const aside = random.chance(0.5) ? random.pick(storylines).look(place) : [];
  const work = [
    stampVersion(),
    computerInformation(place),
    ...scattered([...story.look(place), ...aside], strays, random),
    ...mending,
    ...story.close(place),
  ];
  let after = 0;
  const calls = work.map((one) => {
    after += random.between(60, 240) * 1_000;
    return { ...allowed(one, facts.level, random), after };
  });
  return { story: story.name, calls, milliseconds: after + random.between(60, 300) * 1_000 };
}

/** Why the endpoint refuses that command to a session of that level; null when it does not. */
export function refusal(name: string, level: Level): string | null {
  const needed = levels.get(name.toLowerCase());
  if (needed === undefined) {
    return `The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.`;
  }
  if (needed === level || level === "DiagnosticsRepair") return null;
  return `PRACTICE: ${name} needs the access level DiagnosticsRepair, and this session has Diagnostics.`;
}

/** Under Diagnostics a careful engineer tries at most one repair; a careless one tries them all. */
function chooseMending(
  mending: readonly Call[],
  facts: { readonly level: Level; readonly manner: Manner },
  random: Random,
): readonly Call[] {
  if (facts.level === "DiagnosticsRepair" || facts.manner === "careless") return mending;
  return mending.slice(0, random.between(0, 1));
}

function allowed(one: Call, level: Level, random: Random): Call {
  const because = refusal(one.name, level);
  if (because !== null) return failed(one, because);
  return random.chance(0.03) ? failed(one, "PRACTICE: the operation on the remote computer timed out.") : one;
}

/** The strays put between the others, which keep their order. */
function scattered(calls: readonly Call[], strays: readonly Call[], random: Random): readonly Call[] {
  return strays.reduce<readonly Call[]>(
    (all, stray) => all.toSpliced(random.between(1, all.length), 0, stray),
    calls,
  );
}
