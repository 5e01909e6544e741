import type { Outcome } from "../outcome.ts";
import { at, counted } from "../outcome.ts";
import { checkAnswers } from "./checkAnswers.ts";
import { checkHearing } from "./checkHearing.ts";
import { checkReading } from "./checkReading.ts";
import { checkSecrets } from "./checkSecrets.ts";
import { notOfferedRemark } from "../windows/offered.ts";
import { readConversation } from "./conversation.ts";
import { listedByLines } from "./listedByLines.ts";

/** All that a conversation with PowerShell can show. */
export function checkConversation(data: Readonly<Record<string, unknown>>): Outcome {
  const read = readConversation(data);
  const conversation = read.isListed ? read : { ...read, listed: listedByLines(read.lines) };
  const reading = at("reading", () => checkReading(conversation));
  const hearing = at("our client role", () => checkHearing(conversation));
  const answers = at("our server role", () => checkAnswers(conversation));
  const secrets = at("session key", () => checkSecrets(conversation));
  const remarks = [
    ...reading.refused.map((what) => `refused by name, as meant (${what})`),
    ...answers.differences,
    ...(read.isListed ? [] : ["no list of its messages: the second reading stands in its place"]),
    ...notOfferedRemark(hearing.scripts),
    ...(hearing.refused > 0 ? [counted(hearing.refused, "calls that our client does not make")] : []),
    ...(reading.unlisted > 0 ? [counted(reading.unlisted, "messages more than the recorder listed")] : []),
  ];
  const counts = [
    `${conversation.lines.length} lines`,
    `${reading.messages} messages`,
    counted(hearing.events, "events"),
    `${answers.words} acks and states`,
    ...(secrets === 0 ? [] : [counted(secrets, "secrets recomputed")]),
  ];
  const reach = hearing.scripts + hearing.refused > 0 ? "messages" : "whole";
  return { type: "passes", reach, counts: counts.join(", "), remarks: [...new Set(remarks)] };
}
