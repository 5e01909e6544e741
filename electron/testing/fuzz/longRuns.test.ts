import { expect, test } from "vitest";
import { Seeded } from "../seeded.ts";
import type { FuzzTarget } from "./fuzz.ts";
import { fuzzTargets } from "./targets.ts";

/*
 * 60 000 bytes of the same in the middle of what is else well made: readers whose time grows with the square of it take
 * seconds, and all others a few milliseconds. Mutations of small samples do not find those.
 */

/** Below the limit of a head, which would end the reading before. */
const run = 60_000;
const fills = [
  " ",
  "\t",
  "\r\n",
  ":",
  "a",
  "0",
  ",",
  ";",
  "<a>",
  "</a>",
  "&amp;",
  'x="y" ',
  "xmlns:a='b' ",
  "\u0000",
];
const places = 10;
const mostKept = 3;
/** Milliseconds of the processor, at the quickest of three. */
const hangAfter = 50;

function* cases({ samples }: FuzzTarget): Generator<Uint8Array> {
  for (const sample of samples)
    for (const fill of fills) {
      const long = Buffer.from(fill.repeat(Math.ceil(run / fill.length)));
      for (let place = 0; place <= places; place++) {
        const at = Math.floor((sample.length * place) / places);
        yield Buffer.concat([sample.subarray(0, at), long, sample.subarray(at)]);
      }
    }
}

function milliseconds(act: () => void): number {
  const begun = process.threadCpuUsage();
  act();
  const { user, system } = process.threadCpuUsage(begun);
  return (user + system) / 1_000;
}

/** The bytes as text, the run in it as one. */
const shortened = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString("latin1")
    .replace(/(.{1,12}?)\1{50,}/s, "[$1…]")
    .slice(0, 400);

function hangs(target: FuzzTarget): readonly string[] {
  const found: string[] = [];
  for (const bytes of cases(target)) {
    const read = (): void => {
      try {
        target.read(bytes, new Seeded(1));
      } catch (error) {
        if (!target.declared.some((declared) => error instanceof declared)) throw error;
      }
    };
    let quickest = milliseconds(read);
    for (let again = 0; again < 2 && quickest > hangAfter; again++)
      quickest = Math.min(quickest, milliseconds(read));
    if (quickest > hangAfter) found.push(`${Math.round(quickest)} ms: ${shortened(bytes)}`);
    if (found.length === mostKept) break;
  }
  return found;
}

test.each(fuzzTargets().map((target) => ({ name: target.name, target })))(
  "$name: no long run of the same makes it hang",
  ({ target }) => {
    expect(hangs(target)).toEqual([]);
  },
  120_000,
);

test("a reader that takes the square of a run is found", () => {
  const beforeX = /[\t ]+x$/;
  const target: FuzzTarget = {
    name: "bad",
    samples: [Buffer.from("name: value")],
    read: (bytes) => beforeX.test(Buffer.from(bytes).toString().slice(-20_000)),
    declared: [],
  };
  expect(hangs(target).length).toBeGreaterThan(0);
});
