import { readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { checkFile } from "./checkFile.ts";
import type { Checked } from "./checkFile.ts";

export type CheckedFile = Checked & { readonly file: string };

/** Every file of a folder, at any depth, sorted; or the one file that is named. */
export function* checkFolder(path: string): Generator<CheckedFile, void, undefined> {
  if (!statSync(path).isDirectory()) return yield { file: path, ...checkFile(path) };
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) yield { file: relative(path, file), ...checkFile(file) };
}

/** One line for one file. */
export function lineOf({ file, outcome }: CheckedFile): string {
  if (outcome.type === "fails") return `${file}: fails at ${outcome.where}: ${outcome.why}`;
  if (outcome.type === "notApplicable") return `${file}: not applicable: ${outcome.why}`;
  const remarks = outcome.remarks.length === 0 ? "" : `; ${outcome.remarks.join("; ")}`;
  return `${file}: passes (${outcome.counts}${remarks})`;
}

/** The same as a Markdown table for the documentation. */
export function tableOf(files: readonly CheckedFile[]): string {
  const rows = files.map(({ file, kind, outcome }) => {
    const [result, detail] =
      outcome.type === "passes"
        ? ["passes", [outcome.counts, ...outcome.remarks].join("; ")]
        : outcome.type === "fails"
          ? ["**fails**", `${outcome.where}: ${outcome.why}`]
          : ["not applicable", outcome.why];
    return `| ${file} | ${kind} | ${result} | ${String(detail).replaceAll("|", "\\|")} |`;
  });
  return ["| file | kind | result | what was seen |", "|---|---|---|---|", ...rows].join("\n");
}

export type Summary = { readonly passed: number; readonly failed: number; readonly skipped: number };

export function summaryOf(files: readonly CheckedFile[]): Summary {
  const count = (type: Checked["outcome"]["type"]): number =>
    files.filter(({ outcome }) => outcome.type === type).length;
  return { passed: count("passes"), failed: count("fails"), skipped: count("notApplicable") };
}
