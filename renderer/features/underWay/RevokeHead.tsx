import type { Revocation } from "../../stores/createRevokeStore.ts";
import { stopwatchSince } from "../../stores/revokePhases.ts";
import { ClosedIcon, ClosingIcon, FailedIcon } from "../../ui/icons.ts";
import { stopwatchWords } from "../../ui/timeWords.ts";
import { useElapsed } from "../../ui/useElapsed.ts";

type RevokeHeadProps = {
  readonly words: string;
  readonly revocation: Revocation;
  /** Nothing proves that the door is shut. */
  readonly isDanger: boolean;
};

/** The one line that counts; of a revoke that runs, with its stopwatch. */
export function RevokeHead({ words, revocation, isDanger }: RevokeHeadProps) {
  const { phase, since, progress } = revocation;
  const isRunning = phase === "running";
  const Icon = isDanger ? FailedIcon : isRunning ? ClosingIcon : ClosedIcon;
  return (
    <>
      <h2 className="strip-title">
        <Icon aria-hidden /> {words}
      </h2>
      {isRunning && <Stopwatch since={stopwatchSince(since, progress)} />}
    </>
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
