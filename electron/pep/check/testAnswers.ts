import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";
import type { NotUnderstood } from "../../services/ports.ts";
import { commandLine } from "../commands/commandLine.ts";
import { getRemoteSupportAccess } from "../commands/getRemoteSupportAccess.ts";
import { getRemoteSupportSessionHistory } from "../commands/getRemoteSupportSessionHistory.ts";
import { refusalOf } from "../commands/refusals.ts";
import type { Conversation } from "../conversation.ts";
import { allPrinted } from "../records/allPrinted.ts";
import { cut, plainly } from "../records/printedText.ts";
import { readGrants } from "../records/readGrants.ts";
import { readSessions } from "../records/readSessions.ts";
import type { ReadiedShapes } from "../readiedShapes.ts";
import type { Invoked } from "../wire/commandOptions.ts";
import type { RungFact } from "./rungTest.ts";

/** Characters of all that the commands printed. */
const longest = 200_000;

type Reading = Parameters<typeof readSessions>[1];

const readings: readonly {
  readonly command: ClientCommand;
  readonly left: (invoked: Invoked, reading: Reading) => NotUnderstood;
}[] = [
  ...[false, true].map((includeExpired) => ({
    command: getRemoteSupportAccess(includeExpired),
    left: (invoked: Invoked, reading: Reading) =>
      readGrants(invoked, { ...reading, includeExpired }).notUnderstood,
  })),
  {
    command: getRemoteSupportSessionHistory({ from: null, sessionId: null, transcript: false }),
    left: (invoked, reading) => readSessions(invoked, reading).notUnderstood,
  },
];

/** Reads as the console does, and says whether all that the endpoint prints then is understood. */
export async function testAnswers(
  conversation: Conversation,
  { ready, trouble }: ReadiedShapes,
  signal: AbortSignal,
): Promise<RungFact> {
  const printed: string[] = [];
  const refusals: string[] = [];
  let left = 0;
  for (const { command, left: leftOf } of readings) {
    const invoked = await conversation.read(command, signal);
    const { device, address, place } = conversation;
    const lines = allPrinted(invoked, { ...plainly, secretNames: ready.secretNames });
    printed.push(`> ${commandLine(command)}`, ...(lines.length === 0 ? ["(nothing)"] : lines), "");
    const refusal = refusalOf(invoked, command.name, place);
    if (refusal === null) left += leftOf(invoked, { shapes: ready, device, shownBy: [address.name] }).length;
    else refusals.push(refusal.message);
  }
  return {
    ...judged({ left, refusals, trouble }),
    printed: cut(printed.join("\n").trimEnd(), longest),
    blocks: false,
  };
}

/** The fact, by what was left of the answers, what was refused, and what is wrong with the operator's corrections. */
export function judged(found: {
  readonly left: number;
  readonly refusals: readonly string[];
  readonly trouble: string | null;
}): RungFact {
  const { left, refusals, trouble } = found;
  const aside = trouble === null ? "" : ` ${trouble}`;
  if (refusals.length > 0)
    return {
      state: "failed",
      found: `Not all that is read could be read. ${refusals.join(" ")}${aside}`,
      fix: "Until then nothing that this endpoint shows proves a door shut. Keep what it printed for a support case.",
    };
  if (left > 0)
    return {
      state: "failed",
      found: `${left} of the objects and lines that it prints ${left === 1 ? "is" : "are"} not understood, so nothing that it shows proves a door shut.${aside}`,
      fix: "Copy what it printed. Name in shapes.json of the data folder what stands for what (docs/shapes.md), then check again.",
    };
  const understood = "The answers are understood: every object and every line that it prints.";
  if (trouble === null) return { state: "passed", found: understood, fix: null };
  return {
    state: "warned",
    found: `${understood}${aside}`,
    fix: "Correct shapes.json, or remove it, then check again.",
  };
}
