import { useCurrentTargetId } from "../../parts/useTarget.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { ChoiceField } from "../../ui/ChoiceField.tsx";
import { DoorChips } from "./DoorChips.tsx";

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
