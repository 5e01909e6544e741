/** Rows as CSV (RFC 4180), with a byte order mark so that spreadsheets read UTF-8. */
export function csv(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** The same for the clipboard: one line a row, cells apart by tabs, as spreadsheets and mails take it. */
export function tabbed(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, ...rows]
    .map((row) => row.map((text) => noFormula(text.replaceAll(/[\t\r\n]+/g, " "))).join("\t"))
    .join("\n");
}

/** A cell that a spreadsheet would run as a formula is written as text. */
function noFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function cell(text: string): string {
  const plain = noFormula(text);
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
