import type { TranscriptFacts } from "#contract";
import { idle } from "./work.ts";
import type { Work } from "./work.ts";

/** Lines a page; the text is never asked for as a whole, except to export it. */
export const pageLines = 500;
const pagesKept = 60;

export type Found = { readonly lines: readonly number[]; readonly total: number; readonly text: string };

/** A line to bring into view; a new object each time, so that the same line can be gone to again. */
export type Place = { readonly line: number };

type Pages = ReadonlyMap<number, readonly string[]>;

/**
 * One reading of a transcript and all that belongs to it. A live text is read again and again: what is known of one
 * reading is never shown beside another's, so that all of it is replaced together.
 */
export type TranscriptVersion = {
  readonly facts: TranscriptFacts;
  /** Those pages of its text that were looked at. */
  readonly pages: Pages;
  readonly found: Work<Found>;
  /** The line that was gone to. */
  readonly place: Place | null;
  /** The line that is shown whole. */
  readonly wholeLine: number | null;
};

/**
 * The version of a new reading. Where the text only went on, the pages that were full and the chosen lines are its own
 * too; where it was changed, nothing of the version before is.
 */
export function versionOf(facts: TranscriptFacts, before: TranscriptVersion | null): TranscriptVersion {
  if (before?.facts.transcriptId === facts.transcriptId) return { ...before, facts };
  if (before === null || facts.continues !== before.facts.transcriptId)
    return { facts, pages: new Map(), found: idle, place: null, wholeLine: null };
  const full = pageOf(before.facts.lines);
  const pages = new Map([...before.pages].filter(([page]) => page < full));
  return { ...before, facts, pages, found: idle };
}

/** The version with these pages too; those that were read longest ago give way. */
export function withPages(version: TranscriptVersion, pages: Pages): TranscriptVersion {
  const others = [...version.pages].filter(([page]) => !pages.has(page));
  return { ...version, pages: new Map([...others, ...pages].slice(-pagesKept)) };
}

/** A line by its number from 1; undefined while its page is not there. */
export function lineOf({ pages }: TranscriptVersion, number: number): string | undefined {
  return pages.get(pageOf(number))?.[(number - 1) % pageLines];
}

/** At the next line found after the chosen one, or before it, going round at the ends. */
export function atNextFound(version: TranscriptVersion, by: 1 | -1): TranscriptVersion {
  const { found, place } = version;
  const hits = found.phase === "done" ? found.value.lines : [];
  const after = (line: number): boolean => place === null || line > place.line;
  const before = (line: number): boolean => place !== null && line < place.line;
  const line = by === 1 ? (hits.find(after) ?? hits[0]) : (hits.findLast(before) ?? hits.at(-1));
  return line === undefined ? version : { ...version, place: { line } };
}

/** The pages that hold these lines (from 1) of a text of so many. */
export function pagesBetween(from: number, to: number, lines: number): readonly number[] {
  const first = pageOf(Math.max(from, 1));
  return Array.from({ length: Math.max(0, pageOf(Math.min(to, lines)) - first + 1) }, (_, at) => first + at);
}

/** The pages a new version needs to be drawn: where the screen stands, and the new end if it follows that. */
export function pagesOnScreen(
  { pages, facts: { lines } }: TranscriptVersion,
  { from, to }: { readonly from: number; readonly to: number },
): readonly number[] {
  if (to < from) return [];
  const wanted = [...pagesBetween(from, to, lines), ...pagesBetween(lines - (to - from), lines, lines)];
  return [...new Set(wanted)].filter((page) => !pages.has(page));
}

const pageOf = (line: number): number => Math.floor((line - 1) / pageLines);
