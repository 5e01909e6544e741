import type { CertificateReading } from "#contract";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { utcWords } from "../../ui/timeWords.ts";
import { visibleText } from "../../ui/visibleText.ts";

type CertificateViewProps = { readonly reading: CertificateReading; readonly onTrust: () => void };

/** One endpoint's certificate: what is shown now, beside what was trusted before where that is another one. */
export function CertificateView({ reading, onTrust }: CertificateViewProps) {
  const { endpoint, state, shown, trusted } = reading;
  return (
    <div className="stack">
      {state === "trusted" && <Banner kind="good" title="This is the certificate that was trusted" />}
      {state === "firstUse" && (
        <Banner kind="warning" title="Nobody has trusted this certificate yet, and nothing was sent">
          Compare the SHA-256 fingerprint with the one that the endpoint's administrators name, by a way other
          than this connection.
        </Banner>
      )}
      {state === "changed" && (
        <Banner kind="danger" title={`Alarm: ${endpoint} shows another certificate, and nothing was sent`}>
          Either its administrators renewed it, or somebody stands between you and the endpoint. Ask them
          before you trust it.
        </Banner>
      )}
      {state === "changed" && trusted !== null && (
        <dl className="facts-list" aria-label={`The certificate of ${endpoint} that was trusted`}>
          <dt>Trusted before</dt>
          <dd className="mono fingerprint">{trusted.sha256}</dd>
          <dt>Its subject</dt>
          <dd>{visibleText(trusted.subject === "" ? "not known" : trusted.subject)}</dd>
          <dt>Trusted at</dt>
          <dd>{utcWords(Date.parse(trusted.trustedAt))}</dd>
        </dl>
      )}
      <dl className="facts-list" aria-label={`The certificate that ${endpoint} shows`}>
        <dt>{state === "changed" ? "Shown now" : "SHA-256"}</dt>
        <dd className="mono fingerprint">{shown.sha256}</dd>
        <dt>Subject</dt>
        <dd>{visibleText(shown.subject)}</dd>
        <dt>Issuer</dt>
        <dd>{visibleText(shown.issuer)}</dd>
        <dt>Valid</dt>
        <dd>
          {utcWords(Date.parse(shown.validFrom))} until {utcWords(Date.parse(shown.validTo))}
        </dd>
        <dt>Names</dt>
        <dd>{visibleText(shown.names.length === 0 ? "none" : shown.names.join(", "))}</dd>
        {shown.problem !== null && (
          <>
            <dt>Look at this</dt>
            <dd>{visibleText(shown.problem)}</dd>
          </>
        )}
      </dl>
      <div className="actions">
        <CopyButton words="Copy the fingerprint" text={shown.sha256} />
        {state !== "trusted" && (
          <Button
            kind={state === "changed" ? "danger" : "plain"}
            name={`Trust the ${state === "changed" ? "new " : ""}certificate of ${endpoint}`}
            onPress={onTrust}
          >
            {state === "changed" ? "Trust the new certificate" : "Trust this certificate"}
          </Button>
        )}
      </div>
    </div>
  );
}
