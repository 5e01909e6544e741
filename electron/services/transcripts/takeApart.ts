import type { Level, OutlineEntry } from "#contract";
import { classify } from "./classify.ts";
import { lineIndex, type LineIndex } from "./lineIndex.ts";
import { readBinding, type Binding } from "./readBinding.ts";
import { looksLikeMarker, readMarker, type Marker } from "./readMarker.ts";

/** The outline keeps this many operations; all are counted. */
const mostEntries = 20_000;
/** A command in a long pipeline gets its input bound once per object. */
const mostArguments = 200;
/** A wrapped value goes over a few lines; more is a value without an end. */
const mostWrappedLines = 200;

export type TakenApart = {
  readonly lines: LineIndex;
  readonly header: readonly { readonly key: string; readonly value: string }[];
  readonly outline: readonly OutlineEntry[];
  readonly operations: number;
  /** How many transcripts are joined in the text (blocks of a start). */
  readonly transcripts: number;
  /** True when the last transcript has no end block. */
  readonly live: boolean;
  /** Marker-like lines that may be output in disguise. */
  readonly doubtful: number;
  /** Lines with text after the last end block. */
  readonly trailing: number;
};

type Operation = {
  -readonly [K in keyof OutlineEntry]: K extends "arguments" ? Binding[] : OutlineEntry[K];
};

/**
 * Takes a transcript apart in one pass over its lines. It never throws: text that follows no rule is output. The
 * transcript is untrusted, since a command's output may imitate any marker; what looks wrong is listed all the same and
 * counted as doubtful, so that nothing hides.
 */
export function takeApart(text: string, level: Level | null, lines: LineIndex = lineIndex(text)): TakenApart {
  const reader = new TranscriptReader(lines, level);
  reader.readAll();
  const { header, outline, operations, transcripts, doubtful, trailing, ended } = reader;
  return { lines, header, outline, operations, transcripts, live: !ended, doubtful, trailing };
}

class TranscriptReader {
  readonly header: { readonly key: string; readonly value: string }[] = [];
  readonly outline: Operation[] = [];
  operations = 0;
  transcripts = 0;
  doubtful = 0;
  trailing = 0;
  ended = false;
  readonly #lines: LineIndex;
  readonly #level: Level | null;
  readonly #latest = new Map<string, Operation>();
  #current: Operation | null = null;
  /** The last command of the pipeline that is no plumbing: what an error without a name is about. */
  #operation: Operation | null = null;
  #outputInPipeline = false;

  constructor(lines: LineIndex, level: Level | null) {
    this.#lines = lines;
    this.#level = level;
  }

  readAll(): void {
    let at = 1;
    while (at <= this.#lines.count) at = this.#readAt(at);
  }

  /** Reads what begins at this line and gives the line after it. */
  #readAt(at: number): number {
    const line = this.#lines.line(at);
    const marker = readMarker(line);
    switch (marker.kind) {
      case "stars":
        return this.#block(at) ?? this.#output(at, line);
      case "invocation":
        return this.#invocation(at, marker);
      case "binding":
        return this.#binding(at, marker);
      case "error":
        return this.#error(at, marker.name);
      case "malformed":
        this.doubtful += 1;
        return this.#output(at, line);
      case "output":
        if (looksLikeMarker(line)) this.doubtful += 1;
        return this.#output(at, line);
      default:
        return marker satisfies never;
    }
  }

  /** A start or end block from its first line of stars; null when these stars are output. */
  #block(at: number): number | null {
    const title = this.#lines.line(at + 1);
    if (/^(?:Windows )?PowerShell transcript start\s*$/.test(title)) return this.#startBlock(at + 2);
    if (!/^(?:Windows )?PowerShell transcript end\s*$/.test(title)) return null;
    this.ended = true;
    this.#endPipeline();
    return this.#blockEnd(at + 2) + 1;
  }

  #startBlock(from: number): number {
    this.transcripts += 1;
    this.ended = false;
    this.trailing = 0;
    this.#endPipeline();
    this.#latest.clear();
    const end = this.#blockEnd(from);
    for (let at = from; at < end && this.transcripts === 1; at += 1) this.#headerLine(this.#lines.line(at));
    return end + 1;
  }

  #headerLine(line: string): void {
    const colon = line.indexOf(":");
    const last = this.header.at(-1);
    if (colon > 0 && !/^\s/.test(line))
      this.header.push({ key: line.slice(0, colon), value: line.slice(colon + 1).trim() });
    else if (last !== undefined && line.trim() !== "")
      this.header[this.header.length - 1] = { key: last.key, value: `${last.value} ${line.trim()}` };
  }

  /** The line of stars that ends a block, else the last line before the next marker or the end of the text. */
  #blockEnd(from: number): number {
    let at = from;
    while (at <= this.#lines.count && at < from + 100) {
      const { kind } = readMarker(this.#lines.line(at));
      if (kind === "stars") return at;
      if (kind !== "output") return at - 1;
      at += 1;
    }
    return at - 1;
  }

  #invocation(at: number, marker: Extract<Marker, { readonly name: string }>): number {
    if (marker.prompt === "PS>") this.#endPipeline();
    const odd =
      marker.rest.trimEnd() !== `"${marker.name}"` || (this.#outputInPipeline && marker.prompt !== "PS>");
    if (odd || this.ended) this.doubtful += 1;
    const operation: Operation = {
      line: at,
      lastLine: at,
      name: marker.name,
      arguments: [],
      ...classify(marker.name, this.#level),
      failed: false,
    };
    this.operations += 1;
    if (this.outline.length < mostEntries) this.outline.push(operation);
    this.#latest.set(marker.name.toLowerCase(), operation);
    this.#current = operation;
    if (operation.class !== "plumbing") this.#operation = operation;
    return at + 1;
  }

  /** A binding belongs to the last invocation of its command, even where a new prompt stands before it. */
  #binding(at: number, marker: Extract<Marker, { readonly name: string }>): number {
    const { binding, next } = this.#wrapped(at, marker.rest);
    const operation = this.#latest.get(marker.name.toLowerCase());
    if (operation === undefined || binding === null) this.doubtful += 1;
    else if (operation.arguments.length < mostArguments) operation.arguments.push(binding);
    if (this.#current !== null) this.#current.lastLine = next - 1;
    return next;
  }

  /** Joins a value that goes over several lines; where it has no end before the next marker, only the first is taken. */
  #wrapped(at: number, rest: string): { readonly binding: Binding | null; readonly next: number } {
    let joined = rest;
    for (let next = at + 1; next <= at + mostWrappedLines; next += 1) {
      const binding = joined.endsWith('"') ? readBinding(joined) : null;
      if (binding !== null) return { binding, next };
      if (next > this.#lines.count) break;
      const line = this.#lines.line(next);
      if (readMarker(line).kind !== "output") break;
      joined = `${joined} ${line.trim()}`;
    }
    return { binding: null, next: at + 1 };
  }

  #error(at: number, name: string): number {
    const operation = this.#latest.get(name.toLowerCase()) ?? this.#operation ?? this.#current;
    if (operation === null) this.doubtful += 1;
    else operation.failed = true;
    return this.#output(at, this.#lines.line(at));
  }

  #output(at: number, line: string): number {
    if (line.trim() !== "") {
      if (this.ended) this.trailing += 1;
      if (this.#current !== null) {
        this.#current.lastLine = at;
        this.#outputInPipeline = true;
      }
    }
    return at + 1;
  }

  #endPipeline(): void {
    this.#current = null;
    this.#operation = null;
    this.#outputInPipeline = false;
  }
}
