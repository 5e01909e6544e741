import type { Rung } from "#contract";
import { Trouble } from "./Trouble.tsx";
import { useFrom } from "../stores/storesContext.ts";
import { CopyButton } from "../ui/CopyButton.tsx";
import { AgainIcon, FailedIcon, PassedIcon, WaitingIcon, WarningIcon } from "../ui/icons.ts";
import { tabStop } from "../ui/tabStop.ts";
import { utcWords } from "../ui/timeWords.ts";
import { visibleParagraphs, visibleText } from "../ui/visibleText.ts";
import { Working } from "../ui/Working.tsx";
import { ladderText, rungWord, stepWord } from "./ladderText.ts";
import "./CheckLadder.css";

type CheckLadderProps = {
  readonly targetId: string;
  readonly targetName: string;
  readonly onRetry: () => void;
};

const icons = {
  waiting: WaitingIcon,
  running: AgainIcon,
  passed: PassedIcon,
  warned: WarningIcon,
  failed: FailedIcon,
  notTested: WaitingIcon,
} as const;

/** The connection check as it goes: a rung a line, with what was found and what to do. */
export function CheckLadder({ targetId, targetName, onRetry }: CheckLadderProps) {
  const check = useFrom("targets", (state) => state.checks[targetId]);
  if (check === undefined) return null;
  const { ladder, failure, running } = check;
  return (
    <div className="stack" aria-live="polite">
      <div className="spread">
        <h3>Connection check</h3>
        {ladder !== null && !running && (
          <CopyButton words="Copy as text" text={ladderText(targetName, ladder, utcWords(check.startedAt))} />
        )}
      </div>
      {running && <Working words={`Checking each endpoint of ${targetName}…`} />}
      {failure !== null && (
        <Trouble failure={failure} title="The check could not go on" targetId={targetId} onRetry={onRetry} />
      )}
      {ladder !== null && (
        <table className="ladder">
          <caption className="only-heard">Connection check of {targetName}</caption>
          <thead>
            <tr>
              <th scope="col">Endpoint</th>
              <th scope="col">Step</th>
              <th scope="col">Result</th>
              <th scope="col">Time</th>
              <th scope="col">Found, and what to do</th>
            </tr>
          </thead>
          <tbody>
            {ladder.rungs.map((rung) => (
              <RungRow key={`${rung.endpoint} ${rung.step}`} rung={rung} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function RungRow({ rung }: { readonly rung: Rung }) {
  const Icon = icons[rung.state];
  return (
    <tr>
      <td>{rung.endpoint}</td>
      <td>{stepWord(rung.step)}</td>
      <td>
        <span className={`rung rung-${rung.state}`}>
          <Icon aria-hidden /> {rungWord(rung.state)}
        </span>
      </td>
      <td className="numbers">{rung.milliseconds === null ? "" : `${Math.round(rung.milliseconds)} ms`}</td>
      <td>
        {visibleText(rung.found)}
        {rung.fix !== null && <div className="rung-fix">{visibleText(rung.fix)}</div>}
        {rung.printed !== null && (
          <details className="rung-printed">
            <summary>What it printed</summary>
            <pre {...tabStop}>{visibleParagraphs(rung.printed)}</pre>
            <CopyButton
              words="Copy what it printed"
              name={`Copy what it printed: ${rung.endpoint}, ${stepWord(rung.step)}`}
              text={rung.printed}
            />
          </details>
        )}
      </td>
    </tr>
  );
}
