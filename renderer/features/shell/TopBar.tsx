import { DoorMark } from "../../parts/DoorMark.tsx";
import { mayBeOpen } from "../../parts/doorWords.ts";
import { RevokeHold } from "../../parts/RevokeHold.tsx";
import { useCurrentTargetId } from "../../parts/useTarget.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { ChoiceField } from "../../ui/ChoiceField.tsx";

export function TopBar() {
  return (
    <header className="top-bar">
      <span className="product">Remote Support Console</span>
      <TargetSwitch />
      <DoorChips />
      <OpenDoors />
    </header>
  );
}

function TargetSwitch() {
  const overviews = useFrom("targets", (state) => state.overviews) ?? [];
  const route = useFrom("route", (state) => state.route);
  const go = useFrom("route", (state) => state.go);
  const choose = useFrom("route", (state) => state.choose);
  const current = useCurrentTargetId("targetId" in route ? route.targetId : null);
  if (overviews.length === 0 || current === null) return null;
  return (
    <ChoiceField
      label="Target"
      hideLabel
      value={current}
      choices={overviews.map(({ target }) => ({ value: target.id, words: target.name }))}
      onChange={(targetId) => {
        choose(targetId);
        if (route.screen === "grant" || route.screen === "sessions") go({ screen: route.screen, targetId });
        if (route.screen === "transcript") go({ screen: "sessions", targetId });
      }}
    />
  );
}

function DoorChips() {
  const overviews = useFrom("targets", (state) => state.overviews) ?? [];
  const go = useFrom("route", (state) => state.go);
  const choose = useFrom("route", (state) => state.choose);
  return (
    <ul className="chips" aria-label="Doors">
      {overviews.map(({ target, door }) => (
        <li key={target.id}>
          <button
            type="button"
            className="chip"
            onClick={() => {
              choose(target.id);
              go({ screen: "overview" });
            }}
          >
            <span className="chip-name">{target.name}</span>
            <DoorMark state={door.state} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** A Revoke for each door that is not known to be shut. */
function OpenDoors() {
  const overviews = useFrom("targets", (state) => state.overviews) ?? [];
  const open = overviews.filter(({ door }) => mayBeOpen(door));
  if (open.length === 0) return null;
  return (
    <div className="open-doors">
      {open.map(({ target }) => (
        <RevokeHold
          key={target.id}
          targetId={target.id}
          targetName={target.name}
          withName={overviews.length > 1}
        />
      ))}
    </div>
  );
}
