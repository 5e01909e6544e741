import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/* docs/numbers.md tells operators how long they may have to wait: as long as the code says. */

const doc = readFileSync(join(import.meta.dirname, "../../docs/numbers.md"), "utf8");
const row = /^\| [^|]+ \| (\d+) s \| `([\w/.]+)` `(\w+)` \|/gm;
const waits = [...doc.matchAll(row)].map(([, seconds, file = "", name = ""]) => ({
  seconds: Number(seconds),
  file,
  name,
}));

/** The seconds of a constant that is written as a number or a product of numbers of milliseconds. */
function secondsIn(file: string, name: string): number {
  const source = readFileSync(join(import.meta.dirname, "..", file), "utf8");
  const [, product = ""] =
    new RegExp(String.raw`\b${name}(?: =|:) ([\d_]+(?: \* (?:[\d_]+|SECOND))*)\b`).exec(source) ?? [];
  const factors = product
    .split(" * ")
    .map((factor) => (factor === "SECOND" ? 1_000 : Number(factor.replaceAll("_", ""))));
  return factors.reduce((all, factor) => all * factor) / 1_000;
}

test.each(waits)("$file: $name is $seconds s", ({ seconds, file, name }) => {
  expect(secondsIn(file, name)).toBe(seconds);
  expect(seconds).toBeGreaterThan(5);
});

test("each row of the deadlines names a constant", () => {
  const [, section = ""] = doc.split("\n## Deadlines\n");
  const rows =
    section
      .split("\n## ")[0]
      ?.split("\n")
      .filter((line) => line.startsWith("| ")) ?? [];
  expect(waits.length).toBe(rows.length - 1);
  expect(waits.length).toBeGreaterThan(20);
});
