import type { ReactNode } from "react";
import { levelWords, runningGrant } from "../../parts/doorWords.ts";
import { CommandLine } from "../../parts/CommandLine.tsx";
import { ShellHint } from "../../parts/ShellHint.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { useStream } from "../../parts/useStream.ts";
import { useTarget } from "../../parts/useTarget.ts";
import { parseMinutes } from "../../stores/parseMinutes.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { localWords, minutesWords, utcRemark } from "../../ui/timeWords.ts";
import { useNow } from "../../ui/useNow.ts";
import { Working } from "../../ui/Working.tsx";
import { visibleText } from "../../ui/visibleText.ts";
import { grantChanges } from "./grantChanges.ts";
import type { GrantChange } from "./grantChanges.ts";
import { useWizard } from "./useWizard.ts";

/** Everything on one page, with the exact command. */
export function ReviewStep({ targetId }: { readonly targetId: string }) {
  const { wizard } = useWizard(targetId);
  const overview = useTarget(targetId);
  const terms = useFrom("grant", (state) => state.terms[targetId]);
  const now = useNow();
  if (wizard === undefined || overview === null) return null;
  const { level, minutes, operator, reason, caseNumber } = wizard.draft;
  const parsed = parseMinutes(minutes);
  const until = parsed.kind === "minutes" ? now + parsed.minutes * 60_000 : now;
  const running = runningGrant(overview.door);
  return (
    <section className="box stack" aria-labelledby="review-title">
      <h2 id="review-title">
        {running === null ? "Open the door like this?" : "Change the grant like this?"}
      </h2>
      {running !== null && <Changes changes={grantChanges(running, level, until)} />}
      <dl className="facts-list">
        <Line label="Target">{overview.target.name}</Line>
        <Line label="Level">{levelWords(level)}</Line>
        <Line label="Duration">
          {parsed.kind === "minutes" && minutesWords(parsed.minutes)} ({minutes} minutes), until{" "}
          {localWords(until)}
          {utcRemark(until)}
        </Line>
        <Line label="Operator">{operator}</Line>
        <Line label="Reason">
          <span className="pre">{reason}</span>
        </Line>
        <Line label="Case">{caseNumber === "" ? "none yet" : caseNumber}</Line>
        <Line label="Terms">
          {terms?.phase === "done" ? (
            <>
              ticked, SHA-256 <span className="mono">{terms.value.sha256.slice(0, 16)}…</span>
            </>
          ) : (
            "ticked"
          )}
        </Line>
      </dl>
      <Commands targetId={targetId} />
      <p className="soft">
        The endpoint will put its own question, with its own text.{" "}
        {running === null
          ? "Nothing is open before you answered it."
          : "The grant in force stays as it is until you answered it."}
      </p>
    </section>
  );
}

function Changes({ changes }: { readonly changes: readonly GrantChange[] }) {
  if (changes.length === 0)
    return (
      <p>
        <strong>Nothing changes:</strong> level and time are those of the grant in force.
      </p>
    );
  return (
    <table className="changes">
      <caption>What changes of the grant in force</caption>
      <thead>
        <tr>
          <th scope="col">Fact</th>
          <th scope="col">Now</th>
          <th scope="col">Then</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ label, before, after }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>
              <del>{visibleText(before)}</del>
            </td>
            <td>
              <ins>{after}</ins>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Line({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Commands({ targetId }: { readonly targetId: string }) {
  const preview = useFrom("grant", (state) => state.preview[targetId]);
  const read = useFrom("grant", (state) => state.readPreview);
  useStream(`preview ${targetId}`, () => read(targetId));
  if (preview?.phase === "failed")
    return <Trouble failure={preview.failure} title="The command could not be shown" />;
  if (preview?.phase !== "done") return <Working words="Writing down the exact command…" />;
  return (
    <div className="stack">
      <CommandLine label="The command it runs" line={preview.value.cmdlet} />
      <CommandLine label="The same from a shell" line={preview.value.cli} />
      <ShellHint />
    </div>
  );
}
