import type { TargetOverview } from "#contract";
import { DoorMark } from "../../parts/DoorMark.tsx";
import { mayBeOpen } from "../../parts/doorWords.ts";
import { RevokeHold } from "../../parts/RevokeHold.tsx";
import { useCurrentTargetId } from "../../parts/useTarget.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { ChoiceField } from "../../ui/ChoiceField.tsx";
import { chosenDoors } from "./chosenDoors.ts";

export function TopBar() {
  return (
    <header className="top-bar">
      <span className="product">Remote Support Console</span>
      <TargetSwitch />
      <DoorChips />
    </header>
  );
}

function TargetSwitch() {
  const overviews = useFrom("targets", (state) => state.overviews) ?? [];
  const route = useFrom("route", (state) => state.route);
  const go = useFrom("route", (state) => state.go);
  const choose = useFrom("route", (state) => state.choose);
  const current = useCurrentTargetId("targetId" in route ? route.targetId : null);
  // With one target there is nothing to switch to, and its door is named beside it.
  if (overviews.length < 2 || current === null) return null;
  return (
    <ChoiceField
      label="Target"
      hideLabel
      value={current}
      choices={overviews.map(({ target }) => ({ value: target.id, words: target.name }))}
      onChange={(targetId) => {
        choose(targetId);
        if (route.screen === "grant" || route.screen === "sessions" || route.screen === "target")
          go({ screen: route.screen, targetId });
        if (route.screen === "transcript") go({ screen: "sessions", targetId });
      }}
    />
  );
}

/**
 * The doors of all targets in one row. Each that is not known to be shut is there with its Revoke; the shut ones give
 * way when there are many.
 */
function DoorChips() {
  const overviews = useFrom("targets", (state) => state.overviews) ?? [];
  const go = useFrom("route", (state) => state.go);
  const { shown, more } = chosenDoors(overviews);
  return (
    <ul className="chips" aria-label="Doors">
      {shown.map((overview) => (
        <li key={overview.target.id} className="chip-place">
          <Chip overview={overview} />
          {mayBeOpen(overview.door) && (
            <RevokeHold targetId={overview.target.id} targetName={overview.target.name} />
          )}
        </li>
      ))}
      {more > 0 && (
        <li>
          <button type="button" className="chip" onClick={() => go({ screen: "overview" })}>
            {more} more
            <span className="only-heard"> doors, all closed or unknown</span>
          </button>
        </li>
      )}
    </ul>
  );
}

function Chip({ overview: { target, door } }: { readonly overview: TargetOverview }) {
  const go = useFrom("route", (state) => state.go);
  const choose = useFrom("route", (state) => state.choose);
  return (
    <button
      type="button"
      className="chip"
      title={target.name}
      onClick={() => {
        choose(target.id);
        go({ screen: "overview" });
      }}
    >
      <span className="chip-name">{target.name}</span>
      <DoorMark state={door.state} />
    </button>
  );
}
