import { useEffect } from "react";
import { Trouble } from "../../parts/Trouble.tsx";
import { useTarget } from "../../parts/useTarget.ts";
import type { Look } from "../../stores/createCertificatesStore.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { PageDialog } from "../../ui/PageDialog.tsx";
import { Working } from "../../ui/Working.tsx";
import { CertificateView } from "./CertificateView.tsx";

const noLooks: readonly Look[] = [];

/** Shows what each endpoint of an HTTPS target shows, and lets a person trust it; leaving it untrusted is the default. */
export function TrustDialog({ targetId }: { readonly targetId: string }) {
  const overview = useTarget(targetId);
  const looks = useFrom("certificates", (state) => state.looks[targetId]) ?? noLooks;
  const look = useFrom("certificates", (state) => state.look);
  const trust = useFrom("certificates", (state) => state.trust);
  const close = useFrom("dialogs", (state) => state.close);
  const open = useFrom("dialogs", (state) => state.open);
  const names = overview?.target.endpoints.map(({ name }) => name).join("\n");
  useEffect(() => {
    if (names !== undefined) void look(targetId, names.split("\n"));
  }, [look, targetId, names]);
  const readings = looks.flatMap(({ reading }) => (reading.phase === "done" ? [reading.value] : []));
  const isAlarm = readings.some(({ state }) => state === "changed");
  const isTrusted = readings.length > 0 && readings.every(({ state }) => state === "trusted");
  const name = overview?.target.name ?? "the target";
  return (
    <PageDialog
      title={isAlarm ? `A certificate of ${name} has changed` : `Certificates of ${name}`}
      wide
      onClose={close}
      actions={
        isTrusted && overview?.signedIn === false ? (
          <>
            <Button onPress={close}>Close</Button>
            <Button kind="main" onPress={() => open({ kind: "signIn", targetId })}>
              Sign in
            </Button>
          </>
        ) : (
          <Button kind="main" onPress={close}>
            {isTrusted ? "Close" : "Do not trust"}
          </Button>
        )
      }
    >
      <div className="stack" aria-live="polite">
        {looks.map(({ endpoint, reading }) => (
          <section key={endpoint} className="stack" aria-label={endpoint}>
            <h3>{endpoint}</h3>
            {reading.phase === "waiting" && <Working words={`Looking at the certificate of ${endpoint}…`} />}
            {reading.phase === "failed" && (
              <Trouble
                failure={reading.failure}
                title="The certificate was not trusted or could not be read"
                onRetry={() =>
                  void look(
                    targetId,
                    looks.map((one) => one.endpoint),
                  )
                }
              />
            )}
            {reading.phase === "done" && (
              <CertificateView
                reading={reading.value}
                onTrust={() => void trust(targetId, endpoint, reading.value.shown.sha256)}
              />
            )}
          </section>
        ))}
      </div>
    </PageDialog>
  );
}
