import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createLedger, type Ledger } from "../../services/ledger/createLedger.ts";
import { runModule } from "../../testing/childModule.ts";
import { anEntry, chainedLines, ledgerFile, withLedger } from "../../testing/ledgerEntries.ts";
import { isMountable, smallDisk } from "../../testing/smallDisk.ts";
import { nodeChance } from "./chance.ts";
import { openLedgerStore } from "./ledgerStore.ts";

/* A disk that takes a part of an entry: either all of it is recorded, or nothing is and that is told. */

const openLedger = (folder: string): Ledger => createLedger(openLedgerStore(folder), nodeChance);
const namesOf = async (folder: string): Promise<readonly string[]> =>
  (await openLedger(folder).list()).entries.map(({ receiptId }) => receiptId).toReversed();

/** Entries of different lengths, so that the end of the disk is met everywhere in one. */
const entryAt = (index: number) => anEntry(`receipt ${index}`, "x".repeat((index * 977) % 6_000));

describe.skipIf(process.platform === "win32")("where a file may not grow beyond a limit", () => {
  test("what is acknowledged is on disk, what failed left nothing, and later it goes on", async () => {
    const folder = mkdtempSync(join(tmpdir(), "full-"));
    // The limit is met in the middle of an entry: the system takes its first part and refuses the next.
    const status = await runModule(
      `${withLedger(folder)}
       import { readFileSync } from "node:fs";
       const file = () => readFileSync(${JSON.stringify(ledgerFile(folder))});
       let failed = 0;
       for (let entry = 0; entry < 20; entry++) {
         const before = entry === 0 ? Buffer.of() : file();
         const wrong = await ledger.append(anEntry("receipt " + entry, "x".repeat(700))).then(
           () => !file().toString().includes('"receipt ' + entry + '"'),
           (error) => ((failed += 1), error.code !== "EFBIG" || !file().equals(before)));
         if (wrong) process.exit(1);
       }
       process.exit(failed > 0 && failed < 20 ? 0 : 2);`,
      "ulimit -f 16",
    );
    expect(status).toBe(0);
    expect(readdirSync(folder)).toEqual(["ledger.jsonl"]);
    const { sequence } = await openLedger(folder).append(anEntry("later"));
    expect((await openLedger(folder).list()).chain).toEqual({ state: "whole", entries: sequence });
    rmSync(folder, { recursive: true });
  });
});

describe.skipIf(!isMountable)("on a file system of its own that is full", () => {
  test("with none to many pages free, what is acknowledged is there, and nothing else", async () => {
    using disk = smallDisk(400_000);
    const folder = disk?.folder ?? "";
    const acknowledged: string[] = [];
    const failed: unknown[] = [];
    for (let index = 0; index < 60; index++) {
      disk?.fill(index % 5);
      const entry = entryAt(index);
      await openLedger(folder)
        .append(entry)
        .then(
          () => acknowledged.push(entry.receiptId),
          (error: unknown) => failed.push(error),
        );
      disk?.fill(100);
      expect((await openLedger(folder).list()).chain.state).toBe("whole");
      expect(await namesOf(folder)).toEqual(acknowledged);
    }
    expect(failed.length).toBeGreaterThan(10);
    expect(acknowledged.length).toBeGreaterThan(10);
    expect(failed.map(String).filter((words) => !words.includes("ENOSPC"))).toEqual([]);
    expect(readdirSync(folder)).toEqual(["ledger.jsonl"]);
  });

  test("a torn end for which there is no room beside stays where it is until there is", async () => {
    using disk = smallDisk(400_000);
    const folder = disk?.folder ?? "";
    mkdirSync(folder);
    const [line = ""] = chainedLines(1);
    const torn = `${line}\n{"act":"${"x".repeat(5_000)}`;
    writeFileSync(ledgerFile(folder), torn);
    for (const freePages of [0, 1, 2]) {
      disk?.fill(freePages);
      await expect(openLedger(folder).append(anEntry("no room"))).rejects.toThrow("ENOSPC");
      expect(readFileSync(ledgerFile(folder), "utf8")).toBe(torn);
      expect(readdirSync(folder)).toEqual(["ledger.jsonl"]);
      expect((await openLedger(folder).list()).chain).toEqual({ state: "torn", entries: 1 });
    }
    disk?.fill(50);
    expect((await openLedger(folder).append(anEntry("room"))).sequence).toBe(2);
    expect((await openLedger(folder).list()).chain).toEqual({ state: "whole", entries: 2 });
  });
});
