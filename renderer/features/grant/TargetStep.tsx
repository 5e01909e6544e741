import type { Target, TargetOverview } from "#contract";
import { useEffect, useEffectEvent } from "react";
import { CheckButton } from "../../parts/CheckButton.tsx";
import { CheckLadder } from "../../parts/CheckLadder.tsx";
import { DoorMark } from "../../parts/DoorMark.tsx";
import { doorMeaning, runningGrant } from "../../parts/doorWords.ts";
import { PracticeMark } from "../../parts/PracticeMark.tsx";
import { useConnectionCheck } from "../../parts/useConnectionCheck.ts";
import { useFrom } from "../../stores/storesContext.ts";

/** Every target with its door; choosing another one takes along what was typed. */
export function TargetStep({ current }: { readonly current: string | null }) {
  const overviews = useFrom("targets", (state) => state.overviews) ?? [];
  const preferences = useFrom("settings", (state) => state.preferences);
  const suggestedOperator = useFrom("link", (state) => state.host?.suggestedOperator ?? "");
  const start = useFrom("grant", (state) => state.start);
  const forgetEnded = useFrom("grant", (state) => state.forgetEnded);
  const dispatch = useFrom("grant", (state) => state.dispatch);
  const go = useFrom("route", (state) => state.go);
  const choose = ({ target: { id: targetId }, door }: TargetOverview): void => {
    forgetEnded(targetId);
    start(targetId, { preferences, suggestedOperator, from: current, running: runningGrant(door) });
    dispatch(targetId, { type: "goTo", step: "level" });
    go({ screen: "grant", targetId });
  };
  return (
    <ul className="choices" aria-label="Targets">
      {overviews.map((overview) => (
        <li key={overview.target.id}>
          <Choice
            overview={overview}
            isCurrent={overview.target.id === current}
            onChoose={() => choose(overview)}
          />
          <OnTheSpot target={overview.target} isCurrent={overview.target.id === current} />
        </li>
      ))}
    </ul>
  );
}

/** The connection check of a target; for the chosen one it runs by itself, so that no time is wasted on the others. */
function OnTheSpot({ target, isCurrent }: { readonly target: Target; readonly isCurrent: boolean }) {
  const check = useConnectionCheck(target.id);
  const begin = useEffectEvent(() => check.start());
  useEffect(() => {
    if (isCurrent) begin();
  }, [isCurrent]);
  return (
    <div className="choice-check">
      <CheckButton targetName={target.name} check={check} />
      <CheckLadder targetId={target.id} targetName={target.name} onRetry={check.start} />
    </div>
  );
}

type ChoiceProps = {
  readonly overview: TargetOverview;
  readonly isCurrent: boolean;
  readonly onChoose: () => void;
};

function Choice({ overview: { target, door, signedIn }, isCurrent, onChoose }: ChoiceProps) {
  return (
    <button type="button" className="choice" aria-current={isCurrent ? "true" : undefined} onClick={onChoose}>
      <span className="choice-head">
        {target.name} {target.practice && <PracticeMark />}
      </span>
      <span className="actions">
        <DoorMark state={door.state} /> {doorMeaning(door)}
      </span>
      <span className="soft">
        {signedIn ? "Signed in" : "Not signed in"} ·{" "}
        {door.answeredBy === null ? "no endpoint has answered yet" : `${door.answeredBy} answers`}
      </span>
    </button>
  );
}
