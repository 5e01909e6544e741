import { entriesOf, isObject, itemsOf, properties, textOf } from "../../protocol/clixml/look.ts";
import type { ClixmlObject, ClixmlValue } from "../../protocol/clixml/value.ts";
import { isFormatObject } from "./formatObjects.ts";
import { HIDDEN, hideSecrets, isSecretName } from "./hideSecrets.ts";

/* An object as one text, so that a person sees what was printed: bounded, and without its secrets. */

/** Characters of one text. */
export const longestText = 2_000;
const mostNested = 6;
const mostParts = 100;

export type HowPrinted = {
  /** Names whose values are secrets beside those that sound like it, in lower case. */
  readonly secretNames: ReadonlySet<string>;
  /** Rows of a table that has a column of secrets: their values are told by their place alone. */
  readonly hidesCells: boolean;
};

export const plainly: HowPrinted = { secretNames: new Set(), hidesCells: false };

/** `Some.Type @{State=Active; Nodes=(a, b)}`; a text or a number as it stands. */
export function printedText(value: ClixmlValue, how: HowPrinted = plainly, longest = longestText): string {
  const type = isObject(value) && hasParts(value) ? (value.typeNames[0] ?? "") : "";
  const text = new Printing(how, longest).text(value, 0);
  return cut(type === "" ? text : `${type} ${text}`, longest);
}

/** A text with a word about what is left out of it. */
export function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)} … (${text.length - longest} more)`;
}

const hasParts = (value: ClixmlObject): boolean =>
  entriesOf(value).length > 0 || properties(value).size > 0 || isList(value);

const isList = (value: ClixmlObject): boolean =>
  typeof value.base === "object" && value.base !== null && "items" in value.base;

/** One object being printed; what stands in itself comes to an end with the room. */
class Printing {
  readonly #how: HowPrinted;
  #room: number;

  constructor(how: HowPrinted, room: number) {
    this.#how = how;
    this.#room = room;
  }

  text(value: ClixmlValue, nested: number): string {
    if (typeof value === "object" && value?.kind === "scalar" && value.tag === "SS") return HIDDEN;
    if (!isObject(value) || !hasParts(value))
      return this.#counted(textOf(value) ?? (isObject(value) ? "@{}" : ""));
    if (nested >= mostNested) return "…";
    const own = isList(value)
      ? `(${this.#some(itemsOf(value), (item) => this.text(item, nested + 1)).join(", ")})`
      : this.#counted(value.hasBase ? (textOf(value) ?? "") : "");
    const named = this.#named(value, nested);
    const bag = named.length === 0 ? "" : `@{${named.join("; ")}}`;
    return [own, bag].filter((part) => part !== "").join(" ");
  }

  #named(value: ClixmlObject, nested: number): readonly string[] {
    const how = this.#how;
    const parts = partsOf(value);
    const namesSecret = parts.some(([name, item]) => isLabel(name) && isSecret(textOf(item) ?? "", how));
    return this.#some(parts, ([name, item]) => {
      const isHidden =
        isSecret(name, how) ||
        (namesSecret && !isLabel(name)) ||
        (how.hidesCells && name.toLowerCase() === "propertyvalue");
      const text = this.text(item, nested + 1);
      return `${this.#counted(name)}=${isHidden && text !== "" ? HIDDEN : text}`;
    });
  }

  #some<Item>(items: readonly Item[], text: (item: Item) => string): readonly string[] {
    const texts: string[] = [];
    for (const item of items) {
      if (this.#room <= 0 || texts.length >= mostParts)
        return [...texts, `… (${items.length - texts.length} more)`];
      texts.push(text(item));
    }
    return texts;
  }

  #counted(text: string): string {
    const line = cut(hideSecrets(text.slice(0, longestText * 2)), longestText).replace(/\r\n|\r|\n/g, " ⏎ ");
    this.#room -= line.length + 1;
    return line;
  }
}

function partsOf(value: ClixmlObject): readonly (readonly [string, ClixmlValue])[] {
  return [...properties(value), ...entriesOf(value).map(([key, item]) => [textOf(key) ?? "", item] as const)];
}

/** Pairs of name and value, and the fields of a drawn list, name their secret in a property of its own. */
const isLabel = (name: string): boolean => /^(?:name|key|label|propertyLabel|propertyName)$/i.test(name);

const isSecret = (name: string, { secretNames }: HowPrinted): boolean =>
  isSecretName(name) || secretNames.has(name.toLowerCase());

/** Whether what was printed may have a column of secrets, which only the head of a drawn table names. */
export function hasSecretColumn(values: readonly ClixmlValue[], how: HowPrinted): boolean {
  const seen = new Set<ClixmlValue>();
  const names = (value: ClixmlValue, nested: number): boolean => {
    if (!isObject(value) || nested > mostNested || seen.has(value)) return false;
    seen.add(value);
    const parts = partsOf(value);
    if (parts.some(([name, item]) => isLabel(name) && isSecret(textOf(item) ?? "", how))) return true;
    const inside = [...parts.map(([, item]) => item), ...(isList(value) ? itemsOf(value) : [])];
    return inside.some((item) => names(item, nested + 1));
  };
  return values.some((value) => isFormatObject(value) && names(value, 0));
}
