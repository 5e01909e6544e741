import { useState } from "react";
import { useTarget } from "../../parts/useTarget.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { OpeningRow } from "./OpeningRow.tsx";
import { RevokeRow } from "./RevokeRow.tsx";
import { rowWords } from "./rowWords.ts";
import { isUnproved, restWords, stripRows } from "./stripRows.ts";
import type { StripRow } from "./stripRows.ts";
import "./UnderWay.css";

/** All that is opened, asked, closed or not confirmed, on every screen: the worst in sight, the rest counted. */
export function UnderWayStrip() {
  const revokes = useFrom("revoke", (state) => state.byTarget);
  const wizards = useFrom("grant", (state) => state.wizards);
  const overviews = useFrom("targets", (state) => state.overviews) ?? [];
  const route = useFrom("route", (state) => state.route);
  const [isWhole, setWhole] = useState(false);
  const rows = stripRows({ revokes, wizards, overviews, route });
  const rest = rows.length > 1 && (
    <Button kind="quiet" expanded={isWhole} onPress={() => setWhole(!isWhole)}>
      {isWhole ? "Show the worst alone" : restWords(rows.slice(1))}
    </Button>
  );
  return (
    <>
      <Announced row={rows[0]} />
      {rows.length > 0 && (
        <section className="strip" aria-label="Under way">
          {(isWhole ? rows : rows.slice(0, 1)).map((row, place) => {
            const beside = place === 0 ? rest : null;
            return row.kind === "revoke" ? (
              <RevokeRow key={`revoke ${row.targetId}`} row={row} beside={beside} />
            ) : (
              <OpeningRow key={`opening ${row.targetId}`} row={row} beside={beside} />
            );
          })}
        </section>
      )}
    </>
  );
}

/** The worst is heard as it comes and as it changes; at once where nothing proves that a door is shut. */
function Announced({ row }: { readonly row: StripRow | undefined }) {
  const name = useTarget(row?.targetId ?? null)?.target.name ?? row?.targetId ?? "";
  const words = row === undefined ? "" : rowWords(row, name);
  const isDanger = row?.kind === "revoke" && isUnproved(row.revocation) && !row.isShutByNow;
  return (
    <>
      <span className="only-heard" role="alert">
        {isDanger && words}
      </span>
      <span className="only-heard" aria-live="polite">
        {!isDanger && words}
      </span>
    </>
  );
}
