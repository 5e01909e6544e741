import { ClixmlError } from "./clixmlError.ts";
import { DictionaryKeys } from "./dictionaryKeys.ts";
import { clixmlLimits } from "./limits.ts";
import { checkedScalar, writeInt32, writeInt64 } from "./primitives.ts";
import { writeProgress } from "./progress.ts";
import { escapeString } from "./strings.ts";
import type { ClixmlContainer, ClixmlObject, ClixmlScalar, ClixmlValue } from "./value.ts";

/**
 * One value as one CLIXML element, parts in the order of protocol 7.3. An object met again becomes a Ref. Throws
 * ClixmlError for numbers and texts outside their types, bad dictionary keys and objects nested deeper than 50.
 */
export function writeClixml(value: ClixmlValue): string {
  return new Writer().value(value, "");
}

const containerTags = { list: "LST", enumerable: "IE", stack: "STK", queue: "QUE" } as const;

class Writer {
  readonly #refIds = new Map<ClixmlObject, number>();
  readonly #typeNames = new Map<string, number>();
  readonly #open: ClixmlObject[] = [];

  /** `attributes` is ready text that begins with a blank, or "". */
  value(value: ClixmlValue, attributes: string): string {
    // The long form, as Windows writes it: an empty S is a text, not an absence.
    if (typeof value === "string") return `<S${attributes}>${escapeString(value)}</S>`;
    if (typeof value === "boolean") return element("B", attributes, String(value));
    if (typeof value === "number") return element("I32", attributes, writeInt32(value));
    if (typeof value === "bigint") return element("I64", attributes, writeInt64(value));
    if (value === null) return element("Nil", attributes, "");
    return value.kind === "scalar" ? writeScalar(value, attributes) : this.#object(value, attributes);
  }

  #object(object: ClixmlObject, attributes: string): string {
    const known = this.#refIds.get(object);
    if (known !== undefined) return element("Ref", `${attributes} RefId="${known}"`, "");
    if (this.#open.length >= clixmlLimits.objects)
      throw new ClixmlError("depth", "Objects are nested too deep");
    const refId = this.#refIds.size;
    this.#refIds.set(object, refId);
    this.#open.push(object);
    const inside = this.#parts(object);
    this.#open.pop();
    return element("Obj", `${attributes} RefId="${refId}"`, inside);
  }

  #parts(object: ClixmlObject): string {
    let parts = this.#types(object.typeNames);
    if (object.display !== null) parts += element("ToString", "", escapeString(object.display));
    if (object.hasBase) parts += this.#base(object.base);
    if (object.adapted.size > 0) parts += element("Props", "", this.#members(object.adapted));
    if (object.extended.size > 0) parts += element("MS", "", this.#members(object.extended));
    return parts;
  }

  #types(typeNames: readonly string[]): string {
    if (typeNames.length === 0) return "";
    if (typeNames.length > clixmlLimits.typeNames) throw new ClixmlError("typeNames", "Too many type names");
    const key = JSON.stringify(typeNames);
    const known = this.#typeNames.get(key);
    if (known !== undefined) return element("TNRef", ` RefId="${known}"`, "");
    const refId = this.#typeNames.size;
    this.#typeNames.set(key, refId);
    const names = typeNames.map((name) => element("T", "", escapeString(name))).join("");
    return element("TN", ` RefId="${refId}"`, names);
  }

  #base(base: ClixmlValue | ClixmlContainer): string {
    if (base === null || typeof base !== "object" || base.kind === "scalar" || base.kind === "object")
      return this.value(base, "");
    if (base.kind === "dictionary") return this.#dictionary(base.entries);
    const items = base.items.map((item) => this.value(item, "")).join("");
    return element(containerTags[base.kind], "", items);
  }

  #dictionary(entries: readonly (readonly [ClixmlValue, ClixmlValue])[]): string {
    const keys = new DictionaryKeys();
    let inside = "";
    for (const [key, value] of entries) {
      keys.add(key, this.#open);
      inside += element("En", "", this.value(key, ' N="Key"') + this.value(value, ' N="Value"'));
    }
    return element("DCT", "", inside);
  }

  #members(properties: ReadonlyMap<string, ClixmlValue>): string {
    let members = "";
    for (const [name, value] of properties) members += this.value(value, ` N="${escapeString(name)}"`);
    return members;
  }
}

function writeScalar(scalar: ClixmlScalar, attributes: string): string {
  if (scalar.tag === "PR") return element("PR", attributes, writeProgress(scalar.text));
  return element(scalar.tag, attributes, escapeString(checkedScalar(scalar.tag, scalar.text)));
}

function element(name: string, attributes: string, inside: string): string {
  return inside === "" ? `<${name}${attributes} />` : `<${name}${attributes}>${inside}</${name}>`;
}
