import type { Revocation } from "../../stores/createRevokeStore.ts";
import { ClosedIcon, ClosingIcon, FailedIcon } from "../../ui/icons.ts";
import { stopwatchWords } from "../../ui/timeWords.ts";
import { useElapsed } from "../../ui/useElapsed.ts";
import { visibleParagraphs } from "../../ui/visibleText.ts";

type RevokeHeadProps = { readonly name: string; readonly revocation: Revocation };

/** The one line that counts: closing with its stopwatch, confirmed closed, or not confirmed. */
export function RevokeHead({ name, revocation }: RevokeHeadProps) {
  const { phase, progress, failure } = revocation;
  const outcome = progress?.outcome ?? null;
  if (outcome?.kind === "closed")
    return (
      <h2 className="revoke-head" aria-live="polite">
        <ClosedIcon aria-hidden /> {name}: Confirmed closed in {stopwatchWords(outcome.milliseconds)}
      </h2>
    );
  if (phase === "running")
    return (
      <div className="spread">
        <h2 className="revoke-head" aria-live="polite">
          <ClosingIcon aria-hidden /> Closing the door of {name}
        </h2>
        <Stopwatch since={revocation.since} />
      </div>
    );
  return (
    <div role="alert">
      <h2 className="revoke-head">
        <FailedIcon aria-hidden /> {name}: Not confirmed. Treat the door as open.
      </h2>
      {failure !== null && (
        <p>
          {visibleParagraphs(failure.sentence)} A revoke that was asked for goes on in the console; its
          outcome will stand in the ledger.
        </p>
      )}
    </div>
  );
}

function Stopwatch({ since }: { readonly since: number }) {
  const elapsed = useElapsed(since);
  return (
    <span className="stopwatch numbers" aria-hidden="true">
      {stopwatchWords(elapsed)}
    </span>
  );
}
