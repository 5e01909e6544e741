import type { OpenShell } from "#contract";
import { useEffect, useRef, useState } from "react";
import { Trouble } from "../../parts/Trouble.tsx";
import { useStream } from "../../parts/useStream.ts";
import { useTarget } from "../../parts/useTarget.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { PageDialog } from "../../ui/PageDialog.tsx";
import { Working } from "../../ui/Working.tsx";
import { EndingView } from "./EndingView.tsx";
import { EndOthers } from "./EndOthers.tsx";
import { ShellsByEndpoint } from "./ShellsByEndpoint.tsx";
import { leftShells, shellCount } from "./shellWords.ts";

/** What holds the shells of a target's endpoints, and the way to end what nobody uses any more. */
export function ShellsDialog({ targetId }: { readonly targetId: string }) {
  const target = useTarget(targetId)?.target;
  const reading = useFrom("shells", (state) => state.reading);
  const ending = useFrom("shells", (state) => state.ending);
  const read = useFrom("shells", (state) => state.read);
  const end = useFrom("shells", (state) => state.end);
  const forget = useFrom("shells", (state) => state.forget);
  const close = useFrom("dialogs", (state) => state.close);
  const [asked, setAsked] = useState<OpenShell | null>(null);
  const [tries, setTries] = useState(0);
  const leaving = useRef<AbortController | null>(null);
  useStream(`shells ${targetId} ${tries}`, (signal) => read(targetId, signal));
  useEffect(
    () => () => {
      leaving.current?.abort();
      forget();
    },
    [targetId, forget],
  );
  const look = (): void => setTries(tries + 1);
  const endNow = (shells: readonly OpenShell[], othersToo: boolean): void => {
    leaving.current = new AbortController();
    setAsked(null);
    void end(targetId, shells, othersToo, leaving.current.signal);
  };
  const left = reading.phase === "done" ? leftShells(reading.value.shells) : [];
  const isBusy = ending.phase === "waiting";
  return (
    <PageDialog
      title={`Shells at ${target?.name ?? "the target"}`}
      wide
      onClose={close}
      actions={
        <>
          <Button onPress={look} disabled={isBusy}>
            Read again
          </Button>
          {left.length > 0 && (
            <Button disabled={isBusy} onPress={() => endNow(left, false)}>
              {`End ${shellCount(left.length)} left by consoles`}
            </Button>
          )}
          <Button kind="main" onPress={close}>
            Close
          </Button>
        </>
      }
    >
      <p>
        An endpoint gives each account only a few shells at a time. When they are all held, nobody can sign in
        there: not to grant, not to read, not to revoke. What runs in a shell that is ended is broken off.
      </p>
      {(reading.phase === "waiting" || reading.phase === "idle") && (
        <Working words="Asking each endpoint for its shells…" />
      )}
      {reading.phase === "failed" && (
        <Trouble
          failure={reading.failure}
          title="The shells could not be read"
          targetId={targetId}
          onRetry={look}
        />
      )}
      {asked !== null && (
        <EndOthers shell={asked} onEnd={() => endNow([asked], true)} onKeep={() => setAsked(null)} />
      )}
      <EndingView ending={ending} />
      {reading.phase === "done" && (
        <ShellsByEndpoint
          reading={reading.value}
          names={target?.endpoints.map(({ name }) => name) ?? []}
          isBusy={isBusy}
          onEnd={(shell) => (shell.origin === "otherClient" ? setAsked(shell) : endNow([shell], false))}
        />
      )}
    </PageDialog>
  );
}
