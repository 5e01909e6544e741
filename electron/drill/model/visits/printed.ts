type Cell = string | number;

/** Rows as PowerShell's Format-Table prints them: numbers to the right, a dash under each letter of a header. */
export function table(headers: readonly string[], rows: readonly (readonly Cell[])[]): readonly string[] {
  const columns = headers.map((header, index) => {
    const cells = rows.map((row) => row[index] ?? "");
    const isNumeric = cells.length > 0 && cells.every((cell) => typeof cell === "number");
    const width = Math.max(header.length, ...cells.map((cell) => String(cell).length));
    return (cell: Cell): string => (isNumeric ? String(cell).padStart(width) : String(cell).padEnd(width));
  });
  const line = (cells: readonly Cell[]): string =>
    columns
      .map((pad, index) => pad(cells[index] ?? ""))
      .join(" ")
      .trimEnd();
  return [line(headers), line(headers.map((header) => "-".repeat(header.length))), ...rows.map(line)];
}

/** One object as PowerShell's Format-List prints it. */
export function list(fields: Readonly<Record<string, Cell>>): readonly string[] {
  const width = Math.max(...Object.keys(fields).map((name) => name.length));
  return Object.entries(fields).map(([name, value]) => `${name.padEnd(width)} : ${value}`.trimEnd());
}

/** Items made by number, from 1. */
export function times<Item>(count: number, make: (number: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, index) => make(index + 1));
}
