import { entriesOf, isObject, itemsOf, properties, textOf } from "../../protocol/clixml/look.ts";
import type { ClixmlObject, ClixmlValue } from "../../protocol/clixml/value.ts";
import { hideSecretsInLines } from "./hideSecrets.ts";
import { mostLines, saidMore } from "./keptLines.ts";
import { isRemotingName } from "./remotingNames.ts";

export type SeparatedOutput = {
  /** Objects that have properties or entries, in order. */
  readonly objects: readonly ClixmlObject[];
  /** Lines of text, in order, at most `mostLines` and a word about the rest; secrets are hidden. */
  readonly lines: readonly string[];
  /** Whatever is neither: numbers, empty objects, texts that carry properties, lists that are too deep. */
  readonly others: readonly ClixmlValue[];
};

/** Lists may stand in lists; a hostile one stands in itself. */
const mostNested = 4;
/** A list that holds itself grows with every level. */
const mostValues = 200_000;

/** Parts the objects of an output from the text lines that some cmdlets mix into it (domain 4.3). Nothing is lost. */
export function separate(output: readonly ClixmlValue[]): SeparatedOutput {
  const objects: ClixmlObject[] = [];
  const others: ClixmlValue[] = [];
  const lines = new Lines();
  let values = 0;
  const put = (value: ClixmlValue, nested: number): void => {
    values += 1;
    // An empty variable in the output is nothing.
    if (value === null || isWrappedNull(value)) return;
    if (typeof value === "string") return lines.add(value);
    if (isObject(value) && isRecord(value)) objects.push(value);
    else if (isPlainText(value)) lines.add(textOf(value) ?? "");
    else if (isObject(value) && isContainer(value) && nested < mostNested && values < mostValues) {
      // What hangs on a list is no item of it.
      if (ownNames(value).length > 0) others.push({ ...value, base: null, hasBase: false });
      for (const item of itemsOf(value)) put(item, nested + 1);
    } else others.push(value);
  };
  for (const value of output) put(value, 0);
  return { objects, lines: hideSecretsInLines(lines.kept), others };
}

function isWrappedNull(value: ClixmlValue): boolean {
  return (
    isObject(value) &&
    value.hasBase &&
    value.base === null &&
    value.display === null &&
    properties(value).size === 0
  );
}

/** A text or a number with properties is a text all the same: Get-Content and Write-Output hang notes on them. */
function isRecord(object: ClixmlObject): boolean {
  if (entriesOf(object).length > 0) return true;
  return properties(object).size > 0 && !isContainer(object) && !isPrimitive(object);
}

/** Text that hides nothing: an object of another type, or one with properties of its own, may say more than its words. */
function isPlainText(value: ClixmlValue): boolean {
  if (!isObject(value) || ownNames(value).length > 0) return false;
  const [type = "System.String"] = value.typeNames;
  return (
    typeof value.base === "string" || (!value.hasBase && value.display !== null && /\bString$/.test(type))
  );
}

const isPrimitive = (object: ClixmlObject): boolean =>
  object.hasBase &&
  (object.base === null || typeof object.base !== "object" || object.base.kind === "scalar");

const isContainer = (object: ClixmlObject): boolean =>
  typeof object.base === "object" && object.base !== null && "items" in object.base;

/** Those that PowerShell itself hangs on texts and lists say nothing about them. */
const addedNames = /^(?:Length|Count|ReadCount|PS(?:Path|ParentPath|ChildName|Drive|Provider))$/i;

const ownNames = (object: ClixmlObject): readonly string[] =>
  [...properties(object).keys()].filter((name) => !isRemotingName(name) && !addedNames.test(name));

/** Lines up to a bound, with a word about the rest. */
class Lines {
  readonly kept: string[] = [];

  add(text: string): void {
    const more = text.split(/\r\n|\r|\n/);
    const room = mostLines - this.kept.length;
    // Below nothing once the word about the rest stands there.
    if (room < 0) return;
    this.kept.push(...more.slice(0, room));
    if (more.length > room) this.kept.push(saidMore);
  }
}
