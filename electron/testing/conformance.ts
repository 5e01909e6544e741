import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** The optional conformance data beside the checkout. This is the one module that knows where it lies. */
const folder = join(import.meta.dirname, "..", "..", "..", "shared", "conformance");

export type ConformanceSet = {
  readonly missing: boolean;
  /** Why tests that need it are skipped. */
  readonly reason: string;
  /** Paths of its files, sorted; empty when missing. */
  readonly files: readonly string[];
};

/** The files of one subfolder (or of the folder itself for ""). */
export function conformance(subfolder: string): ConformanceSet {
  const path = join(folder, subfolder);
  if (!existsSync(path))
    return {
      missing: true,
      reason: `no conformance data at ${subfolder || "its folder"} beside the checkout`,
      files: [],
    };
  const files = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(path, entry.name))
    .sort();
  return { missing: false, reason: "", files };
}

/** A file's text; `.gz` files are unpacked. */
export function conformanceText(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}

/** One file of the folder itself, such as `ntlm-handshakes.json`, or null where the data is absent. */
export function conformanceFile(name: string): string | null {
  const path = join(folder, name);
  return existsSync(path) ? conformanceText(path) : null;
}
