import type { TargetOverview } from "#contract";
import { CheckButton } from "../../parts/CheckButton.tsx";
import { CheckLadder } from "../../parts/CheckLadder.tsx";
import { DoorMark } from "../../parts/DoorMark.tsx";
import { PracticeMark } from "../../parts/PracticeMark.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { useConnectionCheck } from "../../parts/useConnectionCheck.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { CertificateIcon, RemoveIcon, SignInIcon } from "../../ui/icons.ts";
import { ReachedBy } from "./ReachedBy.tsx";
import { ScopeChoice } from "./ScopeChoice.tsx";

/** One target: how it is reached, and its connection check. */
export function TargetBox({ overview: { target, door, signedIn } }: { readonly overview: TargetOverview }) {
  const openDialog = useFrom("dialogs", (state) => state.open);
  const check = useConnectionCheck(target.id);
  const signOut = useFrom("targets", (state) => state.signOut);
  const signOutTrouble = useFrom("targets", (state) => state.signOutTroubles[target.id]);
  const title = `target-${target.id}`;
  return (
    <section className="box stack" aria-labelledby={title}>
      <div className="spread">
        <h2 id={title} className="actions">
          {target.name} {target.practice && <PracticeMark />}{" "}
          <DoorMark state={door.state} lastKnown={door.lastKnown} />
        </h2>
        <div className="actions">
          <CheckButton targetName={target.name} check={check} />
          {target.transport === "https" && (
            <Button
              icon={CertificateIcon}
              name={`Certificates of ${target.name}`}
              onPress={() => openDialog({ kind: "trust", targetId: target.id })}
            >
              Certificates
            </Button>
          )}
          <Button
            icon={SignInIcon}
            name={`${signedIn ? "Sign in again" : "Sign in"} to ${target.name}`}
            onPress={() => openDialog({ kind: "signIn", targetId: target.id })}
          >
            {signedIn ? "Sign in again" : "Sign in"}
          </Button>
          {signedIn && (
            <Button
              name={`Shells at ${target.name}`}
              onPress={() => openDialog({ kind: "shells", targetId: target.id })}
            >
              Shells
            </Button>
          )}
          {signedIn && (
            <Button name={`Sign out of ${target.name}`} onPress={() => void signOut(target.id)}>
              Sign out
            </Button>
          )}
          <Button
            kind="quiet"
            icon={RemoveIcon}
            name={`Remove ${target.name}`}
            onPress={() => openDialog({ kind: "removeTarget", targetId: target.id })}
          >
            Remove
          </Button>
        </div>
      </div>
      {signOutTrouble !== undefined && <Trouble failure={signOutTrouble} title="Not signed out" />}
      <dl className="facts-list">
        <dt>Endpoints</dt>
        <dd>
          {target.endpoints.map(({ name, host, port }) => (
            <span key={name} className="target-endpoint">
              {name} <span className="mono soft">{`${host.includes(":") ? `[${host}]` : host}:${port}`}</span>
            </span>
          ))}
        </dd>
        {target.endpoints.length > 1 && (
          <>
            <dt>Grants</dt>
            <dd>
              <ScopeChoice target={target} />
            </dd>
          </>
        )}
        <ReachedBy target={target} />
        <dt>Configuration</dt>
        <dd className="mono">{target.configuration}</dd>
        <dt>Account</dt>
        <dd>
          <span className="mono">{target.account}</span>{" "}
          <span className="soft">{signedIn ? "· signed in" : "· not signed in"}</span>
        </dd>
      </dl>
      <CheckLadder targetId={target.id} targetName={target.name} onRetry={check.start} />
    </section>
  );
}
