import { isObject, properties, property, textOf } from "../../protocol/clixml/look.ts";
import type { InformationRecord } from "../../protocol/psrp/records.ts";
import { printedText } from "../records/printedText.ts";

/** What an information record says: its words, or where its data is no text but an object, what that holds. */
export function informationText({ text, data }: InformationRecord): string {
  const isMessage = textOf(property(data, "Message")) !== null;
  return isObject(data) && !isMessage && properties(data).size > 0 ? printedText(data) : text;
}
