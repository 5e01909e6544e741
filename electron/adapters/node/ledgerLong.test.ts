import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startModule } from "../../testing/childModule.ts";
import { anEntry, chainedLines, ledgerFile, withLedger } from "../../testing/ledgerEntries.ts";

/* How long a ledger is does not matter to who adds to it. */

/** The bytes that a new process reads, by Linux's own count, for its first entry. */
async function bytesRead(lines: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "long-"));
  writeFileSync(ledgerFile(folder), lines.map((line) => `${line}\n`).join(""));
  const child = startModule(`${withLedger(folder)}
    import { readFileSync } from "node:fs";
    const count = () => Number(/rchar: (\\d+)/.exec(readFileSync("/proc/self/io", "utf8"))[1]);
    const before = count();
    const { sequence } = await ledger.append(anEntry("next"));
    console.log(sequence === ${lines.length + 1} ? count() - before : "not the next one");
  `);
  const { value } = await child.lines.next();
  rmSync(folder, { recursive: true });
  return Number(value);
}

describe.skipIf(!existsSync("/proc/self/io"))("where the system counts what is read", () => {
  test("the first entry of a process reads no more of a ledger of 20 000 entries than of one of 20", async () => {
    const lines = chainedLines(20_000);
    const [few, many] = [await bytesRead(lines.slice(0, 20)), await bytesRead(lines)];
    expect(Buffer.byteLength(lines.join("\n"))).toBeGreaterThan(5_000_000);
    // Node itself reads some ten thousand bytes beside, now more and now less.
    expect(few).toBeLessThan(200_000);
    expect(many).toBeLessThan(200_000);
  });

  test("a last entry longer than what is read at once is read to its beginning, and not much further", async () => {
    const long = (index: number) => anEntry(`receipt ${index}`, index === 1_999 ? "x".repeat(200_000) : "y");
    const read = await bytesRead(chainedLines(2_000, long));
    expect(read).toBeGreaterThan(200_000);
    expect(read).toBeLessThan(400_000);
  });
});
