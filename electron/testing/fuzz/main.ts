import { parseArgs } from "node:util";
import { fuzz, fuzzCase, type FuzzReport } from "./fuzz.ts";
import { fuzzTargets } from "./targets.ts";

/** Fuzzes every parser, or one: `--runs 10000000 --seed 1 --parser CLIXML`. Ends non-zero when anything was found. */
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "10000000" },
    seed: { type: "string", default: "1" },
    parser: { type: "string" },
  },
});
const seed = Number(values.seed);
const runs = Number(values.runs);
const hangAfter = 50;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const chosen = fuzzTargets().filter(({ name }) => values.parser === undefined || name === values.parser);
if (chosen.length === 0 || !Number.isInteger(runs) || !Number.isInteger(seed)) {
  say(
    `Parsers: ${fuzzTargets()
      .map(({ name }) => name)
      .join(", ")}; runs and seed are whole numbers.`,
  );
  process.exit(2);
}

say(
  "| parser | mutations | read without an error | undeclared errors | hangs over 50 ms | slowest | a second |",
);
say("|---|---|---|---|---|---|---|");
for (const target of chosen) {
  const begun = performance.now();
  const report = fuzz(target, { runs, seed, hangAfter });
  const perSecond = Math.round((runs / (performance.now() - begun)) * 1_000);
  say(row(report, perSecond));
  for (const { number, error } of report.undeclared) {
    say(`case ${number} of seed ${seed}: ${String(error)}`);
    say(Buffer.from(fuzzCase(target, seed, number)).toString("latin1"));
  }
  for (const number of report.hangs) say(`case ${number} of seed ${seed} takes longer than ${hangAfter} ms`);
  if (report.undeclared.length + report.hangs.length > 0) process.exitCode = 1;
}

function row(
  { name, cases, read, undeclared, hangs, slowestMilliseconds }: FuzzReport,
  perSecond: number,
): string {
  const share = `${((read / cases) * 100).toFixed(1)} %`;
  const slowest = `${slowestMilliseconds.toFixed(1)} ms`;
  return `| ${name} | ${cases} | ${share} | ${undeclared.length} | ${hangs.length} | ${slowest} | ${perSecond} |`;
}
