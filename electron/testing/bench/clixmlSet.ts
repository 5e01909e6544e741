import { SaxesParser } from "saxes";
import { readClixml } from "../../protocol/clixml/read.ts";
import { clixmlInput } from "./clixmlInputs.ts";
import { median, timed } from "./timing.ts";

/* One data set in a process of its own, so that what the engine learned from another one does not count. */

const bytes = 50_000_000;
const runs = 7;

export type ClixmlSetResult = {
  readonly bytes: number;
  /** Medians, in MB/s of CPU time. */
  readonly ours: number;
  readonly theirs: number;
  /** Median of the ratios of neighbours. */
  readonly ratio: number;
};

/** Always all 50 MB: a collection before each run makes the first megabytes dearer for whoever keeps what it reads. */
function measured(name: string): ClixmlSetResult {
  const { texts, characters } = clixmlInput(name, bytes);
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let run = 0; run <= runs; run++) {
    const [we, they] = [timed(() => readAll(texts)), timed(() => sawAll(texts))];
    // The first run is for the engine to learn.
    if (run === 0) continue;
    ours.push(characters / we / 1_000);
    theirs.push(characters / they / 1_000);
  }
  const ratios = ours.map((speed, index) => speed / (theirs[index] ?? Number.NaN));
  return { bytes: characters, ours: median(ours), theirs: median(theirs), ratio: median(ratios) };
}

function readAll(texts: readonly string[]): void {
  for (const text of texts) readClixml(text);
}

/**
 * The cheapest that saxes can do: no namespaces, no positions, handlers that only count, and one parser for all, since a
 * new one for each piece was seen to make it six times slower.
 */
const saxes = new SaxesParser({ xmlns: false, position: false });
let seen = 0;
const count = (): void => {
  seen++;
};
saxes.on("opentag", count);
saxes.on("text", count);
saxes.on("closetag", count);

function sawAll(texts: readonly string[]): void {
  const before = seen;
  for (const text of texts) saxes.write(text).close();
  if (seen === before) throw new Error("saxes saw nothing");
}

process.stdout.write(`${JSON.stringify(measured(process.argv[2] ?? ""))}\n`);
