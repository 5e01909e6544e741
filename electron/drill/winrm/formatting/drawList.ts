import { properties } from "../../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../../protocol/clixml/value.ts";
import { displayText } from "./displayText.ts";
import { wrapped } from "./wrapped.ts";

/** The lines of one object as a list; what is longer than the host is wide goes on under its beginning. */
export function listLines(item: ClixmlValue, width: number | null): readonly string[] {
  const own = properties(item);
  const label = Math.max(0, ...[...own.keys()].map((name) => name.length));
  const room = width === null ? null : Math.max(10, width - label - 4);
  return [...own].flatMap(([name, value]) => {
    const [first = "", ...rest] = wrapped(displayText(value), room);
    const indented = rest.map((line) => `${" ".repeat(label + 3)}${line}`);
    return [`${name.padEnd(label)} : ${first}`.trimEnd(), ...indented].map(withColon);
  });
}

/** An empty value keeps the blank that stands behind its colon. */
const withColon = (line: string): string => (/^\S.* :$/.test(line) ? `${line} ` : line);
