import { properties, property } from "../../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../../protocol/clixml/value.ts";
import { displayText, isNumber } from "./displayText.ts";

type Column = {
  readonly name: string;
  /** Characters; left out for a column as wide as its widest cell. */
  readonly width?: number;
};

/** The view that Windows PowerShell 5.1 has for commands (domain.md 2.4). */
const commandColumns: readonly Column[] = [
  { name: "CommandType", width: 15 },
  { name: "Name", width: 50 },
  { name: "Version", width: 10 },
  { name: "Source" },
];

/** The columns of a type that has a view of its own, or null. */
export function viewOf(typeNames: readonly string[]): readonly Column[] | null {
  return typeNames.includes("System.Management.Automation.CommandInfo") ? commandColumns : null;
}

/** Header, rule and rows; the first object decides on the columns unless the type has a view of its own. */
export function tableLines(
  items: readonly ClixmlValue[],
  view: readonly Column[] | null,
  width: number | null,
): readonly string[] {
  const [first] = items;
  if (first === undefined) return [];
  const columns = view ?? [...properties(first).keys()].map((name): Column => ({ name }));
  const cells = items.map((item) => columns.map(({ name }) => cellOf(item, name)));
  const widths = columns.map(
    (column, at) => column.width ?? Math.max(column.name.length, ...cells.map((row) => row[at]?.length ?? 0)),
  );
  const right = columns.map(({ name }) => isNumber(property(first, name) ?? null));
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, at) => fitted(text, widths[at] ?? 0, right[at] === true))
      .join(" ")
      .trimEnd();
  const names = columns.map(({ name }) => name);
  const rules = names.map((name) => "-".repeat(name.length));
  return [names, rules, ...cells].map(line).map((text) => (width === null ? text : text.slice(0, width)));
}

/** One line a cell. */
const cellOf = (item: ClixmlValue, name: string): string =>
  displayText(property(item, name) ?? null).replaceAll(/\s*\r?\n\s*/g, " ");

function fitted(text: string, width: number, right: boolean): string {
  if (text.length > width) return width > 3 ? `${text.slice(0, width - 3)}...` : text.slice(0, width);
  return right ? text.padStart(width) : text.padEnd(width);
}
