import type { EndpointReading } from "#contract";

/** How many endpoints of how many were read: `2 of 3 endpoints were read`. */
export function readCountWords(endpoints: readonly EndpointReading[]): string {
  const read = endpoints.filter(wasRead).length;
  if (endpoints.length === 0) return "no endpoint was read yet";
  if (endpoints.length === 1) return read === 1 ? "its endpoint was read" : "its endpoint was not read";
  if (read === endpoints.length) return `all ${read} endpoints were read`;
  return `${read} of ${endpoints.length} endpoints ${read === 1 ? "was" : "were"} read`;
}

/** What is said where nothing was found: a reading that lacks an endpoint, or was not understood, proves no "none". */
export function noneWords(none: string, endpoints: readonly EndpointReading[]): string {
  const read = endpoints.filter(wasRead);
  if (read.length === 0) return "not read";
  const unclear = read.filter(({ notUnderstood }) => notUnderstood.length > 0);
  if (unclear.length > 0) return `${none} among what was understood; not all of it was`;
  if (read.length === endpoints.length) return none;
  return `${none} at the endpoints that were read (${read.length} of ${endpoints.length})`;
}

export type NotRead = { readonly names: string; readonly because: string };

/** The endpoints that were not read, each with its reason; those with the same reason together. */
export function notRead(endpoints: readonly EndpointReading[]): readonly NotRead[] {
  const names = new Map<string, string[]>();
  for (const { endpoint, failure } of endpoints)
    if (failure !== null) names.set(failure.sentence, [...(names.get(failure.sentence) ?? []), endpoint]);
  return [...names].map(([because, all]) => ({ names: all.join(", "), because }));
}

/** What one endpoint showed, in one line; what was not read is not called none. */
export function readingWords({
  activeGrants,
  liveSessions,
  notUnderstood,
  failure,
}: EndpointReading): string {
  if (failure !== null) return `not read: ${failure.sentence}`;
  const unclear = notUnderstood.length === 0 ? "" : `; not understood: ${notUnderstood.join(" | ")}`;
  return `${countWords(activeGrants, "active grant")}, ${countWords(liveSessions, "running session")}${unclear}`;
}

function countWords(count: number | null, what: string): string {
  if (count === null) return `${what}s not read`;
  return `${count === 0 ? "no" : count} ${what}${count === 1 ? "" : "s"}`;
}

/** Whether the reading has every endpoint, and all that they printed was understood. */
export function isWhole(endpoints: readonly EndpointReading[]): boolean {
  return (
    endpoints.length > 0 &&
    endpoints.every((reading) => wasRead(reading) && reading.notUnderstood.length === 0)
  );
}

function wasRead({ failure }: EndpointReading): boolean {
  return failure === null;
}
