import { useState } from "react";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { OpeningRow } from "./OpeningRow.tsx";
import { RevokeRow } from "./RevokeRow.tsx";
import { restWords, stripRows } from "./stripRows.ts";
import "./UnderWay.css";

/** All that is opened, asked, closed or not confirmed, on every screen: the worst in sight, the rest counted. */
export function UnderWayStrip() {
  const revokes = useFrom("revoke", (state) => state.byTarget);
  const wizards = useFrom("grant", (state) => state.wizards);
  const overviews = useFrom("targets", (state) => state.overviews) ?? [];
  const route = useFrom("route", (state) => state.route);
  const [isWhole, setWhole] = useState(false);
  const rows = stripRows({ revokes, wizards, overviews, route });
  if (rows.length === 0) return null;
  const shown = isWhole ? rows : rows.slice(0, 1);
  return (
    <section className="strip" aria-label="Under way">
      <div className="strip-rows">
        {shown.map((row) =>
          row.kind === "revoke" ? (
            <RevokeRow
              key={`revoke ${row.targetId}`}
              targetId={row.targetId}
              revocation={row.revocation}
              isShutByNow={row.isShutByNow}
            />
          ) : (
            <OpeningRow key={`opening ${row.targetId}`} targetId={row.targetId} opening={row.opening} />
          ),
        )}
      </div>
      {rows.length > 1 && (
        <div className="strip-rest">
          <Button kind="quiet" expanded={isWhole} onPress={() => setWhole(!isWhole)}>
            {isWhole ? "Show the worst alone" : restWords(rows.slice(1))}
          </Button>
        </div>
      )}
    </section>
  );
}
