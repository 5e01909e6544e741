import {
  entriesOf,
  instantOf,
  itemsOf,
  type Looked,
  properties,
  textOf,
} from "../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
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
    for (const [name, value] of namedValues(record)) {
      const folded = name.toLowerCase();
      if (!remotingNames.has(folded) && !this.#values.has(folded))
        this.#values.set(folded, { name, value: withoutSecret(name, value) });
    }
  }

  has(...names: readonly string[]): boolean {
    return names.some((name) => this.#values.has(name.toLowerCase()));
  }

  /** The value of the first of these names that is there. */
  take(...names: readonly string[]): Looked {
    const folded = names.map((name) => name.toLowerCase()).find((name) => this.#values.has(name));
    if (folded === undefined) return undefined;
    this.#taken.add(folded);
    return this.#values.get(folded)?.value;
  }

  /** The text of a field, as printed; null when it is absent or empty. */
  text(...names: readonly string[]): string | null {
    const text = hideSecrets(textOf(this.take(...names)) ?? "").trim();
    return text === "" ? null : text;
  }

  /** ISO 8601 in UTC; null for never, absent and empty. What is no time stays among the others, as printed. */
  time(...names: readonly string[]): string | null {
    const value = this.take(...names);
    const instant = instantOf(value);
    if (instant instanceof Date && instant.getUTCFullYear() <= 9999) return instant.toISOString();
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
    return [...this.#values]
      .filter(([folded]) => !this.#taken.has(folded))
      .map(([, { name, value }]) => ({ name, text: fieldText(value) }));
  }
}

function namedValues(record: ClixmlValue): Iterable<readonly [string, ClixmlValue]> {
  const named = properties(record);
  // A Hashtable prints like an object, and its entries are no properties.
  return named.size > 0
    ? named
    : entriesOf(record).map(([key, value]) => [textOf(key) ?? "", value] as const);
}

function withoutSecret(name: string, value: ClixmlValue): ClixmlValue {
  if (isSecretName(name)) return fieldText(value) === "" ? "" : HIDDEN;
  return typeof value === "object" && value?.kind === "scalar" && value.tag === "SS" ? HIDDEN : value;
}

/** A value in one line: its text, or its items' texts. */
export function fieldText(value: ClixmlValue): string {
  const text = textOf(value);
  if (text !== null) return hideSecrets(text);
  const texts = itemsOf(value).map((item) => textOf(item) ?? "");
  return hideSecrets(texts.filter((item) => item !== "").join(", "));
}
