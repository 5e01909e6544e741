import { entriesOf, isObject, itemsOf, properties, textOf } from "../../protocol/clixml/look.ts";
import type { ClixmlObject, ClixmlValue } from "../../protocol/clixml/value.ts";
import { hideSecrets } from "./hideSecrets.ts";
import { mostLines, saidMore } from "./keptLines.ts";

export type SeparatedOutput = {
  /** Objects that have properties, in order. */
  readonly objects: readonly ClixmlObject[];
  /** Lines of text, in order, at most `mostLines` and a word about the rest; secrets are hidden. */
  readonly lines: readonly string[];
};

/** Lists may stand in lists; a hostile one stands in itself. */
const NESTING = 4;

/** Parts the objects of an output from the text lines that some cmdlets mix into it (domain 4.3). */
export function separate(output: readonly ClixmlValue[]): SeparatedOutput {
  const objects: ClixmlObject[] = [];
  const lines: string[] = [];
  const put = (value: ClixmlValue, nesting: number): void => {
    if (isObject(value) && isRecord(value)) objects.push(value);
    else if (isObject(value) && isContainer(value) && nesting < NESTING)
      for (const item of itemsOf(value)) put(item, nesting + 1);
    else keep(lines, linesOf(textOf(value)));
  };
  for (const value of output) put(value, 0);
  return { objects, lines };
}

/** A text or a number with properties is a text all the same: Get-Content and Write-Output hang notes on them. */
function isRecord(object: ClixmlObject): boolean {
  if (entriesOf(object).length > 0) return true;
  return properties(object).size > 0 && !isContainer(object) && !isText(object);
}

const isText = (object: ClixmlObject): boolean =>
  object.hasBase &&
  (object.base === null || typeof object.base !== "object" || object.base.kind === "scalar");

const isContainer = (object: ClixmlObject): boolean =>
  typeof object.base === "object" && object.base !== null && "items" in object.base;

const linesOf = (text: string | null): readonly string[] => text?.split(/\r\n|\r|\n/) ?? [];

function keep(lines: string[], more: readonly string[]): void {
  const room = mostLines - lines.length;
  // Below nothing once the word about the rest stands there.
  if (room < 0) return;
  for (const line of more.slice(0, room)) lines.push(hideSecrets(line));
  if (more.length > room) lines.push(saidMore);
}
