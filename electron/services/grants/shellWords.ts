/* Words that bash and PowerShell read alike, so that a line that is shown can be pasted into either. */

/** PowerShell takes the typographic ones for the plain ones (about_Quoting_Rules, and its tokenizer). */
const singleQuotes = /['\u2018-\u201b]/;
/** What means something between double quotes to either shell; `!` calls up bash's history, typed by hand. */
const risesInDoubleQuotes = /["\u201c-\u201e$`\\!]/;

const isPlain = (text: string): boolean => /^[A-Za-z0-9/][A-Za-z0-9._/-]*$/.test(text);

/** One option with its value, whatever is in that: nothing of it is expanded, split or taken for another option. */
export function shellOption(name: string, text: string): string {
  if (text.startsWith("-")) return `--${name}=${pieces(text)}`;
  if (isPlain(text)) return `--${name} ${text}`;
  if (!singleQuotes.test(text)) return `--${name} '${text}'`;
  // Behind a bare beginning PowerShell joins quoted pieces to one word as bash does; by themselves it parts them.
  return risesInDoubleQuotes.test(text) ? `--${name}=${pieces(text)}` : `--${name} "${text}"`;
}

/** Single quotes between double ones, all else between single ones. */
const pieces = (text: string): string =>
  (text.match(/['\u2018-\u201b]+|[^'\u2018-\u201b]+/g) ?? [])
    .map((piece) => (singleQuotes.test(piece) ? `"${piece}"` : `'${piece}'`))
    .join("");

/** A word of a PowerShell line alone. */
export const powershellWord = (text: string): string =>
  isPlain(text) ? text : `'${text.replaceAll(/['\u2018-\u201b]/g, "$&$&")}'`;
