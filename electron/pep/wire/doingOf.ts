import type { Doing } from "#contract";
import type { ProgressRecord } from "../../protocol/psrp/records.ts";

/** What a progress record tells a person, or null: its end, and what every first command prepares, tell nothing. */
export function doingOf(record: ProgressRecord): Doing | null {
  const activity = record.activity.trim();
  if (record.completed || activity === "" || activity === "Preparing modules for first use.") return null;
  const details = [record.status, record.currentOperation ?? ""].map((text) => text.trim());
  const told = details.filter((text) => text !== "" && text !== activity);
  const { percent } = record;
  return {
    words: [activity, ...told].join(": "),
    percent: percent >= 0 && percent <= 100 ? Math.trunc(percent) : null,
  };
}
