import { SaxesParser } from "saxes";
import { readClixml } from "../../protocol/clixml/read.ts";
import { type ClixmlInput, clixmlInputs } from "./clixmlInputs.ts";
import type { BenchResult } from "./result.ts";
import { rounded } from "./result.ts";
import { medianTimes } from "./timing.ts";

const bytes = 50_000_000;
const runs = 5;

/** CLIXML to typed objects against the bare events of `saxes`, in turns. */
export function clixmlBench(): readonly BenchResult[] {
  return clixmlInputs(bytes).map(compared);
}

function compared(input: ClixmlInput): BenchResult {
  const [ours = Number.NaN, theirs = Number.NaN] = medianTimes(runs, [
    () => readAll(input),
    () => sawAll(input),
  ]);
  const speed = (milliseconds: number): string => `${rounded(input.characters / milliseconds / 1_000)} MB/s`;
  return {
    name: "clixml",
    what: `50 MB of ${input.name} to typed objects, against bare saxes events`,
    measured: `${speed(ours)} against ${speed(theirs)}`,
    number: theirs / ours,
    must: { least: 0.75 },
    aim: 1.1,
    unit: "x",
  };
}

function readAll({ texts }: ClixmlInput): void {
  for (const text of texts) readClixml(text);
}

/** The cheapest that saxes can do: no namespaces, no positions, handlers that only count. */
function sawAll({ texts }: ClixmlInput): void {
  let seen = 0;
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on("opentag", () => {
    seen++;
  });
  parser.on("text", () => {
    seen++;
  });
  parser.on("closetag", () => {
    seen++;
  });
  for (const text of texts) parser.write(text).close();
  if (seen === 0) throw new Error("saxes saw nothing");
}
