import { durationTicks } from "./duration.ts";
import { readTimeText, sure, type TimeText } from "./instantText.ts";
import type { ClixmlContainer, ClixmlObject, ClixmlValue } from "./value.ts";

/* Reading values by name and meaning, tolerant of the forms that a server may choose (protocol 7.3). Nothing throws. */

/** An absent value is undefined; all functions here take it as they take null. */
export type Looked = ClixmlValue | undefined;

/** An object may wrap an object; a hostile one may wrap itself. */
const WRAPPINGS = 8;

export function isObject(value: Looked): value is ClixmlObject {
  return typeof value === "object" && value !== null && value.kind === "object";
}

/**
 * An object's own property, compared without case as PowerShell does; extended ones hide adapted ones, and an outer
 * object hides the object that it wraps. Undefined when there is none.
 */
export function property(value: Looked, name: string): Looked {
  const wanted = name.toLowerCase();
  for (const layer of layers(value)) {
    // A property that is null is found: only an absent one is looked for further in.
    for (const bag of [layer.extended, layer.adapted]) {
      const found = named(bag, name, wanted);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function named(properties: ReadonlyMap<string, ClixmlValue>, name: string, wanted: string): Looked {
  const exact = properties.get(name);
  if (exact !== undefined) return exact;
  for (const [key, value] of properties) if (key.toLowerCase() === wanted) return value;
  return undefined;
}

/** All properties by name, the hiding of `property` applied; in the order extended, adapted, wrapped. */
export function properties(value: Looked): ReadonlyMap<string, ClixmlValue> {
  const found = new Map<string, ClixmlValue>();
  const seen = new Set<string>();
  for (const layer of layers(value))
    for (const bag of [layer.extended, layer.adapted])
      for (const [name, item] of bag) {
        if (seen.has(name.toLowerCase())) continue;
        seen.add(name.toLowerCase());
        found.set(name, item);
      }
  return found;
}

/** The bags of properties that hold anything, in the order in which they hide each other. */
export function propertyBags(value: Looked): readonly ReadonlyMap<string, ClixmlValue>[] {
  return layers(value)
    .flatMap((layer) => [layer.extended, layer.adapted])
    .filter((bag) => bag.size > 0);
}

const NO_LAYERS: readonly ClixmlObject[] = [];

function layers(value: Looked): readonly ClixmlObject[] {
  if (!isObject(value)) return NO_LAYERS;
  const found: ClixmlObject[] = [];
  for (let layer: unknown = value; found.length < WRAPPINGS && isObject(layer as Looked); ) {
    const object = layer as ClixmlObject;
    found.push(object);
    layer = object.base;
  }
  return found;
}

/** The value under objects that only wrap one: enums, primitives with properties. Containers stay. */
function baseOf(value: Looked): ClixmlValue | ClixmlContainer {
  if (!isObject(value)) return value ?? null;
  const innermost = layers(value).at(-1) ?? value;
  return innermost.hasBase ? innermost.base : null;
}

/**
 * A value as PowerShell would print it in a line: the ToString text of an object, else that of its base value. Null
 * where there is no text (null, an object without any).
 */
export function textOf(value: Looked): string | null {
  if (typeof value === "string") return value;
  const display = layers(value).find((layer) => layer.display !== null)?.display;
  if (display !== undefined && display !== null) return display;
  const base = isObject(value) ? baseOf(value) : (value ?? null);
  if (typeof base === "string") return base;
  if (typeof base === "boolean") return base ? "True" : "False";
  if (typeof base === "number" || typeof base === "bigint") return String(base);
  if (base === null || base.kind !== "scalar") return null;
  return base.tag === "C" ? String.fromCharCode(Number(base.text)) : base.text;
}

/** A whole number of any integer type, an enum's number, or plain decimal text; null otherwise. */
export function bigIntegerOf(value: Looked): bigint | null {
  const base = baseOf(value);
  if (typeof base === "bigint") return base;
  if (typeof base === "number") return Number.isInteger(base) ? BigInt(base) : null;
  const text = typeof base === "string" ? base.trim() : scalarText(base);
  return text !== null && /^[+-]?\d{1,20}$/.test(text) ? BigInt(text.replace("+", "")) : null;
}

const scalarText = (base: ClixmlValue | ClixmlContainer): string | null =>
  typeof base === "object" && base !== null && base.kind === "scalar" ? base.text : null;

/** As bigIntegerOf, within the safe range of a number. */
export function integerOf(value: Looked): number | null {
  const integer = bigIntegerOf(value);
  return integer !== null && Number.isSafeInteger(Number(integer)) ? Number(integer) : null;
}

/** A Boolean, a SwitchParameter, or the text of one; null otherwise. */
export function booleanOf(value: Looked): boolean | null {
  const base = baseOf(value);
  if (typeof base === "boolean") return base;
  const isPresent = property(value, "IsPresent");
  if (typeof isPresent === "boolean") return isPresent;
  const text = textOf(value)?.toLowerCase();
  return text === "true" ? true : text === "false" ? false : null;
}

/** The items of a list, enumerable, stack or queue; nothing for null and dictionaries; any other value is a list of one. */
export function itemsOf(value: Looked): readonly ClixmlValue[] {
  if (value === undefined || value === null) return [];
  const base = baseOf(value);
  if (typeof base !== "object" || base === null) return [value];
  if (base.kind === "dictionary") return [];
  return base.kind === "object" || base.kind === "scalar" ? [value] : base.items;
}

/** The entries of a dictionary; nothing for anything else. */
export function entriesOf(value: Looked): readonly (readonly [ClixmlValue, ClixmlValue])[] {
  const base = baseOf(value);
  return typeof base === "object" && base !== null && base.kind === "dictionary" ? base.entries : [];
}

/** The dictionary entry whose key is that number, or that text without case. Undefined when there is none. */
export function entry(value: Looked, key: string | number): Looked {
  const wanted = String(key).toLowerCase();
  return entriesOf(value).find(([candidate]) => textOf(candidate)?.toLowerCase() === wanted)?.[1];
}

const EPOCH_TICKS = 621_355_968_000_000_000n;

/**
 * A point in time from any form it may come in: DateTimeOffset object, DateTime, or text; numbers are in the order of
 * en-US. The year 1 is .NET's empty date: "never". Null when the value is no time.
 */
export function instantOf(value: Looked): Date | "never" | null {
  const at = timeOf(value)?.monthFirst ?? null;
  const instant = at === null ? null : new Date(at);
  if (instant === null || instant.getUTCFullYear() > 9999) return null;
  // An offset may push the empty date into the year before or the day after.
  return instant.getUTCFullYear() <= 1 ? "never" : instant;
}

/** The same where day and month of a text may stand in either order, and with every year as it is. */
export function timeOf(value: Looked): TimeText | null {
  return timeOfProperties(value) ?? readTimeText(textOfBase(value) ?? textOf(value) ?? "");
}

function timeOfProperties(value: Looked): TimeText | null {
  if (!isObject(value)) return null;
  const ticks = property(value, "UtcTicks");
  const integer = ticks === undefined ? null : bigIntegerOf(ticks);
  const exact = integer === null ? null : sure(Number((integer - EPOCH_TICKS) / 10_000n), true);
  if (exact !== null) return exact;
  const utc = readTimeText(textOf(property(value, "UtcDateTime")) ?? "");
  if (utc !== null) return { ...utc, zoned: true };
  const local = readTimeText(textOf(property(value, "DateTime")) ?? "");
  const offset = durationTicks(textOf(property(value, "Offset")) ?? "");
  if (local === null || offset === null) return null;
  const inUtc = (at: number | null): number | null => (at === null ? null : at - Number(offset / 10_000n));
  return { zoned: true, monthFirst: inUtc(local.monthFirst), dayFirst: inUtc(local.dayFirst) };
}

/** The base value's text goes before the display text: DT is exact, a display depends on the server's culture. */
function textOfBase(value: Looked): string | null {
  const base = baseOf(value);
  return typeof base === "string" ? base : scalarText(base);
}
