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
  const widths = columnWidths(columns, cells, width);
  const right = columns.map(({ name }) => isNumber(property(first, name) ?? null));
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, at) => fitted(text, widths[at] ?? 0, right[at] === true))
      .join(" ")
      .trimEnd();
  const rules = columns.map(({ name }, at) => "-".repeat(Math.min(name.length, widths[at] ?? 0)));
  const lines = [...headerRows(columns, widths), rules, ...cells].map(line);
  return width === null ? lines : lines.map((text) => text.slice(0, width - 1));
}

/** The last column of a view takes what is left of a line but its last place, which PowerShell never writes to. */
function columnWidths(
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  width: number | null,
): readonly number[] {
  const widths = columns.map(
    (column, at) => column.width ?? Math.max(column.name.length, ...cells.map((row) => row[at]?.length ?? 0)),
  );
  const before = widths.slice(0, -1).reduce((sum, one) => sum + one + 1, 0);
  const isView = columns.some((column) => column.width !== undefined);
  const room = width === null || !isView ? null : Math.max(1, width - 1 - before);
  return room === null ? widths : [...widths.slice(0, -1), Math.min(room, widths.at(-1) ?? room)];
}

/** A name that is wider than its column goes on below itself. */
function headerRows(columns: readonly Column[], widths: readonly number[]): readonly (readonly string[])[] {
  const pieces = columns.map(
    ({ name }, at) => name.match(new RegExp(`.{1,${Math.max(1, widths[at] ?? 1)}}`, "g")) ?? [name],
  );
  const rows = Math.max(...pieces.map((parts) => parts.length));
  return Array.from({ length: rows }, (_, row) => pieces.map((parts) => parts[row] ?? ""));
}

/** One line a cell: blanks with a line end among them are one. */
const cellOf = (item: ClixmlValue, { name, instead }: Column): string =>
  displayText(property(item, instead ?? name) ?? property(item, name) ?? null).replaceAll(/\s+/g, (blanks) =>
    blanks.includes("\n") ? " " : blanks,
  );

function fitted(text: string, width: number, right: boolean): string {
  if (text.length > width) return width > 3 ? `${text.slice(0, width - 3)}...` : text.slice(0, width);
  return right ? text.padStart(width) : text.padEnd(width);
}
