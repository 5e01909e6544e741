import { SaxesParser } from "saxes";
import { readClixml } from "../../protocol/clixml/read.ts";
import { clixmlInput } from "./clixmlInputs.ts";
import { median, timed } from "./timing.ts";

/* One data set in a process of its own, so that what the engine learned from another one does not count. */

const bytes = 50_000_000;
const pieces = 5;
const passes = 5;

export type ClixmlSetResult = {
  readonly bytes: number;
  /** Medians over all pieces of all passes but the first, in MB/s of CPU time. */
  readonly ours: number;
  readonly theirs: number;
  /** Median of the ratios of neighbours. */
  readonly ratio: number;
};

function measured(name: string): ClixmlSetResult {
  const { texts, characters } = clixmlInput(name, bytes);
  const size = Math.ceil(texts.length / pieces);
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let pass = 0; pass <= passes; pass++)
    for (let at = 0; at < texts.length; at += size) {
      const piece = texts.slice(at, at + size);
      const megabytes = piece.reduce((sum, text) => sum + text.length, 0) / 1_000;
      const [we, they] = [timed(() => readAll(piece)), timed(() => sawAll(piece))];
      if (pass === 0) continue;
      ours.push(megabytes / we);
      theirs.push(megabytes / they);
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
