import type { Shapes } from "../shapes.ts";
import { type Sourced, textsOf } from "../sourced.ts";
import { harmlessLines } from "./harmlessLines.ts";
import { grantNames, sessionNames } from "./recordNames.ts";
import { levelWords, stateWords } from "./recordWords.ts";

/** What the reading commands of Azure Stack Hub are assumed to print. */
export const azureStackHubShapes: Shapes = {
  grant: plain(grantNames),
  session: plain(sessionNames),
  mayCarry: { grant: [], session: [] },
  wrappers: [],
  state: plain(stateWords),
  level: plain(levelWords),
  harmlessLines: plain(harmlessLines),
};

function plain<Name extends string>(
  facts: Readonly<Record<Name, readonly Sourced[]>>,
): Readonly<Record<Name, readonly string[]>> {
  const entries = Object.entries<readonly Sourced[]>(facts);
  return Object.fromEntries(entries.map(([name, list]) => [name, textsOf(list)])) as Record<
    Name,
    readonly string[]
  >;
}
