import type { TargetOverview } from "#contract";
import { mayBeOpen, runningGrant } from "../../parts/doorWords.ts";
import { RevokeHold } from "../../parts/RevokeHold.tsx";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { CheckIcon, OpenIcon, SessionsIcon, SignInIcon, TranscriptIcon } from "../../ui/icons.ts";

/** What can be done with a target now; what shuts its door comes first. */
export function CardActions({ overview: { target, door, signedIn } }: { readonly overview: TargetOverview }) {
  const go = useFrom("route", (state) => state.go);
  const openDialog = useFrom("dialogs", (state) => state.open);
  const forgetEnded = useFrom("grant", (state) => state.forgetEnded);
  const isChange = runningGrant(door) !== null;
  const inside = door.sessionsInside[0];
  return (
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
  );
}
