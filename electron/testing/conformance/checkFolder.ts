import { readdirSync, realpathSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { checkFile } from "./checkFile.ts";
import type { Checked } from "./checkFile.ts";
import type { Outcome, Reach } from "./outcome.ts";

export type CheckedFile = Checked & { readonly file: string };

/** Every file of a folder, at any depth and through links, sorted; or the one file that is named. */
export function* checkFolder(path: string): Generator<CheckedFile, void, undefined> {
  if (!isFolder(path)) return yield { file: path, ...checkFile(path) };
  for (const file of filesBelow(path, new Set())) yield { file: relative(path, file), ...checkFile(file) };
}

/** `seen` holds the folders on the way by their real places, so that a link that leads back is not followed. */
function filesBelow(folder: string, seen: ReadonlySet<string>): readonly string[] {
  const place = realpathSync(folder);
  if (seen.has(place)) return [];
  const inside = new Set([...seen, place]);
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .flatMap((path) => (isFolder(path) ? filesBelow(path, inside) : [path]));
}

/** A link to nothing counts as a file, which then cannot be read. */
const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

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

export type Summary = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Those that passed, by how far our client went. */
  readonly reached: Readonly<Record<Reach, number>>;
};

export function summaryOf(files: readonly CheckedFile[]): Summary {
  const count = (type: Outcome["type"]): number =>
    files.filter(({ outcome }) => outcome.type === type).length;
  const reached = (reach: Reach): number =>
    files.filter(({ outcome }) => outcome.type === "passes" && outcome.reach === reach).length;
  return {
    passed: count("passes"),
    failed: count("fails"),
    skipped: count("notApplicable"),
    reached: { whole: reached("whole"), messages: reached("messages"), envelopes: reached("envelopes") },
  };
}

/** The last line of a run. */
export function summaryLine({ passed, failed, skipped, reached }: Summary): string {
  const { whole, messages, envelopes } = reached;
  const parts = `${whole} whole, ${messages} at the message layer, ${envelopes} at the envelope layer`;
  return `${passed} passed (${parts}), ${failed} failed, ${skipped} skipped`;
}
