import { durationTicks } from "../../../protocol/clixml/duration.ts";
import { instantOfText } from "../../../protocol/clixml/instantText.ts";
import { entriesOf, isObject, itemsOf, properties, textOf } from "../../../protocol/clixml/look.ts";
import type { ClixmlObject, ClixmlValue } from "../../../protocol/clixml/value.ts";

/** So many items of a list are shown ($FormatEnumerationLimit). */
const mostItems = 4;

/** A value as Windows PowerShell 5.1 prints it in a table or a list, culture en-US; null is nothing. */
export function displayText(value: ClixmlValue): string {
  if (!isObject(value)) return plainText(value);
  const { base } = value;
  if (typeof base === "object" && base !== null && base.kind === "dictionary")
    return braced(entriesOf(value).map(([key]) => displayText(key)));
  if (typeof base === "object" && base !== null && "items" in base)
    return braced(itemsOf(value).map(displayText));
  if (value.display !== null) return value.display;
  return isCustom(value) ? customText(value) : (textOf(value) ?? "");
}

/** True for what PowerShell aligns to the right. */
export function isNumber(value: ClixmlValue): boolean {
  if (typeof value === "number" || typeof value === "bigint") return true;
  const numeric = ["By", "SB", "I16", "U16", "U32", "U64", "Sg", "Db", "D"];
  return (
    typeof value === "object" && value !== null && value.kind === "scalar" && numeric.includes(value.tag)
  );
}

function plainText(value: Exclude<ClixmlValue, ClixmlObject>): string {
  if (typeof value !== "object" || value === null) return textOf(value) ?? "";
  if (value.tag === "DT") return dateText(value.text);
  return value.tag === "TS" ? timeSpanText(value.text) : (textOf(value) ?? "");
}

/** `8/26/2021 2:35:37 PM`; the year has four digits, for "never" is the year 0001. */
function dateText(text: string): string {
  const date = instantOfText(text);
  if (date === null) return text;
  const two = (number: number): string => String(number).padStart(2, "0");
  const hour = date.getUTCHours();
  const day = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${String(date.getUTCFullYear()).padStart(4, "0")}`;
  const time = `${hour % 12 || 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return `${day} ${time} ${hour < 12 ? "AM" : "PM"}`;
}

/** `1.02:03:04`, a TimeSpan's constant format without its fraction. */
function timeSpanText(text: string): string {
  const ticks = durationTicks(text);
  if (ticks === null) return text;
  const whole = (ticks < 0n ? -ticks : ticks) / 10_000_000n;
  const two = (number: bigint): string => String(number).padStart(2, "0");
  const days = whole / 86_400n;
  const clock = [(whole / 3_600n) % 24n, (whole / 60n) % 60n, whole % 60n].map(two).join(":");
  return `${ticks < 0n ? "-" : ""}${days > 0n ? `${days}.` : ""}${clock}`;
}

const braced = (items: readonly string[]): string =>
  `{${items.slice(0, mostItems).join(", ")}${items.length > mostItems ? "..." : ""}}`;

const isCustom = (value: ClixmlObject): boolean =>
  value.typeNames.includes("System.Management.Automation.PSCustomObject");

/** `@{Name=value; Other=value}`, as a custom object's ToString has it. */
const customText = (value: ClixmlObject): string =>
  `@{${[...properties(value)].map(([name, item]) => `${name}=${textOf(item) ?? ""}`).join("; ")}}`;
