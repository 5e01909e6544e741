import type { Level, OutlineEntry } from "#contract";
import { defaultCommands } from "../../published/defaultCommands.ts";
import { publishedOperations } from "../../published/operations.ts";

/* PowerShell compares names without case, and the published list itself is not consistent in it. */
const published = new Map(publishedOperations.map((operation) => [operation.name.toLowerCase(), operation]));
const plumbing = new Set(defaultCommands.map((name) => name.toLowerCase()));

export type Classification = Pick<OutlineEntry, "class" | "destructive" | "exports">;

/** How a command stands to the published list and to the level of its session; by its name alone. */
export function classify(name: string, level: Level | null): Classification {
  const key = name.toLowerCase();
  const operation = published.get(key);
  if (operation === undefined)
    return { class: plumbing.has(key) ? "plumbing" : "notListed", destructive: false, exports: false };
  const { destructive, exports } = operation;
  if (operation.level === "Diagnostics") return { class: "diagnostics", destructive, exports };
  return { class: level === "Diagnostics" ? "aboveLevel" : "repair", destructive, exports };
}
