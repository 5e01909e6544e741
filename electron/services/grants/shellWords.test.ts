import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { powershellWords } from "../../testing/powershellWords.ts";
import { powershellWord, shellOption } from "./shellWords.ts";

/* What is shown to be pasted arrives as it was meant, whatever a target is called and a person typed. */

const awkward: readonly string[] = [
  "Contoso",
  "Lab stamp",
  "O'Brien",
  "O’Brien’s ‘lab’ ‚x‛",
  'the "old" rack',
  "“typographic” „quotes‟",
  'it\'s $HOME and "more"',
  "it’s `id` and $(id)",
  "$HOME ${x} $env:PATH",
  "`whoami`",
  "\\",
  "a\\",
  "O'Neill\\",
  "C:\\Users\\Ann O'Hara\\data",
  "\\\\server\\share",
  "!!",
  "it's!x",
  "-5",
  "--level",
  "-O'Brien $x",
  "–en dash",
  "@args",
  "@{a=1}",
  "#5",
  "100 %",
  "a;b|c&d>e<f",
  "(a) {b} [c]",
  "~/data",
  "*?",
  "a,b",
  "a=b",
  "''",
  "'",
  "''''\"\"",
  "two\nlines",
  "Größe ☃ 雪 𝄞",
  "7f3c1d2e-0000-4000-8000-00000000beef",
  "1e5",
  "/tmp/data",
  ".hidden",
];

const texts = fc
  .oneof(
    fc.constantFrom(...awkward),
    fc.string({ unit: "grapheme", minLength: 1 }),
    fc.string({
      unit: fc.constantFrom("'", '"', "’", "“", "$", "`", "!", "\\", " ", "-", "a", "="),
      minLength: 1,
    }),
    // No text that is shown has control characters; a NUL could not even be passed on.
  )
  .filter((text) => !/[^\P{Cc}\t\n]/u.test(text));

/** One word with a `=`, or two. */
const meant = (text: string, words: readonly string[]): readonly string[] =>
  words.length === 1 ? [`--name=${text}`] : ["--name", text];

/** The words that bash gives to a command, for each of the lines. */
function bashWords(lines: readonly string[]): readonly (readonly string[])[] {
  const script = ['show() { printf \'%s\\0\' "$#" "$@"; }', ...lines.map((line) => `show ${line}`)].join(
    "\n",
  );
  const printed = execFileSync("bash", { input: script, encoding: "utf8" }).split("\0");
  const read: string[][] = [];
  for (let at = 0; at < printed.length - 1; at += Number(printed[at]) + 1)
    read.push(printed.slice(at + 1, at + 1 + Number(printed[at])));
  return read;
}

test("bash reads every option as it was meant", () => {
  const property = fc.property(fc.array(texts, { minLength: 100, maxLength: 100 }), (all) => {
    const read = bashWords(all.map((text) => shellOption("name", text)));
    expect(read).toEqual(all.map((text, index) => meant(text, read[index] ?? [])));
  });
  fc.assert(property, { numRuns: 20, examples: [[[...awkward]]] });
});

test("PowerShell reads every option as it was meant", () => {
  const property = fc.property(texts, (text) => {
    const read = powershellWords(shellOption("name", text));
    expect(read).toEqual(meant(text, read));
    expect(powershellWords(powershellWord(text))).toEqual([text]);
  });
  fc.assert(property, { numRuns: 2_000, examples: awkward.map((text) => [text]) });
});

test("what begins with a dash is no option of its own", () => {
  for (const text of awkward.filter((name) => name.startsWith("-")))
    expect(shellOption("name", text)).toMatch(/^--name=['"]/);
});

test.each([
  ["Contoso", "--name Contoso"],
  ["Lab stamp", "--name 'Lab stamp'"],
  ["O'Brien's stamp", `--name "O'Brien's stamp"`],
  ["$5 for O'Brien", `--name='$5 for O'"'"'Brien'`],
])("%s is quoted no more than it must", (text, option) => {
  expect(shellOption("name", text)).toBe(option);
});
