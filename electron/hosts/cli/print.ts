import type { CliIo } from "./io.ts";

/** One line to standard error. */
export const sayLine = (line: string): void => console.error(line);

/** The one place that writes to the terminal; how it is interrupted is the caller's. */
export function terminal(
  interrupts: Required<Pick<CliIo, "signal" | "interrupt" | "hurried" | "awaits">>,
): CliIo {
  return {
    out: (line) => console.log(line),
    say: sayLine,
    stdin: process.stdin,
    interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    ...interrupts,
  };
}

/** The same terminal for lines with text of endpoints in them, whatever they hold. */
export const guarded = (io: CliIo): CliIo => ({
  ...io,
  out: (line) => io.out(visible(line)),
  say: (line) => io.say(visible(line)),
});

/** A failure in one sentence. */
export const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Control characters but TAB and line ends, and bidirectional marks. */
const steering = /[^\P{Cc}\t\n]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const codeOf = (character: string): string => (character.codePointAt(0) ?? 0).toString(16);

/**
 * Makes control characters and bidirectional marks of untrusted text visible (TAB and line ends pass), so that a text
 * from an endpoint can neither move the cursor nor turn the reading order.
 */
export const visible = (text: string): string =>
  text.replaceAll("\r\n", "\n").replace(steering, (character) => `\\u{${codeOf(character)}}`);

/** One line of JSON with the same characters escaped, so that it reads as the same value. */
export const jsonLine = (value: unknown): string =>
  JSON.stringify(value).replace(steering, (character) => `\\u${codeOf(character).padStart(4, "0")}`);
