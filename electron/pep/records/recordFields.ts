import { entriesOf, itemsOf, type Looked, propertyBags, textOf } from "../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { HIDDEN, hideSecrets, isSecretName } from "./hideSecrets.ts";
import { type Moment, momentOf } from "./moment.ts";
import { plainly, printedText } from "./printedText.ts";
import { isRemotingName } from "./remotingNames.ts";

export type OtherField = { readonly name: string; readonly text: string };

/** The names that a field may have. */
export type FieldNames = readonly string[];

const noNames: ReadonlySet<string> = new Set();

/**
 * The properties of one printed record, taken by name without case; what nobody took is `others`. Secrets never get in:
 * their values are replaced before anything else sees them.
 */
export class RecordFields {
  readonly #values = new Map<string, { readonly name: string; readonly value: ClixmlValue }>();
  readonly #taken = new Set<string>();
  readonly #secretNames: ReadonlySet<string>;

  /** `secretNames` (in lower case) hold secrets beside those that sound like it. */
  constructor(record: ClixmlValue, secretNames: ReadonlySet<string> = noNames) {
    this.#secretNames = secretNames;
    for (const bag of propertyBags(record)) for (const [name, value] of bag) this.#add(name, value);
    // A Hashtable prints like an object, and its entries are no properties.
    for (const [key, value] of entriesOf(record)) this.#add(textOf(key) ?? "", value);
  }

  /** The first of equal names hides the others. */
  #add(name: string, value: ClixmlValue): void {
    const known = knownName(name);
    if (known.remoting || this.#values.has(known.folded)) return;
    const isSecret = known.secret || this.#secretNames.has(known.folded);
    this.#values.set(known.folded, { name, value: withoutSecret(isSecret, value) });
  }

  has(names: FieldNames): boolean {
    return this.#folded(names) !== null;
  }

  /** Whether something is printed there: neither null nor a text of blanks alone. */
  holds(names: FieldNames): boolean {
    return names.some((name) => isSomething(this.#values.get(knownName(name).folded)?.value));
  }

  /** Whether something is printed there that has no text of its own. */
  isWithoutText(names: FieldNames): boolean {
    const value = this.#at(names);
    return value !== undefined && value !== null && textOf(value) === null;
  }

  /** The value of the first of these names that is there. */
  take(names: FieldNames): Looked {
    const folded = this.#folded(names);
    if (folded === null) return undefined;
    this.#taken.add(folded);
    return this.#values.get(folded)?.value;
  }

  /** What was taken by these names is one of the others again. */
  giveBack(names: FieldNames): void {
    const folded = this.#folded(names);
    if (folded !== null) this.#taken.delete(folded);
  }

  /** The text of the first of these names that holds one, as printed; null when all are absent or empty. */
  text(names: FieldNames): string | null {
    const held = names.find((name) => this.holds([name]));
    const text = hideSecrets(textOf(this.take(held === undefined ? names : [held])) ?? "").trim();
    return text === "" ? null : text;
  }

  moment(names: FieldNames): Moment {
    return momentOf(this.take(names));
  }

  /** Every field, taken or not. */
  all(): readonly { readonly name: string; readonly value: ClixmlValue }[] {
    return [...this.#values.values()];
  }

  /** The values that nobody took. */
  left(): readonly ClixmlValue[] {
    return [...this.#values].filter(([folded]) => !this.#taken.has(folded)).map(([, { value }]) => value);
  }

  /** What nobody took, as text, in the order it came. */
  others(): readonly OtherField[] {
    const others: OtherField[] = [];
    for (const [folded, { name, value }] of this.#values)
      if (!this.#taken.has(folded)) others.push({ name, text: fieldText(value, this.#secretNames) });
    return others;
  }

  #at(names: FieldNames): Looked {
    const folded = this.#folded(names);
    return folded === null ? undefined : this.#values.get(folded)?.value;
  }

  #folded(names: FieldNames): string | null {
    for (const name of names) {
      const { folded } = knownName(name);
      if (this.#values.has(folded)) return folded;
    }
    return null;
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
  const known = { folded: name.toLowerCase(), remoting: isRemotingName(name), secret: isSecretName(name) };
  if (knownNames.size < MOST_NAMES && name.length <= LONGEST_NAME) knownNames.set(name, known);
  return known;
}

function withoutSecret(secret: boolean, value: ClixmlValue): ClixmlValue {
  if (secret) return isSomething(value) ? HIDDEN : "";
  return typeof value === "object" && value?.kind === "scalar" && value.tag === "SS" ? HIDDEN : value;
}

function isSomething(value: Looked): boolean {
  if (value === undefined || value === null) return false;
  const text = textOf(value);
  return text === null ? true : text.trim() !== "";
}

/** A value in one line: its text, its items' texts, or what it holds. */
export function fieldText(value: ClixmlValue, secretNames: ReadonlySet<string> = noNames): string {
  const how = { ...plainly, secretNames };
  const plain = (item: ClixmlValue): string => {
    const text = textOf(item);
    return text === null ? printedText(item, how) : hideSecrets(text);
  };
  if (textOf(value) !== null) return plain(value);
  return itemsOf(value)
    .map(plain)
    .filter((text) => text !== "")
    .join(", ");
}
