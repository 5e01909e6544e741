import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { outcomeOf } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import { checkConversation } from "./powershell/checkConversation.ts";
import { asCorpus, checkCorpus } from "./powershell/checkCorpus.ts";
import { asConversation, isRecord } from "./powershell/conversation.ts";
import { asBindings, checkBindings } from "./signIn/checkBindings.ts";
import { asExamples, checkExamples } from "./signIn/checkExamples.ts";
import { asHandshakes, checkHandshakes } from "./signIn/checkHandshakes.ts";
import { checkRecording } from "./windows/checkRecording.ts";
import { parseRecording } from "./windows/recording.ts";

/** Kinds of data, told by content: the names of files say nothing. */
export type Kind =
  | "Windows recording"
  | "PowerShell conversation"
  | "CLIXML corpus"
  | "NTLM handshakes"
  | "channel bindings"
  | "NTLM examples"
  | "unknown";

export type Checked = { readonly kind: Kind; readonly outcome: Outcome };

/** Reads a file, plain or gzipped, and checks it as what it is. */
export function checkFile(path: string): Checked {
  let text: string;
  try {
    const bytes = readFileSync(path);
    text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (error) {
    return { kind: "unknown", outcome: { type: "fails", where: "the file", why: String(error) } };
  }
  return checkText(text);
}

export function checkText(text: string): Checked {
  const data = asJson(text);
  if (data !== undefined) return checkData(data);
  if (!beginsRecording.test(text)) return unknown("no recording, conversation, corpus or sign-in data");
  return checked("Windows recording", () => {
    const exchanges = parseRecording(text);
    if (exchanges === null) throw new Error("not readable as a list of requests with responses");
    return checkRecording(exchanges);
  });
}

/** Comments apart, the first thing in a recording is its list of messages. */
const beginsRecording = /^(?:\s*(?:#.*|---.*)?\n)*\s*messages:/;

function checkData(data: unknown): Checked {
  const conversation = asConversation(data);
  if (conversation !== null) return checked("PowerShell conversation", () => checkConversation(conversation));
  const corpus = asCorpus(data);
  if (corpus !== null) return checked("CLIXML corpus", () => checkCorpus(corpus));
  const handshakes = asHandshakes(data);
  if (handshakes !== null) return checked("NTLM handshakes", () => checkHandshakes(handshakes));
  const bindings = asBindings(data);
  if (bindings !== null) return checked("channel bindings", () => checkBindings(bindings));
  const examples = asExamples(data);
  if (examples !== null) return checked("NTLM examples", () => checkExamples(examples));
  if (isRecord(data) && Array.isArray(data["recordings"]))
    return unknown("an index of recordings, not a recording");
  return unknown("JSON of no kind that is known here");
}

const checked = (kind: Kind, check: () => Outcome): Checked => ({ kind, outcome: outcomeOf(check) });

const unknown = (why: string): Checked => ({ kind: "unknown", outcome: { type: "notApplicable", why } });

/** Undefined when the text is no JSON. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
