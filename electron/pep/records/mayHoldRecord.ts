import { entriesOf, isObject, itemsOf, properties, textOf } from "../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { ReadShapes } from "./readShapes.ts";

const mostNested = 4;
/** Characters of a text that are looked at. */
const mostLooked = 20_000;

/**
 * Whether something that nobody took from a record may be a record of its own, as an object or as the text of one
 * (`@{State=Active; …}`, JSON): then a grant that is over, or a session that has ended, is not all that was printed.
 */
export function mayHoldRecord(value: ClixmlValue, shapes: ReadShapes): boolean {
  return holds(value, namesOf(shapes), { nested: 0, seen: new Set() });
}

type Names = { readonly folded: ReadonlySet<string>; readonly inText: RegExp };

const known = new WeakMap<ReadShapes, Names>();

function namesOf(shapes: ReadShapes): Names {
  const before = known.get(shapes);
  if (before !== undefined) return before;
  const all = [...shapes.ofGrants, ...shapes.ofSessions, ...shapes.grant.level];
  const texts = all.map((name) => name.replace(/[^A-Za-z0-9_]/g, String.raw`\$&`)).join("|");
  const names = {
    folded: new Set(all.map((name) => name.toLowerCase())),
    inText: new RegExp(String.raw`(?<!\w)(?:${texts})["']?\s{0,40}[=:>]`, "i"),
  };
  known.set(shapes, names);
  return names;
}

type Place = { readonly nested: number; readonly seen: Set<ClixmlValue> };

function holds(value: ClixmlValue, names: Names, { nested, seen }: Place): boolean {
  if (nested > mostNested) return true;
  const text = textOf(value);
  if (text !== null && names.inText.test(text.slice(0, mostLooked))) return true;
  if (!isObject(value) || seen.has(value)) return false;
  seen.add(value);
  const own = [
    ...properties(value),
    ...entriesOf(value).map(([key, item]) => [textOf(key) ?? "", item] as const),
  ];
  if (own.some(([name]) => names.folded.has(name.toLowerCase()))) return true;
  const inside = [...own.map(([, item]) => item), ...itemsOf(value).filter((item) => item !== value)];
  return inside.some((item) => holds(item, names, { nested: nested + 1, seen }));
}
