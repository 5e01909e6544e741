import { useState } from "react";
import { keptTargetDraft } from "../../stores/keptTargetDraft.ts";
import { emptyDraft } from "./targetForm.ts";
import type { TargetDraft } from "../../stores/keptTargetDraft.ts";

type UsedDraft = {
  readonly draft: TargetDraft;
  readonly put: (draft: TargetDraft) => void;
  /** The form is done with, or given up. */
  readonly forget: () => void;
};

/** What was typed into the form of a new target: loading the page again, or a look elsewhere, loses nothing. */
export function useTargetDraft(): UsedDraft {
  const [kept] = useState(() => keptTargetDraft(window.sessionStorage));
  const [draft, setDraft] = useState(() => kept.read() ?? emptyDraft);
  return {
    draft,
    put: (next) => {
      setDraft(next);
      kept.keep(next);
    },
    forget: kept.forget,
  };
}
