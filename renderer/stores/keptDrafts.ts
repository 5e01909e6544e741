import { levelShape } from "#contract";
import { z } from "zod";
import type { Draft } from "./grantWizard.ts";

/** What was typed into a wizard, kept as long as its tab: a page that is loaded again goes on with it. */
export type KeptDrafts = {
  readonly read: (targetId: string) => Draft | null;
  readonly keep: (targetId: string, draft: Draft) => void;
  readonly forget: (targetId: string) => void;
};

const draftShape = z.strictObject({
  level: levelShape,
  minutes: z.string(),
  operator: z.string(),
  reason: z.string(),
  caseNumber: z.string(),
});

/** Drafts in the storage of the tab. One that cannot be kept, or is none of this build's, costs typing and nothing else. */
export function keptDrafts(storage: Pick<Storage, "getItem" | "setItem" | "removeItem">): KeptDrafts {
  const keyOf = (targetId: string): string => `console.draft.${targetId}`;
  return {
    read: (targetId) => {
      try {
        return draftShape.safeParse(JSON.parse(storage.getItem(keyOf(targetId)) ?? "null")).data ?? null;
      } catch {
        return null;
      }
    },
    keep: (targetId, draft) => {
      try {
        storage.setItem(keyOf(targetId), JSON.stringify(draft));
      } catch {
        // Full, or switched off in this browser.
      }
    },
    forget: (targetId) => storage.removeItem(keyOf(targetId)),
  };
}
