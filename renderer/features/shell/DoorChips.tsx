import type { Door, TargetOverview } from "#contract";
import { DoorMark } from "../../parts/DoorMark.tsx";
import { mayBeOpen } from "../../parts/doorWords.ts";
import { RevokeHold } from "../../parts/RevokeHold.tsx";
import { useFrom } from "../../stores/storesContext.ts";
import { durationWords } from "../../ui/timeWords.ts";
import { useMediaQuery } from "../../ui/useMediaQuery.ts";
import { useNowWords } from "../../ui/useNow.ts";
import { chosenDoors } from "./chosenDoors.ts";
import { shownDoor } from "./shownDoor.ts";

/** The doors of all targets in one line, the worst first, each that may be open with its time left and its Revoke. */
export function DoorChips() {
  const told = useFrom("targets", (state) => state.overviews) ?? [];
  const revokes = useFrom("revoke", (state) => state.byTarget);
  const room = useRoom();
  const overviews = told.map((overview): TargetOverview => {
    const state = shownDoor(overview.door, revokes[overview.target.id]);
    return { ...overview, door: { ...overview.door, state } };
  });
  const { shown, more, moreOpen } = chosenDoors(overviews, room);
  const inListOrder = overviews.filter((overview) => shown.includes(overview));
  return (
    <ul className="chips" aria-label="Doors">
      {/* Placed by style: a button that is held or has the focus would lose both when its element moved. */}
      {inListOrder.map((overview) => (
        <li key={overview.target.id} className="chip-place" style={{ order: shown.indexOf(overview) }}>
          <Chip overview={overview} />
          {mayBeOpen(overview.door) && (
            <RevokeHold targetId={overview.target.id} targetName={overview.target.name} />
          )}
        </li>
      ))}
      {more > 0 && (
        <li style={{ order: shown.length }}>
          <Rest more={more} moreOpen={moreOpen} />
        </li>
      )}
    </ul>
  );
}

/** So many shut doors, or half as many open ones, stand beside each other. */
function useRoom(): number {
  const isWide = useMediaQuery("(min-width: 100em)");
  const isNarrow = useMediaQuery("(max-width: 78em)");
  return isWide ? 6 : isNarrow ? 2 : 4;
}

function Rest({ more, moreOpen }: { readonly more: number; readonly moreOpen: number }) {
  const go = useFrom("route", (state) => state.go);
  return (
    <button
      type="button"
      className={`chip ${moreOpen > 0 ? "chip-open" : ""}`}
      onClick={() => go({ screen: "overview" })}
    >
      +{more}
      {moreOpen > 0 && `: ${moreOpen} open`}
      <span className="only-heard">
        {moreOpen > 0
          ? "or may be open, more doors in the overview"
          : "more doors in the overview, none of them open"}
      </span>
    </button>
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
      <span className={mayBeOpen(door) ? "chip-state" : undefined}>
        <DoorMark state={door.state} />
        {(door.state === "open" || door.state === "inside") && <TimeLeft door={door} />}
      </span>
    </button>
  );
}

/** By the device's clock, as far as that was measured: it is the device that ends the grant. */
function TimeLeft({ door: { grant, deviceAheadMs } }: { readonly door: Door }) {
  const words = useNowWords((now) => {
    if (grant?.expiresAt == null) return "";
    const left = Date.parse(grant.expiresAt) - (now + (deviceAheadMs ?? 0));
    return left <= 0 ? "time is over" : durationWords(left);
  });
  return words === "" ? null : <span className="chip-left numbers">{words}</span>;
}
