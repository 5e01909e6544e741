import fc from "fast-check";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createLedger, type Ledger } from "../../services/ledger/createLedger.ts";
import { anEntry, chainedLines, ledgerFile } from "../../testing/ledgerEntries.ts";
import { nodeChance } from "./chance.ts";
import { openLedgerStore } from "./ledgerStore.ts";

/* What a crash or a full disk leaves at the end of the ledger, and what becomes of it. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "torn-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lines = chainedLines(3, (index) =>
  anEntry(`receipt ${index}`, "ÆØÅ \u{1F511} \u2028 and \u2029 \\ “”"),
);
const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
const lengthOfTwo = Buffer.byteLength(`${lines[0]}\n${lines[1]}\n`);

const logged: unknown[][] = [];
const openLedger = (): Ledger =>
  createLedger(openLedgerStore(folder, { write: (...line) => void logged.push(line) }), nodeChance);
const left = (content: Uint8Array): void => writeFileSync(ledgerFile(folder), content);

test("wherever the last entry was cut, it is told as torn, kept beside, and the chain goes on whole", async () => {
  const cuts = fc.integer({ min: lengthOfTwo + 1, max: bytes.length - 2 });
  await fc.assert(
    fc.asyncProperty(cuts, async (cut) => {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      left(bytes.subarray(0, cut));
      expect((await openLedger().list()).chain).toEqual({ state: "torn", entries: 2 });
      expect((await openLedger().append(anEntry("next"))).sequence).toBe(3);
      expect((await openLedger().list()).chain).toEqual({ state: "whole", entries: 3 });
      expect(readFileSync(join(folder, "ledger.torn-1.txt"))).toEqual(bytes.subarray(lengthOfTwo, cut));
      expect(readdirSync(folder)).toEqual(["ledger.jsonl", "ledger.torn-1.txt"]);
    }),
    { numRuns: 60 },
  );
});

test("an entry that lacks nothing but its line end counts, and gets it with the next one", async () => {
  left(bytes.subarray(0, -1));
  expect((await openLedger().list()).chain).toEqual({ state: "whole", entries: 3 });
  expect((await openLedger().append(anEntry("next"))).sequence).toBe(4);
  expect(readFileSync(ledgerFile(folder)).subarray(0, bytes.length)).toEqual(bytes);
  expect((await openLedger().list()).chain).toEqual({ state: "whole", entries: 4 });
});

test.each([
  ["zeros, as a power cut leaves them", Buffer.alloc(9_000)],
  ["half a letter", Buffer.from('{"act":"Å').subarray(0, -1)],
  ["a blank", Buffer.from(" ")],
  ["more than is read at once", Buffer.from(`{"act":"${"x".repeat(100_000)}`)],
])("a torn end of %s is kept to the byte", async (_what, torn) => {
  left(Buffer.concat([bytes, torn]));
  expect((await openLedger().list()).chain).toEqual({ state: "torn", entries: 3 });
  await openLedger().append(anEntry("next"));
  expect((await openLedger().list()).chain).toEqual({ state: "whole", entries: 4 });
  expect(readFileSync(join(folder, "ledger.torn-1.txt"))).toEqual(torn);
});

test("a ledger that never had a whole entry begins anew, and what was torn is kept", async () => {
  left(Buffer.from('{"act":'));
  expect((await openLedger().list()).chain).toEqual({ state: "torn", entries: 0 });
  expect((await openLedger().append(anEntry("first"))).sequence).toBe(1);
  expect((await openLedger().list()).chain).toEqual({ state: "whole", entries: 1 });
});

test("every torn end is kept under a name of its own, and the log says where", async () => {
  logged.length = 0;
  for (const torn of ["{one", "{two"]) {
    appendFileSync(ledgerFile(folder), torn);
    await openLedger().append(anEntry(torn));
  }
  const kept = [1, 2].map((number) => join(folder, `ledger.torn-${number}.txt`));
  expect(kept.map((path) => readFileSync(path, "utf8"))).toEqual(["{one", "{two"]);
  expect(logged).toEqual(kept.map((keptAs) => ["warn", "ledger.torn", { keptAs, bytes: 4 }]));
});

test("what was changed is not told as torn, and stays as it is", async () => {
  const changed = bytes.toString().replace("receipt 1", "receipt 7");
  left(Buffer.from(`${changed}{"act`));
  expect((await openLedger().list()).chain).toMatchObject({ state: "broken", atLine: 2 });
  await openLedger().append(anEntry("next"));
  expect((await openLedger().list()).chain).toMatchObject({ state: "broken", atLine: 2 });
  expect(readFileSync(ledgerFile(folder), "utf8").startsWith(changed)).toBe(true);
});

test.each([
  ["an unreadable line with its line end", (text: string) => `${text}{"act\n`, 4],
  ["a last entry that was changed and lost its line end", (text: string) => `${text.slice(0, -3)}0"}`, 3],
  ["line ends of another system", (text: string) => text.replaceAll("\n", "\r\n"), 1],
  ["a byte order mark", (text: string) => `\uFEFF${text}`, 1],
])("%s breaks the chain", async (_what, change, atLine) => {
  left(Buffer.from(change(bytes.toString())));
  expect((await openLedger().list()).chain).toMatchObject({ state: "broken", atLine });
});

test("however the file is cut into pieces while it is read, its lines are the same", async () => {
  const many = chainedLines(2_000, (index) => anEntry(`Å${"\u{1F511}".repeat(index % 40)}`));
  left(Buffer.from(many.map((line) => `${line}\n`).join("")));
  expect((await openLedger().list()).chain).toEqual({ state: "whole", entries: 2_000 });
});

test("a byte that is no text does not pass for the letter that stands for such bytes", async () => {
  const [line = ""] = chainedLines(1, () => anEntry("\uFFFD"));
  const whole = Buffer.from(`${line}\n`);
  left(whole);
  expect((await openLedger().list()).chain.state).toBe("whole");
  const at = whole.indexOf(Buffer.from("\uFFFD"));
  left(Buffer.concat([whole.subarray(0, at), Buffer.of(0xff), whole.subarray(at + 3)]));
  expect((await openLedger().list()).chain).toMatchObject({ state: "broken", atLine: 1 });
});

test("what else Unicode calls a line end may stand in an entry", async () => {
  const ledger = openLedger();
  for (const end of ["\u2028", "\u2029", "\u0085", "\v", "\f", "\r", "\n"])
    await ledger.append(anEntry(`a${end}b`));
  expect((await ledger.list()).chain).toEqual({ state: "whole", entries: 7 });
});
