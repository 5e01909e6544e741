import { itemsOf, type Looked, textOf } from "../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { RecordFields } from "./recordFields.ts";

/** Where a transcript may stand in a session; only the first is published (domain 1.3, 14.4). */
const knownNames = [
  "SessionTranscriptContent",
  "TranscriptContent",
  "Transcript",
  "ControlSessionTranscript",
] as const;

/** Asterisks, a line end and PowerShell's heading: the beginning of every transcript (domain 6.1). */
const HEADER = /^\s*\*{5,}\s*\r?\n[^\r\n]*transcript start/i;

/** The text of the transcript that a session record carries, exactly as it came; "" when it carries none. */
export function readTranscriptContent(session: ClixmlValue): string {
  return contentOf(new RecordFields(session));
}

/** The same, for a record whose fields are being taken apart: a transcript is never one of its other fields. */
export function contentOf(fields: RecordFields): string {
  const known = knownNames.map((name) => transcriptText(fields.take(name)));
  const found = known.find((text) => text !== "");
  if (found !== undefined) return found;
  let longest = { name: "", text: "" };
  for (const { name, value } of fields.all()) {
    const text = transcriptText(value);
    if (HEADER.test(text.slice(0, 1_000)) && text.length > longest.text.length) longest = { name, text };
  }
  fields.take(longest.name);
  return longest.text;
}

/** One string, or one string for each line. */
function transcriptText(value: Looked): string {
  return (
    textOf(value) ??
    itemsOf(value)
      .map((line) => textOf(line) ?? "")
      .join("\n")
  );
}
