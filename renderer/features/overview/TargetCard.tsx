import type { TargetOverview } from "#contract";
import { ClockRemarks } from "../../parts/ClockRemarks.tsx";
import { DoorMark } from "../../parts/DoorMark.tsx";
import { doorMeaning, mayBeOpen } from "../../parts/doorWords.ts";
import { EndpointReadings } from "../../parts/EndpointReadings.tsx";
import { PracticeMark } from "../../parts/PracticeMark.tsx";
import { readingTrouble } from "../../parts/readingTrouble.ts";
import { ShowCommands } from "../../parts/ShowCommands.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { Countdown } from "../../ui/Countdown.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { useInSight } from "../../ui/useInSight.ts";
import { CardActions } from "./CardActions.tsx";
import { LastVisit } from "./LastVisit.tsx";
import { GrantFacts } from "./GrantFacts.tsx";
import { TargetTimeline } from "./TargetTimeline.tsx";

const shutActs = ["grants", "sessions"] as const;
const openActs = ["revoke", ...shutActs] as const;

/** One target: its door in large, why it is open and for how long, who is inside, and what can be done. */
export function TargetCard({ overview }: { readonly overview: TargetOverview }) {
  const { target, door, signedIn } = overview;
  const { ref, isInSight, wasInSight } = useInSight<HTMLElement>();
  const title = `card-${target.id}`;
  return (
    <section ref={ref} className={`box card card-${door.state}`} aria-labelledby={title}>
      <div className="spread">
        <h2 id={title}>
          {target.name} {target.practice && <PracticeMark />}
        </h2>
        <span className="soft small">
          {door.answeredAt === null ? (
            "no answer yet"
          ) : (
            <>
              {door.answeredBy} answered <RelativeTime at={door.answeredAt} />
            </>
          )}
        </span>
      </div>
      <div className="card-door">
        <DoorMark state={door.state} lastKnown={door.lastKnown} size="large" />
        {door.grant?.active === true && door.grant.expiresAt !== null && (
          <Countdown from={door.grant.createdAt} until={door.grant.expiresAt} aheadMs={door.deviceAheadMs} />
        )}
      </div>
      <p>{doorMeaning(door, true)}</p>
      <ClockRemarks targetName={target.name} deviceAheadMs={door.deviceAheadMs} />
      {door.grant?.active === true && <GrantFacts grant={door.grant} door={door} />}
      {door.trouble !== null && door.trouble.code !== "signInNeeded" && (
        <Trouble
          {...readingTrouble(target, door.trouble, door.state)}
          failure={door.trouble}
          targetId={target.id}
        />
      )}
      {(signedIn || door.endpoints.length > 0) && (
        <EndpointReadings
          endpoints={door.endpoints}
          targetId={target.id}
          targetName={target.name}
          alreadySaid={door.trouble?.sentence}
        />
      )}
      {target.practice && door.state === "open" && (
        <p className="soft">
          The practice engineer comes in by itself, usually within half a minute of the opening.
        </p>
      )}
      {signedIn && wasInSight && (
        <>
          <LastVisit targetId={target.id} deviceAheadMs={door.deviceAheadMs} isWatched={isInSight} />
          <TargetTimeline
            targetId={target.id}
            targetName={target.name}
            deviceAheadMs={door.deviceAheadMs}
            isWatched={isInSight}
          />
        </>
      )}
      {!signedIn && (door.trouble === null || door.trouble.code === "signInNeeded") && (
        <p className="soft">Not signed in. The console keeps a password only while it runs.</p>
      )}
      <CardActions overview={overview} />
      <ShowCommands targetId={target.id} acts={mayBeOpen(door) ? openActs : shutActs} />
    </section>
  );
}
