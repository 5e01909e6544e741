/** Added by remoting clients on the way; they say nothing about the record (domain 8). */
const names: ReadonlySet<string> = new Set([
  "pscomputername",
  "runspaceid",
  "psshowcomputername",
  "pssourcejobinstanceid",
]);

export function isRemotingName(name: string): boolean {
  return names.has(name.toLowerCase());
}
