import { useState } from "react";
import type { ReactNode } from "react";
import { RevokeHold } from "../../parts/RevokeHold.tsx";
import { useTarget } from "../../parts/useTarget.ts";
import type { Revocation } from "../../stores/createRevokeStore.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { CloseIcon } from "../../ui/icons.ts";
import { tabStop } from "../../ui/tabStop.ts";
import { visibleText } from "../../ui/visibleText.ts";
import { RevokeDetails } from "./RevokeDetails.tsx";
import { RevokeHead } from "./RevokeHead.tsx";
import { rowWords } from "./rowWords.ts";
import { isUnproved } from "./stripRows.ts";
import type { StripRow } from "./stripRows.ts";

type RevokeRowProps = {
  readonly row: Extract<StripRow, { kind: "revoke" }>;
  /** The way to the other rows, in the line of the first. */
  readonly beside: ReactNode;
};

/** A revoke in one line, with all of it behind. What needs somebody shows itself whole. */
export function RevokeRow({ row, beside }: RevokeRowProps) {
  const { targetId, revocation, isShutByNow } = row;
  const dismiss = useFrom("revoke", (state) => state.dismiss);
  const name = useTarget(targetId)?.target.name ?? targetId;
  const isDanger = isUnproved(revocation) && !isShutByNow;
  const [chosen, setChosen] = useState<boolean | null>(null);
  const isShown = chosen ?? isDanger;
  return (
    <section
      className={`strip-row strip-${isDanger ? "danger" : revocation.phase === "running" ? "amber" : "good"}`}
      aria-label={`Revoke of ${name}`}
    >
      <div className="strip-head">
        <RevokeHead words={rowWords(row, name)} revocation={revocation} isDanger={isDanger} />
        {!isShown && <Newest revocation={revocation} />}
        <span className="strip-gap" />
        {isDanger && <RevokeHold targetId={targetId} targetName={name} words="Revoke again" />}
        <Button
          name={`${isShown ? "Hide" : "Show"} the revoke of ${name}`}
          expanded={isShown}
          onPress={() => setChosen(!isShown)}
        >
          {isShown ? "Hide" : "Show"}
        </Button>
        {revocation.phase !== "running" && (
          <Button
            kind="quiet"
            icon={CloseIcon}
            name={`Put away the revoke of ${name}`}
            onPress={() => dismiss(targetId)}
          >
            Put away
          </Button>
        )}
        {beside}
      </div>
      {isShown && (
        <section className="strip-more" aria-label={`How the revoke of ${name} went`} {...tabStop}>
          <RevokeDetails targetId={targetId} name={name} revocation={revocation} />
        </section>
      )}
    </section>
  );
}

/** What happened last on the way; first of all that nothing was revoked yet. */
function Newest({ revocation: { phase, progress } }: { readonly revocation: Revocation }) {
  const newest = progress?.facts.at(-1);
  if (phase !== "running" || progress === null || newest === undefined) return null;
  return (
    <span className="strip-newest">
      {!progress.taken && <strong>Nothing was revoked yet. </strong>}
      {visibleText(newest.text)}
    </span>
  );
}
