import { parseArgs } from "node:util";
import { fuzz, fuzzCase, type FuzzReport, type FuzzTarget } from "./fuzz.ts";
import { fuzzTargets } from "./targets.ts";

/**
 * Fuzzes every parser, or one: `--runs 10000000 --seed 1 --parser CLIXML`; `--from` is the number of the first case, and
 * `--show NUMBER` prints one case. Ends non-zero when anything was found.
 */
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "10000000" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    parser: { type: "string" },
    show: { type: "string" },
  },
});
const [seed, runs, from] = [values.seed, values.runs, values.from].map(Number) as [number, number, number];
const hangAfter = 50;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const chosen = fuzzTargets().filter(({ name }) => values.parser === undefined || name === values.parser);
const [first] = chosen;
if (first === undefined || ![runs, seed, from].every(Number.isInteger)) {
  const names = fuzzTargets().map(({ name }) => name);
  say(`Parsers: ${names.join("; ")}. Runs, seed and from are whole numbers.`);
  process.exit(2);
}
if (values.show !== undefined) {
  process.stdout.write(fuzzCase(first, seed, Number(values.show)));
  process.exit(0);
}

say(
  "| parser | mutations | read to the end | undeclared errors | hangs over 50 ms | slowest | a second of processor |",
);
say("|---|---|---|---|---|---|---|");
for (const target of chosen) {
  const begun = process.cpuUsage();
  const report = fuzz(target, { runs, seed, from, hangAfter });
  const { user, system } = process.cpuUsage(begun);
  say(row(report, Math.round((runs / (user + system)) * 1_000_000)));
  sayFound(target, report);
  if (report.undeclared.length + report.hangs.length > 0) process.exitCode = 1;
}

function row({ name, cases, read, undeclared, hangs, slowest }: FuzzReport, perSecond: number): string {
  const share = `${((read / cases) * 100).toFixed(1)} %`;
  const slow = `${slowest.milliseconds.toFixed(1)} ms (case ${slowest.number})`;
  return `| ${name} | ${cases} | ${share} | ${undeclared.length} | ${hangs.length} | ${slow} | ${perSecond} |`;
}

/** What was found, each with the command that shows it again. */
function sayFound({ name }: FuzzTarget, { undeclared, hangs }: FuzzReport): void {
  const again = (number: number): string =>
    `npm run --silent fuzz -- --parser "${name}" --seed ${seed} --show ${number}`;
  for (const { number, error } of undeclared) say(`${String(error)}: ${again(number)}`);
  for (const number of hangs) say(`longer than ${hangAfter} ms: ${again(number)}`);
}
