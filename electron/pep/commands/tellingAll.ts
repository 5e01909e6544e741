import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { CommandEvents } from "../../services/ports.ts";
import { grantParts } from "../records/grantParts.ts";
import { secretHider } from "../records/hideSecrets.ts";
import { mostLines, saidMore } from "../records/keptLines.ts";
import { plainly, printedText } from "../records/printedText.ts";
import type { ReadShapes } from "../records/readShapes.ts";
import { separate } from "../records/separate.ts";
import type { CommandOptions } from "../wire/commandOptions.ts";
import { commandLine } from "./commandLine.ts";

type Telling = Required<Pick<CommandOptions, "onSent" | "onSaid" | "onValue" | "onProgress">>;

/**
 * What a command that changes something tells while it runs: the line that was sent, and every line that came, in its
 * output too, with its secrets hidden. A grant is no line: it is told at the end.
 */
export function tellingAll(events: CommandEvents, shapes: ReadShapes): Telling {
  const hide = secretHider();
  const say = atMost(mostLines, (line) => events.onSaid(hide(line)));
  return {
    onSent: (command) => events.onSent(commandLine(command)),
    onSaid: say,
    onValue: (value) => linesOf(value, shapes).forEach(say),
    onProgress: (doing) => events.onProgress(doing),
  };
}

function linesOf(value: ClixmlValue, shapes: ReadShapes): readonly string[] {
  const { objects, lines, others } = separate([value]);
  const how = { ...plainly, secretNames: shapes.secretNames };
  const foreign = objects.filter((object) => grantParts(object, shapes) === null);
  return [...lines, ...[...foreign, ...others].map((item) => printedText(item, how))];
}

function atMost(most: number, say: (line: string) => void): (line: string) => void {
  let count = 0;
  return (line) => {
    count += 1;
    if (count <= most) say(line);
    else if (count === most + 1) say(saidMore);
  };
}
