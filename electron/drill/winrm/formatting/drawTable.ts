import { isObject, properties, property } from "../../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../../protocol/clixml/value.ts";
import { displayText, isNumber } from "./displayText.ts";

type Column = {
  readonly name: string;
  /** Characters; left out for a column as wide as its widest cell. */
  readonly width?: number;
  /** A property that is shown in its place where an object has it (an alias and what it stands for). */
  readonly instead?: string;
};

/** The columns of a type. */
export type View = readonly Column[];

/** The view that Windows PowerShell 5.1 has for commands (domain.md 2.4). */
const commandColumns: View = [
  { name: "CommandType", width: 15 },
  { name: "Name", instead: "DisplayName", width: 50 },
  { name: "Version", width: 10 },
  { name: "Source" },
];

/** The columns of a type that has a view of its own, or null. */
export function viewOf(item: ClixmlValue): View | null {
  const isCommand = isObject(item) && item.typeNames.includes("System.Management.Automation.CommandInfo");
  return isCommand ? commandColumns : null;
}

/** Header, rule and rows; the first object decides on the columns unless the type has a view of its own. */
export function tableLines(
  items: readonly ClixmlValue[],
  view: View | null,
  width: number | null,
): readonly string[] {
  const [first] = items;
  if (first === undefined) return [];
  const columns = view ?? [...properties(first).keys()].map((name): Column => ({ name }));
  const cells = items.map((item) => columns.map((column) => cellOf(item, column)));
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
const cellOf = (item: ClixmlValue, { name, instead }: Column): string =>
  displayText(property(item, instead ?? name) ?? property(item, name) ?? null).replaceAll(
    /\s*\r?\n\s*/g,
    " ",
  );

function fitted(text: string, width: number, right: boolean): string {
  if (text.length > width) return width > 3 ? `${text.slice(0, width - 3)}...` : text.slice(0, width);
  return right ? text.padStart(width) : text.padEnd(width);
}
