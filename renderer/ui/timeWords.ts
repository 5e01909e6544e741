const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long, in at most two units: `2 h 14 min`, `3 d 1 h`, `45 s`. Milliseconds in; never negative. */
export function durationWords(milliseconds: number): string {
  const left = Math.max(0, milliseconds);
  if (left >= day) return pair(left, day, "d", hour, "h");
  if (left >= hour) return pair(left, hour, "h", minute, "min");
  if (left >= 10 * minute) return `${Math.floor(left / minute)} min`;
  if (left >= minute) return pair(left, minute, "min", second, "s");
  return `${Math.floor(left / second)} s`;
}

/** The same for minutes as they are granted: `8 h`, `3 d`, `1 h 30 min`. */
export function minutesWords(minutes: number): string {
  return durationWords(minutes * minute);
}

/** A past or coming time as people say it: `3 min ago`, `in 12 d`, `just now`. */
export function relativeWords(at: number, now: number): string {
  const distance = at - now;
  const size = Math.abs(distance);
  if (size < 5 * second) return "just now";
  const words =
    size >= day
      ? `${Math.floor(size / day)} d`
      : size >= hour
        ? `${Math.floor(size / hour)} h`
        : size >= minute
          ? `${Math.floor(size / minute)} min`
          : `${Math.floor(size / second)} s`;
  return distance < 0 ? `${words} ago` : `in ${words}`;
}

/** `2026-11-21 03:12:44 UTC`. */
export function utcWords(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** `2026-11-21 03:12 UTC`. */
export function utcMinute(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** A sentence of the console's own with its ISO instants as they are written everywhere else. */
export function withTimeWords(sentence: string): string {
  return sentence.replace(isoInstant, (found) => utcWords(Date.parse(found)));
}

const isoInstant = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** The same instant as this workstation's clock shows it, with the zone's name: `Sun, 22 Nov 2026, 11:40 CET`. */
export function localWords(at: number): string {
  return new Date(at).toLocaleString("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZoneName: "short",
  });
}

/** In UTC too, as a remark behind the local words; empty where this workstation's clock shows UTC anyway. */
export function utcRemark(at: number): string {
  return localWords(at).endsWith("UTC") ? "" : ` (${utcMinute(at)})`;
}

/** Seconds with a tenth, as a stopwatch shows them. */
export function stopwatchWords(milliseconds: number): string {
  return `${(Math.max(0, milliseconds) / second).toFixed(1)} s`;
}

function pair(left: number, big: number, bigWord: string, small: number, smallWord: string): string {
  const rest = Math.floor((left % big) / small);
  return `${Math.floor(left / big)} ${bigWord}${rest === 0 ? "" : ` ${rest} ${smallWord}`}`;
}
