import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";

/**
 * What takes too long for `npm test`: ten million mutations for each parser (`--runs`), a fault at every byte
 * (`--step`), and the property tests ten times over, each time with seeds of their own (`--rounds`). Goes on after a
 * failure, and ends non-zero when there was one.
 */
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "10000000" },
    step: { type: "string", default: "1" },
    rounds: { type: "string", default: "10" },
    seed: { type: "string", default: String(Math.floor(Date.now() / 86_400_000)) },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const failed: string[] = [];

run("fuzz", process.execPath, [
  "electron/testing/fuzz/main.ts",
  "--runs",
  values.runs,
  "--seed",
  values.seed,
]);
run("faults", process.execPath, [
  "electron/testing/faults/main.ts",
  "--step",
  values.step,
  "--seed",
  values.seed,
]);
const properties = globSync(["electron/**/*.test.ts", "renderer/**/*.test.{ts,tsx}"]).filter((file) =>
  readFileSync(file, "utf8").includes('from "fast-check"'),
);
for (let round = 1; round <= Number(values.rounds); round++)
  run(`properties, round ${round}`, "vitest", [
    "run",
    "--config",
    "electron/vitest.config.ts",
    ...properties,
  ]);
say(failed.length === 0 ? "All is well." : `Not well: ${failed.join("; ")}.`);
process.exitCode = failed.length === 0 ? 0 : 1;

function run(name: string, command: string, parameters: readonly string[]): void {
  say(`${name}: ${[command, ...parameters].join(" ")}`);
  const { status } = spawnSync(command, parameters, { stdio: "inherit" });
  if (status !== 0) failed.push(name);
}
