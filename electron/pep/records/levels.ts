import type { Level } from "#contract";

/** All spellings of the two levels in the product family, folded (domain 3.2). */
const spellings: ReadonlyMap<string, Level> = new Map([
  ["diagnostics", "Diagnostics"],
  ["readonly", "Diagnostics"],
  ["diagnosticsrepair", "DiagnosticsRepair"],
  ["diagnosticsandrepair", "DiagnosticsRepair"],
  ["readwrite", "DiagnosticsRepair"],
]);

/** The level that a printed name means, or null for a name that we do not know. */
export function levelOf(printed: string): Level | null {
  return spellings.get(printed.replace(/\s/g, "").toLowerCase()) ?? null;
}
