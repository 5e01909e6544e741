import { spawnSync } from "node:child_process";
import { clientBench } from "./clientBench.ts";
import { clixmlBench } from "./clixmlBench.ts";
import { stopBench } from "./endpointBench.ts";
import { idleBench } from "./idleBench.ts";
import { ledgerBench } from "./ledgerBench.ts";
import { memoryBench } from "./memoryBench.ts";
import { holds, jsonLine, missed, tableHead, tableRow } from "./result.ts";
import type { BenchResult } from "./result.ts";
import { sealingBench } from "./sealingBench.ts";
import { requestsBench } from "./stampBench.ts";
import { transcriptEngineBench } from "./transcriptEngineBench.ts";

/** Each makes one or more rows of the table of numbers. */
type Bench = () => readonly BenchResult[] | Promise<readonly BenchResult[]>;
const benches: ReadonlyMap<string, Bench> = new Map<string, Bench>([
  ["clixml", clixmlBench],
  ["client", clientBench],
  ["sealing", sealingBench],
  ["requests", requestsBench],
  ["stop", stopBench],
  ["idle", idleBench],
  ["ledger", ledgerBench],
  ["memory", memoryBench],
  ["transcript-engine", transcriptEngineBench],
]);

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Prints every row, then which of them missed what they must; ends with 1 when any did. */
async function main(wanted: string): Promise<void> {
  const names = wanted === "all" ? [...benches.keys()] : [wanted];
  const results: BenchResult[] = [];
  say(tableHead);
  for (const name of names) {
    const bench = benches.get(name);
    if (bench === undefined)
      throw new Error(`There is no benchmark ${name}: ${[...benches.keys()].join(", ")}, all`);
    for (const result of await bench()) {
      say(tableRow(result));
      say(jsonLine(result));
      results.push(result);
    }
  }
  for (const result of missed(results)) {
    say(
      `missed: ${result.name}, ${result.what}: ${holds(result) === "no" ? "beyond its bound" : "not measured"}`,
    );
    process.exitCode = 1;
  }
}

/** The heap is looked at, and garbage is collected on the measured thread: both need flags, which we give ourselves. */
const flags = ["--expose-gc", "--single-threaded-gc"];

if (flags.every((flag) => process.execArgv.includes(flag))) await main(process.argv[2] ?? "all");
else {
  const { status } = spawnSync(process.execPath, [...process.execArgv, ...flags, ...process.argv.slice(1)], {
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
}
