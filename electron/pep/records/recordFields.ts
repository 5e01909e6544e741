import { isoOfDateTime } from "../../protocol/clixml/dateTimeText.ts";
import {
  entriesOf,
  instantOf,
  itemsOf,
  type Looked,
  propertyBags,
  textOf,
} from "../../protocol/clixml/look.ts";
import type { ClixmlScalar, ClixmlValue } from "../../protocol/clixml/value.ts";
import { HIDDEN, hideSecrets, isSecretName } from "./hideSecrets.ts";

export type OtherField = { readonly name: string; readonly text: string };

/** Added by remoting clients on the way; they say nothing about the record (domain 8). */
const remotingNames: ReadonlySet<string> = new Set([
  "pscomputername",
  "runspaceid",
  "psshowcomputername",
  "pssourcejobinstanceid",
]);

/**
 * The properties of one printed record, taken by name without case; what nobody took is `others`. Secrets never get in:
 * their values are replaced before anything else sees them.
 */
export class RecordFields {
  readonly #values = new Map<string, { readonly name: string; readonly value: ClixmlValue }>();
  readonly #taken = new Set<string>();

  constructor(record: ClixmlValue) {
    const bags = propertyBags(record);
    for (const bag of bags) for (const [name, value] of bag) this.#add(name, value);
    // A Hashtable prints like an object, and its entries are no properties.
    if (bags.length === 0) for (const [key, value] of entriesOf(record)) this.#add(textOf(key) ?? "", value);
  }

  /** The first of equal names hides the others. */
  #add(name: string, value: ClixmlValue): void {
    const known = knownName(name);
    if (!known.remoting && !this.#values.has(known.folded))
      this.#values.set(known.folded, { name, value: withoutSecret(known, value) });
  }

  has(...names: readonly string[]): boolean {
    return names.some((name) => this.#values.has(knownName(name).folded));
  }

  /** The value of the first of these names that is there. */
  take(...names: readonly string[]): Looked {
    for (const name of names) {
      const { folded } = knownName(name);
      const field = this.#values.get(folded);
      if (field === undefined) continue;
      this.#taken.add(folded);
      return field.value;
    }
    return undefined;
  }

  /** The text of a field, as printed; null when it is absent or empty. */
  text(...names: readonly string[]): string | null {
    const text = hideSecrets(textOf(this.take(...names)) ?? "").trim();
    return text === "" ? null : text;
  }

  /** ISO 8601 in UTC; null for never, absent and empty. What is no time stays among the others, as printed. */
  time(...names: readonly string[]): string | null {
    const value = this.take(...names);
    const iso = isScalar(value) ? isoOfDateTime(value.text) : null;
    if (iso !== null) return iso;
    const instant = instantOf(value);
    if (instant instanceof Date) return instant.toISOString();
    if (instant === null && (textOf(value) ?? "").trim() !== "")
      for (const name of names) this.#taken.delete(name.toLowerCase());
    return null;
  }

  /** Every field, taken or not. */
  all(): readonly { readonly name: string; readonly value: ClixmlValue }[] {
    return [...this.#values.values()];
  }

  /** What nobody took, as text, in the order it came. */
  others(): readonly OtherField[] {
    const others: OtherField[] = [];
    for (const [folded, { name, value }] of this.#values)
      if (!this.#taken.has(folded)) others.push({ name, text: fieldText(value) });
    return others;
  }
}

type KnownName = { readonly folded: string; readonly remoting: boolean; readonly secret: boolean };

/** What is to be known of a name: records of one kind repeat theirs. A few hundred short ones are kept, no more. */
const knownNames = new Map<string, KnownName>();
const MOST_NAMES = 512;
const LONGEST_NAME = 64;

function knownName(name: string): KnownName {
  const before = knownNames.get(name);
  if (before !== undefined) return before;
  const folded = name.toLowerCase();
  const known = { folded, remoting: remotingNames.has(folded), secret: isSecretName(name) };
  if (knownNames.size < MOST_NAMES && name.length <= LONGEST_NAME) knownNames.set(name, known);
  return known;
}

function withoutSecret({ secret }: KnownName, value: ClixmlValue): ClixmlValue {
  if (secret) return fieldText(value) === "" ? "" : HIDDEN;
  return isScalar(value) && value.tag === "SS" ? HIDDEN : value;
}

const isScalar = (value: Looked): value is ClixmlScalar =>
  typeof value === "object" && value !== null && value.kind === "scalar";

/** A value in one line: its text, or its items' texts. */
export function fieldText(value: ClixmlValue): string {
  const text = textOf(value);
  if (text !== null) return hideSecrets(text);
  const texts = itemsOf(value).map((item) => textOf(item) ?? "");
  return hideSecrets(texts.filter((item) => item !== "").join(", "));
}
