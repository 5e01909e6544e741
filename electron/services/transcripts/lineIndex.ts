/** The lines of a text by number, counted from 1, without a copy of the text. */
export type LineIndex = {
  readonly count: number;
  /** The line without its line end (LF or CR LF); empty beyond the last line. */
  line(number: number): string;
  /** The line with its line end: all raw lines joined are the text. */
  raw(number: number): string;
};

/** Finds every line start in one pass. Text after the last line end is a line; nothing after it is none. */
export function lineIndex(text: string): LineIndex {
  const { starts, count } = lineStarts(text);
  const startOf = (number: number): number => (number > count ? text.length : (starts[number - 1] ?? 0));
  const raw = (number: number): string =>
    number < 1 || number > count ? "" : text.slice(startOf(number), startOf(number + 1));
  return { count, raw, line: (number) => withoutEnd(raw(number)) };
}

function withoutEnd(raw: string): string {
  if (!raw.endsWith("\n")) return raw;
  return raw.slice(0, raw.endsWith("\r\n") ? -2 : -1);
}

/** Four bytes a line; the array doubles, so that growing stays linear. */
function lineStarts(text: string): { readonly starts: Uint32Array; readonly count: number } {
  let starts = new Uint32Array(1_024);
  let count = 0;
  for (let at = 0; at < text.length; ) {
    if (count === starts.length) {
      const larger = new Uint32Array(starts.length * 2);
      larger.set(starts);
      starts = larger;
    }
    starts[count] = at;
    count += 1;
    const end = text.indexOf("\n", at);
    at = end === -1 ? text.length : end + 1;
  }
  return { starts, count };
}
