import { cpus } from "node:os";

/** One line of the table of numbers. */
export type BenchResult = {
  /** Name of the benchmark, as on the command line. */
  readonly name: string;
  readonly what: string;
  /** What was measured, in words and units. */
  readonly measured: string;
  /** The number that is compared with `must` and `aim`; null where it could not be had. */
  readonly number: number | null;
  readonly must: { readonly least: number } | { readonly most: number } | null;
  readonly aim: number | null;
  readonly unit: string;
  /** What a reader must know to believe the number. */
  readonly note?: string;
};

/** `yes`, `no`, or why there is no verdict. */
export function holds({ number, must }: BenchResult): "yes" | "no" | "not measured" | "no bound" {
  if (number === null) return "not measured";
  if (must === null) return "no bound";
  return ("least" in must ? number >= must.least : number <= must.most) ? "yes" : "no";
}

/** Those that have a `must` and do not keep it, or whose number could not be had, with or without a `must`. */
export function missed(results: readonly BenchResult[]): readonly BenchResult[] {
  return results.filter((result) => ["no", "not measured"].includes(holds(result)));
}

/** Heading of the table that `tableRow` goes on with. */
export const tableHead =
  "| benchmark | what | measured | number | must | aim | holds |\n|---|---|---|---|---|---|---|";

export function tableRow(result: BenchResult): string {
  const { name, what, measured, number, must, aim, unit, note } = result;
  const bound = must === null ? "" : "least" in must ? `>= ${must.least}${unit}` : `<= ${must.most}${unit}`;
  const shown = number === null ? "not measured" : `${rounded(number)}${unit}`;
  const words = note === undefined ? measured : `${measured} (${note})`;
  return `| ${name} | ${what} | ${words} | ${shown} | ${bound} | ${aim === null ? "" : `${aim}${unit}`} | ${holds(result)} |`;
}

/** The same for programs: one JSON object in one line. */
export function jsonLine(result: BenchResult): string {
  return JSON.stringify({ ...result, holds: holds(result), node: process.version, cpu: cpus()[0]?.model });
}

export const rounded = (number: number): string =>
  number >= 100 ? String(Math.round(number)) : number.toFixed(2).replace(/\.?0+$/, "");
