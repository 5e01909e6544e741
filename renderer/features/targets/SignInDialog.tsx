import { useEffect, useRef, useState } from "react";
import { Trouble } from "../../parts/Trouble.tsx";
import { useTarget } from "../../parts/useTarget.ts";
import { workOn } from "../../stores/createTargetsStore.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { PageDialog } from "../../ui/PageDialog.tsx";
import { SubmitOnEnter } from "../../ui/SubmitOnEnter.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { Working } from "../../ui/Working.tsx";

/** Asks for the password of a target. It lives in this dialog alone, and only while the dialog is open. */
export function SignInDialog({ targetId }: { readonly targetId: string }) {
  const target = useTarget(targetId)?.target;
  // The target may become known only after the dialog has opened: its account stands there until another is typed.
  const [typed, setTyped] = useState<string | null>(null);
  const account = typed ?? target?.account ?? "";
  const [password, setPassword] = useState("");
  const signingIn = useFrom("targets", (state) => workOn(state.signingIn, targetId));
  const signIn = useFrom("targets", (state) => state.signIn);
  const forget = useFrom("targets", (state) => state.forgetSigningIn);
  const close = useFrom("dialogs", (state) => state.close);
  const leaving = useRef<AbortController | null>(null);
  // Closed, or asking for another target: what was begun is cancelled, and its end concerns nobody.
  useEffect(
    () => () => {
      leaving.current?.abort();
      forget();
    },
    [forget, targetId],
  );
  useEffect(() => {
    if (signingIn.phase === "done") close();
  }, [signingIn, close]);
  const isWaiting = signingIn.phase === "waiting";
  const way = target?.signIn.kind ?? "negotiate";
  const canSubmit = account.trim() !== "" && (password !== "" || way === "certificate") && !isWaiting;
  const submit = (): void => {
    if (!canSubmit) return;
    leaving.current = new AbortController();
    void signIn({ targetId, account: account.trim(), password }, leaving.current.signal);
    setPassword("");
  };
  // Here signing in again is at hand anyway; only the certificate is somewhere else.
  const trustable = signingIn.phase === "failed" && signingIn.failure.remedy === "trust" ? { targetId } : {};
  return (
    <PageDialog
      title={`Sign in to ${target?.name ?? "the target"}`}
      onClose={close}
      actions={
        <>
          <Button onPress={close}>Cancel</Button>
          <Button kind="main" onPress={submit} disabled={!canSubmit}>
            Sign in
          </Button>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {signingIn.phase === "failed" && (
          <Trouble failure={signingIn.failure} title="Not signed in" {...trustable} />
        )}
        <p>The console proves the account at an endpoint and keeps the password only while it runs.</p>
        {way !== "negotiate" && (
          <Banner kind="warning" title="Lab only">
            {way === "basic"
              ? "Basic shows the password itself to the endpoint. Never use it at a stamp."
              : "A client certificate proves the account; its key stays in its file."}
          </Banner>
        )}
        <TextField label="Account" value={account} onChange={setTyped} />
        <TextField
          label={way === "certificate" ? "Password of the key file (empty if it has none)" : "Password"}
          type="password"
          value={password}
          onChange={setPassword}
          startHere
        />
        <SubmitOnEnter disabled={!canSubmit} />
        {isWaiting && <Working words="Signing in at the endpoint…" />}
      </form>
    </PageDialog>
  );
}
