import type { ReadingCommand } from "../../products/shapes.ts";
import { properties } from "../../protocol/clixml/look.ts";
import type { ClixmlObject, ClixmlValue } from "../../protocol/clixml/value.ts";
import type { Invoked } from "../wire/commandOptions.ts";
import { hideSecretsInLines } from "./hideSecrets.ts";
import { LeftTexts } from "./leftTexts.ts";
import { hasSecretColumn, plainly } from "./printedText.ts";
import type { ReadShapes } from "./readShapes.ts";
import { separate, type SeparatedOutput } from "./separate.ts";

/** What a reading command printed: what each of its records gave, and all that is left. */
export type ReadAnswer<Parts> = {
  readonly records: readonly { readonly value: ClixmlObject; readonly parts: Parts }[];
  readonly left: LeftTexts;
};

/**
 * Takes the answer of a reading command apart. Every object is a record, or it is left; so is every line, among the
 * output and beside it, that is not known to say nothing. `partsOf` gives null for an object that is no record.
 */
export function readAnswer<Parts>(
  invoked: Pick<Invoked, "output" | "said" | "aside">,
  command: ReadingCommand,
  shapes: ReadShapes,
  partsOf: (value: ClixmlObject, shapes: ReadShapes) => Parts | null,
): ReadAnswer<Parts> {
  const { objects, lines, others } = unwrapped(separate(invoked.output), shapes);
  const how = { ...plainly, secretNames: shapes.secretNames };
  const left = new LeftTexts({ ...how, hidesCells: hasSecretColumn(objects, how) });
  const records = objects.flatMap((value) => {
    const parts = partsOf(value, shapes);
    if (parts !== null) return [{ value, parts }];
    left.value(value);
    return [];
  });
  for (const value of others) left.value(value);
  for (const line of [...lines, ...hideSecretsInLines(invoked.said), ...hideSecretsInLines(invoked.aside)])
    if (!shapes.isHarmless(command, line)) left.line(line);
  return { records, left };
}

const mostWrappings = 4;

/** What stands in wrappers, as if it had been printed by itself. */
function unwrapped(output: SeparatedOutput, shapes: ReadShapes, nested = 0): SeparatedOutput {
  if (shapes.wrappers.size === 0 || nested >= mostWrappings) return output;
  const parted = output.objects.map((object) => {
    const inside = wrappedIn(object, shapes);
    return inside.length === 0
      ? { objects: [object], lines: [], others: [] }
      : unwrapped(separate(inside), shapes, nested + 1);
  });
  return {
    objects: parted.flatMap(({ objects }) => objects),
    lines: [...output.lines, ...parted.flatMap(({ lines }) => lines)],
    others: [...output.others, ...parted.flatMap(({ others }) => others)],
  };
}

const wrappedIn = (object: ClixmlObject, { wrappers }: ReadShapes): readonly ClixmlValue[] =>
  [...properties(object)].filter(([name]) => wrappers.has(name.toLowerCase())).map(([, value]) => value);
