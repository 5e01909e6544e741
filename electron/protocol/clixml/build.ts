import { toBase64 } from "./base64.ts";
import type { ClixmlObject, ClixmlScalar, ClixmlValue, ScalarTag } from "./value.ts";

/* Short ways to values, for what we send and for tests. */

type Properties = Readonly<Record<string, ClixmlValue>> | ReadonlyMap<string, ClixmlValue>;

export type ObjectParts = {
  readonly typeNames?: readonly string[];
  readonly display?: string | null;
  /** Given at all (null too): the object has a base value. */
  readonly base?: ClixmlObject["base"];
  readonly adapted?: Properties;
  readonly extended?: Properties;
};

/** An object of any kind; what is not given is absent. */
export function psObject(parts: ObjectParts): ClixmlObject {
  return {
    kind: "object",
    typeNames: parts.typeNames ?? [],
    display: parts.display ?? null,
    base: parts.base ?? null,
    hasBase: parts.base !== undefined,
    adapted: propertyMap(parts.adapted ?? {}),
    extended: propertyMap(parts.extended ?? {}),
  };
}

const propertyMap = (properties: Properties): ReadonlyMap<string, ClixmlValue> =>
  properties instanceof Map ? properties : new Map(Object.entries(properties));

/** A PSCustomObject: its properties are extended ones. */
export function customObject(properties: Properties, typeNames: readonly string[] = []): ClixmlObject {
  return psObject({
    typeNames: [...typeNames, "System.Management.Automation.PSCustomObject", "System.Object"],
    extended: properties,
  });
}

/** An enum with Int32 under it: type names, text and number, as protocol 7.3 says. */
export function enumValue(typeName: string, name: string, number: number): ClixmlObject {
  const typeNames = [typeName, "System.Enum", "System.ValueType", "System.Object"];
  return psObject({ typeNames, display: name, base: number });
}

const OBJECT_ARRAY = ["System.Object[]", "System.Array", "System.Object"];

/** A list (LST), an Object[] unless said otherwise. */
export function list(
  items: readonly ClixmlValue[],
  typeNames: readonly string[] = OBJECT_ARRAY,
): ClixmlObject {
  return psObject({ typeNames, base: { kind: "list", items } });
}

export function arrayList(items: readonly ClixmlValue[]): ClixmlObject {
  return list(items, ["System.Collections.ArrayList", "System.Object"]);
}

const HASHTABLE = ["System.Collections.Hashtable", "System.Object"];

/** A dictionary (DCT) with keys of any type but null, a Hashtable unless said otherwise. */
export function dictionary(
  entries: readonly (readonly [ClixmlValue, ClixmlValue])[],
  typeNames: readonly string[] = HASHTABLE,
): ClixmlObject {
  return psObject({ typeNames, base: { kind: "dictionary", entries } });
}

/** A Hashtable with text keys. */
export function hashtable(properties: Properties): ClixmlObject {
  return dictionary([...propertyMap(properties)]);
}

/** A primitive of a type that has no plain JavaScript value; the text is checked when it is written. */
export function scalar(tag: ScalarTag, text: string): ClixmlScalar {
  return { kind: "scalar", tag, text };
}

export function guid(text: string): ClixmlScalar {
  return scalar("G", text);
}

export function version(text: string): ClixmlScalar {
  return scalar("Version", text);
}

export function byteArray(bytes: Uint8Array): ClixmlScalar {
  return scalar("BA", toBase64(bytes));
}

/** A DateTime of kind Utc, to the millisecond. */
export function dateTime(instant: Date): ClixmlScalar {
  return scalar("DT", instant.toISOString());
}

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MILLISECONDS_A_DAY = 86_400_000;
/** .NET ticks (100 ns since the year 1) at 1970. */
const EPOCH_TICKS = 621_355_968_000_000_000n;

/** A DateTimeOffset with offset 0 as .NET serialises it: no primitive, an object with adapted properties. */
export function dateTimeOffset(instant: Date): ClixmlObject {
  const ticks = EPOCH_TICKS + BigInt(instant.getTime()) * 10_000n;
  const unspecified = scalar("DT", instant.toISOString().slice(0, -1));
  const midnight = new Date(Math.floor(instant.getTime() / MILLISECONDS_A_DAY) * MILLISECONDS_A_DAY);
  const day = instant.getUTCDay();
  return psObject({
    typeNames: ["System.DateTimeOffset", "System.ValueType", "System.Object"],
    display: `${enUsText(instant)} +00:00`,
    adapted: {
      DateTime: unspecified,
      UtcDateTime: dateTime(instant),
      LocalDateTime: dateTime(instant),
      Date: scalar("DT", midnight.toISOString().slice(0, -5)),
      Day: instant.getUTCDate(),
      DayOfWeek: enumValue("System.DayOfWeek", DAYS[day] ?? "", day),
      DayOfYear: dayOfYear(instant),
      Hour: instant.getUTCHours(),
      Millisecond: instant.getUTCMilliseconds(),
      Minute: instant.getUTCMinutes(),
      Month: instant.getUTCMonth() + 1,
      Offset: scalar("TS", "PT0S"),
      Second: instant.getUTCSeconds(),
      Ticks: ticks,
      UtcTicks: ticks,
      Year: instant.getUTCFullYear(),
    },
  });
}

function dayOfYear(instant: Date): number {
  const newYear = new Date(instant);
  newYear.setUTCMonth(0, 1);
  return Math.round((instant.getTime() - newYear.getTime()) / MILLISECONDS_A_DAY) + 1;
}

/** `8/26/2021 2:35:37 PM`, as .NET prints in culture en-US; in UTC. */
export function enUsText(instant: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const hour = instant.getUTCHours();
  const date = `${instant.getUTCMonth() + 1}/${instant.getUTCDate()}/${instant.getUTCFullYear()}`;
  const time = `${hour % 12 || 12}:${two(instant.getUTCMinutes())}:${two(instant.getUTCSeconds())}`;
  return `${date} ${time} ${hour < 12 ? "AM" : "PM"}`;
}
