import type { StampSwitches } from "../stampSwitches.ts";
import type { Instant } from "./stampState.ts";

/** Windows zone names and what the rest of the world calls them (Unicode CLDR, windowsZones). */
const zones: Readonly<Record<StampSwitches["timeZone"], string>> = {
  "Pacific Standard Time": "America/Los_Angeles",
  UTC: "UTC",
  "W. Europe Standard Time": "Europe/Berlin",
  "India Standard Time": "Asia/Kolkata",
};

/** The device's own local time without a zone, as transcripts write it: `20210826073536`. */
export function deviceStamp(at: Instant, timeZone: StampSwitches["timeZone"]): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zones[timeZone],
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "00";
  return ["year", "month", "day", "hour", "minute", "second"].map(part).join("");
}
