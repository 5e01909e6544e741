import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { clixmlInputNames } from "./clixmlInputs.ts";
import type { ClixmlSetResult } from "./clixmlSet.ts";
import type { BenchResult } from "./result.ts";
import { rounded } from "./result.ts";

/** CLIXML to typed objects against the bare events of `saxes`, in turns; each data set in a process of its own. */
export function clixmlBench(): readonly BenchResult[] {
  return clixmlInputNames.map(compared);
}

function compared(name: string): BenchResult {
  const { bytes, ours, theirs, ratio } = measuredApart(name);
  return {
    name: "clixml",
    what: `${rounded(bytes / 1e6)} MB of ${name} to typed objects, against bare saxes events`,
    measured: `${rounded(ours)} MB/s against ${rounded(theirs)} MB/s`,
    number: ratio,
    must: { least: 0.75 },
    aim: 1.1,
    unit: "x",
  };
}

function measuredApart(name: string): ClixmlSetResult {
  const arguments_ = [...process.execArgv, join(import.meta.dirname, "clixmlSet.ts"), name];
  const { stdout, status } = spawnSync(process.execPath, arguments_, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`The data set ${name} was not measured`);
  return JSON.parse(stdout) as ClixmlSetResult;
}
