import { readFileSync, renameSync, statSync } from "node:fs";
import { settingsDocumentShape } from "#contract";
import type { SettingsDocument } from "#contract";

/** What there is of the settings. */
export type SettingsFile =
  | { readonly state: "good"; readonly document: SettingsDocument }
  | { readonly state: "none" }
  /** It can be read, and is no settings of ours. */
  | { readonly state: "damaged"; readonly because: unknown }
  /** Not to be read by us or not now; what is in it may be good. */
  | { readonly state: "unreadable"; readonly because: unknown };

export function readSettingsFile(path: string): SettingsFile {
  let text: string;
  try {
    const facts = statSync(path, { throwIfNoEntry: false });
    if (facts === undefined) return { state: "none" };
    // A pipe would keep whoever opens it waiting.
    if (!facts.isFile()) return { state: "damaged", because: new Error(`${path} is no file`) };
    text = readFileSync(path, "utf8");
  } catch (because) {
    return { state: "unreadable", because };
  }
  return inText(text);
}

function inText(text: string): SettingsFile {
  try {
    const { data, error } = settingsDocumentShape.safeParse(JSON.parse(text));
    return data === undefined ? { state: "damaged", because: error } : { state: "good", document: data };
  } catch (because) {
    return { state: "damaged", because };
  }
}

/** Moves it beside, under a name that is free; gives that name. */
export function setAside(path: string): string {
  for (let number = 1; ; number++) {
    const kept = path.replace(/\.json$/, `.damaged-${number}.json`);
    if (statSync(kept, { throwIfNoEntry: false }) !== undefined) continue;
    renameSync(path, kept);
    return kept;
  }
}
