import type { TargetOverview } from "#contract";
import { ClockRemarks } from "../../parts/ClockRemarks.tsx";
import { DoorMark } from "../../parts/DoorMark.tsx";
import { doorMeaning, mayBeOpen, runningGrant } from "../../parts/doorWords.ts";
import { EndpointReadings } from "../../parts/EndpointReadings.tsx";
import { PracticeMark } from "../../parts/PracticeMark.tsx";
import { RevokeHold } from "../../parts/RevokeHold.tsx";
import { readingTrouble } from "../../parts/readingTrouble.ts";
import { ShowCommands } from "../../parts/ShowCommands.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { Countdown } from "../../ui/Countdown.tsx";
import { CheckIcon, OpenIcon, SessionsIcon, SignInIcon, TranscriptIcon } from "../../ui/icons.ts";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { useInSight } from "../../ui/useInSight.ts";
import { LastVisit } from "./LastVisit.tsx";
import { GrantFacts } from "./GrantFacts.tsx";
import { TargetTimeline } from "./TargetTimeline.tsx";

const shutActs = ["grants", "sessions"] as const;
const openActs = ["revoke", ...shutActs] as const;

/** One target: its door in large, why it is open and for how long, who is inside, and what can be done. */
export function TargetCard({ overview: { target, door, signedIn } }: { readonly overview: TargetOverview }) {
  const go = useFrom("route", (state) => state.go);
  const openDialog = useFrom("dialogs", (state) => state.open);
  const forgetEnded = useFrom("grant", (state) => state.forgetEnded);
  const isChange = runningGrant(door) !== null;
  const inside = door.sessionsInside[0];
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
      <p>{doorMeaning(door)}</p>
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
      <div className="actions card-actions">
        {mayBeOpen(door) && <RevokeHold targetId={target.id} targetName={target.name} />}
        {!signedIn && (
          <Button
            kind="main"
            icon={SignInIcon}
            name={`Sign in to ${target.name}`}
            onPress={() => openDialog({ kind: "signIn", targetId: target.id })}
          >
            Sign in
          </Button>
        )}
        {inside !== undefined && (
          <Button
            icon={TranscriptIcon}
            name={`Watch the session on ${target.name}`}
            onPress={() => go({ screen: "transcript", targetId: target.id, sessionId: inside.id })}
          >
            Watch
          </Button>
        )}
        {signedIn && (
          <Button
            kind={door.state === "closed" && door.trouble === null ? "main" : "plain"}
            icon={OpenIcon}
            name={isChange ? `Change the grant of ${target.name}` : `Grant access to ${target.name}`}
            onPress={() => {
              forgetEnded(target.id);
              go({ screen: "grant", targetId: target.id });
            }}
          >
            {isChange ? "Change the grant" : "Grant access"}
          </Button>
        )}
        <Button
          icon={SessionsIcon}
          name={`Sessions of ${target.name}`}
          onPress={() => go({ screen: "sessions", targetId: target.id })}
        >
          Sessions
        </Button>
        <Button
          kind="quiet"
          icon={CheckIcon}
          name={`Connection of ${target.name}`}
          onPress={() => go({ screen: "target", targetId: target.id })}
        >
          Connection
        </Button>
      </div>
      <ShowCommands targetId={target.id} acts={mayBeOpen(door) ? openActs : shutActs} />
    </section>
  );
}
