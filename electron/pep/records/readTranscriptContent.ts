import { itemsOf, type Looked, textOf } from "../../protocol/clixml/look.ts";
import type { FieldNames, RecordFields } from "./recordFields.ts";

/** Asterisks, a line end and PowerShell's heading: the beginning of every transcript (domain 6.1). */
const HEADER = /^\s*\*{5,}\s*\r?\n[^\r\n]*transcript start/i;

/**
 * The text of the transcript that a session carries, exactly as it came; "" when it carries none. It is none of the
 * record's other fields then.
 */
export function contentOf(fields: RecordFields, names: FieldNames): string {
  const known = names.map((name) => takenText(fields, name));
  const found = known.find((text) => text !== "");
  if (found !== undefined) return found;
  let longest = { name: "", text: "" };
  for (const { name, value } of fields.all()) {
    const text = transcriptText(value);
    if (HEADER.test(text.slice(0, 1_000)) && text.length > longest.text.length) longest = { name, text };
  }
  fields.take([longest.name]);
  return longest.text;
}

/** What has no text is no transcript, and stays with the others. */
function takenText(fields: RecordFields, name: string): string {
  const text = transcriptText(fields.take([name]));
  if (text === "" && fields.isWithoutText([name])) fields.giveBack([name]);
  return text;
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
