import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeChance } from "../../adapters/node/chance.ts";
import { openLedgerStore } from "../../adapters/node/ledgerStore.ts";
import { createLedger } from "../../services/ledger/createLedger.ts";
import { anEntry, chainedLines, ledgerFile } from "../ledgerEntries.ts";
import type { BenchResult } from "./result.ts";
import { rounded } from "./result.ts";
import { median } from "./timing.ts";

const long = 20_000;
const short = 20;
const runs = 25;

/** The first entry of a process, as it is acknowledged: on disk. A long ledger against a short one, in turns. */
export async function ledgerBench(): Promise<readonly BenchResult[]> {
  const root = mkdtempSync(join(tmpdir(), "rsc-bench-ledger-"));
  const lines = chainedLines(long);
  const folders = [short, long].map((count) => {
    const folder = mkdtempSync(join(root, "data-"));
    writeFileSync(
      ledgerFile(folder),
      lines
        .slice(0, count)
        .map((line) => `${line}\n`)
        .join(""),
    );
    return { folder, took: [] as number[] };
  });
  // The first turn does not count.
  for (let run = 0; run <= runs; run++)
    for (const { folder, took } of folders) took[run] = await firstAppend(folder);
  rmSync(root, { recursive: true });
  const [few = Number.NaN, many = Number.NaN] = folders.map(({ took }) => median(took.slice(1)));
  return [
    {
      name: "ledger",
      what: `the first entry of a process in a ledger of ${long} entries, against one of ${short}`,
      measured: `${rounded(many)} ms against ${rounded(few)} ms, medians of ${runs} in turns, the disk included`,
      number: many / few,
      must: { most: 2 },
      aim: 1.1,
      unit: "x",
    },
  ];
}

async function firstAppend(folder: string): Promise<number> {
  const ledger = createLedger(openLedgerStore(folder), nodeChance);
  const begun = performance.now();
  await ledger.append(anEntry("next"));
  return performance.now() - begun;
}
