import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createLedger, type Ledger } from "../../services/ledger/createLedger.ts";
import { startModule } from "../../testing/childModule.ts";
import { anEntry, withLedger } from "../../testing/ledgerEntries.ts";
import { Seeded } from "../../testing/seeded.ts";
import { nodeChance } from "./chance.ts";
import { openLedgerStore } from "./ledgerStore.ts";

/* Consoles of one data folder that are killed or stand still while they write. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "killed-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const openLedger = (): Ledger => createLedger(openLedgerStore(folder), nodeChance);
const namesOf = async (): Promise<readonly string[]> =>
  (await openLedger().list()).entries.map(({ receiptId }) => receiptId);

/** Appends without end and prints the name of each entry once it is acknowledged; is killed after so many. Gives them. */
async function killedAfter(who: string, entries: number): Promise<readonly string[]> {
  const child = startModule(`${withLedger(folder)}
    for (let entry = 0; ; entry++) {
      await ledger.append(anEntry("${who} " + entry, "x".repeat((entry * 977) % 6000)));
      console.log("${who} " + entry);
    }
  `);
  const acknowledged: string[] = [];
  for (let line = await child.lines.next(); line.done !== true; line = await child.lines.next()) {
    acknowledged.push(line.value);
    if (acknowledged.length === entries) child.process.kill("SIGKILL");
  }
  return acknowledged;
}

test("however they are killed, what was acknowledged is there once, in a whole chain", async () => {
  const chance = new Seeded(11);
  const lives = async (who: string): Promise<readonly string[]> => {
    const acknowledged: string[] = [];
    for (let life = 0; life < 6; life++)
      acknowledged.push(...(await killedAfter(`${who} ${life}`, 1 + chance.below(9))));
    return acknowledged;
  };
  const acknowledged = (await Promise.all(["Ann", "Ben", "Cas", "Dag"].map(lives))).flat();
  await openLedger().append(anEntry("afterwards"));
  const names = await namesOf();
  expect((await openLedger().list()).chain).toEqual({ state: "whole", entries: names.length });
  expect(new Set(names).size).toBe(names.length);
  expect(acknowledged.filter((name) => !names.includes(name))).toEqual([]);
  expect(readdirSync(folder).filter((name) => !name.startsWith("ledger.torn-"))).toEqual(["ledger.jsonl"]);
});

describe.skipIf(process.platform === "win32")("where a process can be stopped", () => {
  test("one who stood still between reading and writing writes behind those who came before", async () => {
    const child = startModule(`
      import { once } from "node:events";
      ${withLedger(folder)}
      const store = openLedgerStore(${JSON.stringify(folder)});
      const stopping = { ...store, append: async (line) => {
        console.log("about to write");
        await once(process.stdin, "data");
        await store.append(line);
      } };
      await createLedger(stopping, nodeChance).append(anEntry("stopped"));
      process.stdin.destroy();
    `);
    await child.lines.next();
    child.process.kill("SIGSTOP");
    await openLedger().append(anEntry("meanwhile"));
    child.process.kill("SIGCONT");
    child.process.stdin?.write("go");
    await child.lines.next();
    child.process.stdin?.write("go");
    expect(await child.ended).toBe(0);
    expect(await namesOf()).toEqual(["stopped", "meanwhile"]);
    expect((await openLedger().list()).chain).toEqual({ state: "whole", entries: 2 });
  });
});
