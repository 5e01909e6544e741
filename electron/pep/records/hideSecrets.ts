/** What stands where something is kept from view. */
export const HIDDEN = "[hidden]";

const SECRET_WORD = "credential|password|secret|sastoken|sharedaccess";
const SECRET_NAME = new RegExp(SECRET_WORD, "i");

/** Whether a property by that name may hold a secret (domain 1.8). */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/**
 * `SasCredential : …`, `…; SasCredential=…`, `"SasCredential": …` or `SasCredential>…` in running text: everything
 * after the mark, up to a brace or line end.
 */
const SECRET_IN_TEXT = new RegExp(
  String.raw`((?:${SECRET_WORD})\w{0,20}["']?[ \t]{0,100}[=:>][ \t]*)[^ \t}\r\n][^}\r\n]*`,
  "gi",
);

/** The signature of a shared access signature, wherever it travels. */
const SIGNATURE = /(^|[?&;\s"'])(sig=)[^&\s"']+/gi;

/** A text with the values of secrets replaced; an object beyond the depth limit arrives as such a text. */
export function hideSecrets(text: string): string {
  // The patterns want one of these marks, and hardly any field has one.
  if (!text.includes("=") && !text.includes(":") && !text.includes(">")) return text;
  return text.replace(SECRET_IN_TEXT, `$1${HIDDEN}`).replace(SIGNATURE, `$1$2${HIDDEN}`);
}

/** A name with a mark behind it, and nothing or its value up to the line's end. */
const OPEN_SECRET = new RegExp(String.raw`(?:${SECRET_WORD})\w{0,20}["']?[ \t]{0,100}[=:>]`, "i");

/** For lines that come one after the other: a drawn list goes on with a long value under its beginning. */
export function secretHider(): (line: string) => string {
  let isOpen = false;
  return (line) => {
    const begins = OPEN_SECRET.test(line);
    isOpen = begins || (isOpen && /^[ \t]{2,}\S/.test(line));
    return isOpen && !begins ? HIDDEN : hideSecrets(line);
  };
}

/** For lines that came together: a drawn table has its values below the name of their column. */
export function hideSecretsInLines(lines: readonly string[]): readonly string[] {
  const hide = secretHider();
  let column: Column | null = null;
  return lines.map((line, index) => {
    column = line.trim() === "" ? null : (secretColumn(line, lines[index + 1] ?? "") ?? column);
    const isRow = column !== null && !SECRET_NAME.test(line) && !/^[\s-]*$/.test(line);
    return hide(isRow && column !== null ? withoutColumn(line, column) : line);
  });
}

type Column = { readonly from: number; readonly to: number };

/** Where the values of a secret stand below such a header: up to the next column. */
function secretColumn(header: string, rule: string): Column | null {
  if (!/^[\s-]*-{2,}[\s-]*$/.test(rule)) return null;
  const columns = [...rule.matchAll(/-+/g)].map(({ index }) => index);
  const at = columns.findIndex((from, place) =>
    SECRET_NAME.test(header.slice(from, columns[place + 1] ?? header.length)),
  );
  return at < 0 ? null : { from: columns[at] ?? 0, to: columns[at + 1] ?? Number.POSITIVE_INFINITY };
}

const withoutColumn = (line: string, { from, to }: Column): string =>
  line.slice(from, to).trim() === "" ? line : `${line.slice(0, from)}${HIDDEN} ${line.slice(to)}`.trimEnd();
