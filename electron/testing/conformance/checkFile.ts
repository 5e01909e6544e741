import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { outcomeOf } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import { checkConversation } from "./powershell/checkConversation.ts";
import { asCorpus, checkCorpus } from "./powershell/checkCorpus.ts";
import { isConversation, isRecord } from "./powershell/conversation.ts";
import { asBindings, checkBindings } from "./signIn/checkBindings.ts";
import { asExamples, checkExamples } from "./signIn/checkExamples.ts";
import { asHandshakes, checkHandshakes } from "./signIn/checkHandshakes.ts";
import { checkRecording } from "./windows/checkRecording.ts";
import { isTemplate, parseRecording } from "./windows/recording.ts";

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

/** Reads a file, plain or gzipped, and checks it as what it is. Never throws. */
export function checkFile(path: string): Checked {
  let text: string;
  try {
    const bytes = readFileSync(path);
    text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (error) {
    return failed(String(error));
  }
  return checkText(text);
}

export function checkText(marked: string): Checked {
  const text = marked.replace(/^\uFEFF/, "");
  try {
    const data = asJson(text);
    // JSON is YAML too, and a recording may be written in it.
    if (isRecord(data) && "messages" in data) return checkYaml(text);
    if (data !== undefined) return checkData(data);
  } catch (error) {
    return failed(String(error));
  }
  // What begins as the JSON of a recording and does not end as one was cut off.
  if (beginsJson.test(text)) return failed("not readable as JSON");
  return holdsMessages.test(text)
    ? checkYaml(text)
    : unknown("no recording, conversation, corpus or sign-in data");
}

function checkYaml(text: string): Checked {
  if (isTemplate(text)) return unknown("a list of messages without an envelope in it");
  return checked("Windows recording", () => {
    const exchanges = parseRecording(text);
    if (exchanges === null) throw new Error("not readable as a list of requests with responses");
    return checkRecording(exchanges);
  });
}

/** Nothing but comments and other keys stands before the list of messages; a page about recordings has prose there. */
const holdsMessages = /^(?:\s*(?:#.*|%.*|---.*|[\w-]+:.*)?\r?\n)*\s*["']?messages["']?:/;

const beginsJson = /^\s*\{\s*"/;

function checkData(data: unknown): Checked {
  if (isConversation(data)) return checked("PowerShell conversation", () => checkConversation(data));
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

const failed = (why: string): Checked => ({
  kind: "unknown",
  outcome: { type: "fails", where: "the file", why },
});

const unknown = (why: string): Checked => ({ kind: "unknown", outcome: { type: "notApplicable", why } });

/** Undefined when the text is no JSON. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
