import type { Revocation } from "../../stores/createRevokeStore.ts";
import { stopwatchSince } from "../../stores/revokePhases.ts";
import { ClosedIcon, ClosingIcon, FailedIcon } from "../../ui/icons.ts";
import { stopwatchWords } from "../../ui/timeWords.ts";
import { useElapsed } from "../../ui/useElapsed.ts";

type RevokeHeadProps = {
  readonly name: string;
  readonly revocation: Revocation;
  readonly isShutByNow: boolean;
};

/** The one line that counts: closing with its stopwatch, confirmed closed, not confirmed, or not sent. */
export function RevokeHead({ name, revocation, isShutByNow }: RevokeHeadProps) {
  const { phase, progress } = revocation;
  const outcome = progress?.outcome ?? null;
  if (outcome?.kind === "closed")
    return (
      <h2 className="strip-title" aria-live="polite">
        <ClosedIcon aria-hidden /> {name}: Confirmed closed in {stopwatchWords(outcome.milliseconds)}
      </h2>
    );
  if (phase === "running")
    return (
      <>
        <h2 className="strip-title" aria-live="polite">
          <ClosingIcon aria-hidden /> Closing the door of {name}
        </h2>
        <Stopwatch since={stopwatchSince(revocation.since, progress)} />
      </>
    );
  const what = phase === "notSent" ? "sent" : "confirmed";
  if (isShutByNow)
    return (
      <h2 className="strip-title" aria-live="polite">
        <ClosedIcon aria-hidden /> {name}: Was not {what}; the door is shut by now
      </h2>
    );
  return (
    <h2 className="strip-title" aria-live="assertive">
      <FailedIcon aria-hidden /> {name}: Not {what}. Treat the door as open.
    </h2>
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
