import { takeApart } from "../../services/transcripts/takeApart.ts";
import { lineIndex } from "../../services/transcripts/lineIndex.ts";
import { Seeded } from "../seeded.ts";
import type { BenchResult } from "./result.ts";
import { rounded } from "./result.ts";
import { mediansInTurns, timed } from "./timing.ts";

/** What opening a transcript costs beside the wire: lines found, commands and markers taken apart. */
export function transcriptEngineBench(): readonly BenchResult[] {
  return [100_000, 1_000_000].map(measured);
}

function measured(lines: number): BenchResult {
  const text = transcript(lines);
  const act = (): void => void takeApart(text, "Diagnostics", lineIndex(text));
  const [milliseconds = Number.NaN] = mediansInTurns(3, [() => timed(act)]);
  return {
    name: "transcript-engine",
    what: `a transcript of ${lines} lines taken apart`,
    measured: `${rounded(text.length / milliseconds / 1_000)} MB/s`,
    number: milliseconds,
    must: null,
    aim: null,
    unit: " ms",
  };
}

function transcript(lines: number): string {
  const chance = new Seeded(7);
  const stars = "**********************";
  const all = [stars, "Windows PowerShell transcript start", "Start time: 20260801080000", stars];
  while (all.length < lines) {
    all.push(stars, `Command start time: 20260801${String(chance.below(240_000)).padStart(6, "0")}`, stars);
    all.push(`PS>CommandInvocation(Get-ClusterNode): "Get-ClusterNode"`);
    for (let line = 0; line < 20; line++) all.push(`AZS-NODE0${chance.below(8)}  Up  ${chance.guid()}`);
  }
  return all.slice(0, lines).join("\r\n");
}
