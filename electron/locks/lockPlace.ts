import { closeSync, lstatSync, openSync, readSync } from "node:fs";
import { lifeIn, type Life } from "./processLife.ts";

/** What lies in the place of a lock. `version` is another one whenever it was renewed, removed or made anew. */
export type Found =
  | { readonly kind: "nothing" }
  /** `life` is its holder's; null while it is not signed, or in no words of ours. */
  | { readonly kind: "lock"; readonly version: string; readonly life: Life | null }
  /** A link, a pipe: nothing that a console makes. Where it leads to is never looked at. */
  | { readonly kind: "stray"; readonly version: string }
  | { readonly kind: "folder"; readonly version: string };

/** More than any lock of ours has. */
const longest = 1_000;

export function lookAt(path: string): Found {
  const facts = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (facts === undefined) return { kind: "nothing" };
  const version = `${facts.ino} ${facts.mtimeNs} ${facts.size}`;
  if (facts.isDirectory()) return { kind: "folder", version };
  if (!facts.isFile()) return { kind: "stray", version };
  const text = textAt(path) ?? "";
  return { kind: "lock", version: `${version} ${text}`, life: text.endsWith("\n") ? lifeIn(text) : null };
}

/** The text of a small file; null when it is gone or not ours to read. */
export function textAt(path: string): string | null {
  try {
    const file = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(longest);
      return bytes.toString("utf8", 0, readSync(file, bytes));
    } finally {
      closeSync(file);
    }
  } catch {
    return null; // gone, or of another who keeps it to himself: either way it does not say whose it is
  }
}

export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
