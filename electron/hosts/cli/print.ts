import type { CliIo } from "./io.ts";

/** The one place that writes to the terminal. `signal` is aborted by the caller's interrupt handling, `interrupt` calls it. */
export function terminal(signal: AbortSignal, interrupt: () => void): CliIo {
  return {
    out: (line) => console.log(line),
    say: (line) => console.error(visible(line)),
    stdin: process.stdin,
    interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    interrupt,
    signal,
  };
}

/** A failure in one sentence. */
export const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/**
 * Makes control characters and bidirectional marks of untrusted text visible (TAB and line ends pass), so that a text
 * from an endpoint can neither move the cursor nor turn the reading order.
 */
export function visible(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(/[^\P{Cc}\t\n]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (character) => {
      return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
    });
}
