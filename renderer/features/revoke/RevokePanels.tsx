import { useFrom } from "../../stores/storesContext.ts";
import { RevokePanel } from "./RevokePanel.tsx";

/** Every revoke this page has seen and nobody put away yet. */
export function RevokePanels() {
  const byTarget = useFrom("revoke", (state) => state.byTarget);
  return Object.entries(byTarget)
    .toSorted(([, a], [, b]) => b.since - a.since)
    .map(([targetId, revocation]) => (
      <RevokePanel key={targetId} targetId={targetId} revocation={revocation} />
    ));
}
