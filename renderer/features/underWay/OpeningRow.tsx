import type { ReactNode } from "react";
import { RevokeHold } from "../../parts/RevokeHold.tsx";
import { useTarget } from "../../parts/useTarget.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { OpenIcon, UnknownIcon } from "../../ui/icons.ts";
import { visibleText } from "../../ui/visibleText.ts";
import { rowWords } from "./rowWords.ts";
import { isAsked } from "./stripRows.ts";
import type { StripRow } from "./stripRows.ts";

type OpeningRowProps = {
  readonly row: Extract<StripRow, { kind: "opening" }>;
  /** The way to the other rows, in the line of the first. */
  readonly beside: ReactNode;
};

/** An opening that goes on while another screen is looked at, and the way to its question. */
export function OpeningRow({ row, beside }: OpeningRowProps) {
  const { targetId, opening } = row;
  const go = useFrom("route", (state) => state.go);
  const name = useTarget(targetId)?.target.name ?? targetId;
  const asks = isAsked(opening);
  const newest = opening.progress?.facts.at(-1);
  const toOpening = (): void => go({ screen: "grant", targetId });
  return (
    <section className="strip-row strip-amber" aria-label={`Opening of ${name}`}>
      <div className="strip-head">
        <h2 className="strip-title">
          {asks ? <UnknownIcon aria-hidden /> : <OpenIcon aria-hidden />} {rowWords(row, name)}
        </h2>
        {!asks && newest !== undefined && <span className="strip-newest">{visibleText(newest.text)}</span>}
        <span className="strip-gap" />
        <RevokeHold targetId={targetId} targetName={name} />
        <Button
          kind={asks ? "main" : "plain"}
          name={asks ? `To the question of ${name}` : `Show the opening of ${name}`}
          onPress={toOpening}
        >
          {asks ? "To the question" : "Show"}
        </Button>
        {beside}
      </div>
    </section>
  );
}
