/** What one line of a transcript is, by its beginning alone. */
export type Marker =
  | { readonly kind: "stars" }
  | {
      readonly kind: "invocation" | "binding" | "error";
      /** `PS>` begins a pipeline, `>> ` goes on with it, and an invocation may stand bare. */
      readonly prompt: "PS>" | ">> " | "";
      readonly name: string;
      readonly rest: string;
    }
  /** A line that begins like a marker and then is none. */
  | { readonly kind: "malformed" }
  | { readonly kind: "output" };

const kinds = {
  CommandInvocation: "invocation",
  ParameterBinding: "binding",
  TerminatingError: "error",
} as const;

const markerStart = /^(PS>|>> )?(CommandInvocation|ParameterBinding|TerminatingError)\(/;
const output: Marker = { kind: "output" };

/** The line of stars around the blocks at the start and end of a transcript. */
export const starLine = "**********************";

/** Reads one line; every text is some kind of line. */
export function readMarker(line: string): Marker {
  if (line.startsWith("***")) return line.trimEnd() === starLine ? { kind: "stars" } : output;
  const start = markerStart.exec(line);
  if (start === null) return output;
  const word = start[2] as keyof typeof kinds;
  const from = start[0].length;
  const close = line.indexOf("): ", from);
  if (close === -1) return { kind: "malformed" };
  const prompt = (start[1] ?? "") as "PS>" | ">> " | "";
  return { kind: kinds[word], prompt, name: line.slice(from, close), rest: line.slice(close + 3) };
}

/** True when a line that is output holds, further in, what a marker looks like. */
export function looksLikeMarker(line: string): boolean {
  return line.includes("CommandInvocation(") || line.includes("TerminatingError(");
}
