import type { ProgressRecord } from "../../protocol/psrp/records.ts";

/** What a progress record tells a person, or null: its end, and what every first command prepares, tell nothing. */
export function progressLine(record: ProgressRecord): string | null {
  const activity = record.activity.trim();
  if (record.completed || activity === "" || activity === "Preparing modules for first use.") return null;
  const details = [record.status, record.currentOperation ?? ""].map((text) => text.trim());
  const told = details.filter((text) => text !== "" && text !== activity);
  return [activity, ...told].join(": ");
}
