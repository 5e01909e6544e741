import type { Door, Grant } from "#contract";
import { printedLevel } from "../../parts/doorWords.ts";
import { noneWords } from "../../parts/readWords.ts";
import { capital } from "../../ui/capital.ts";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { utcMinute } from "../../ui/timeWords.ts";
import { visibleText } from "../../ui/visibleText.ts";

type GrantFactsProps = { readonly grant: Grant; readonly door: Door };

/** What a running grant is: level, until when, why, by whom, and who is inside. */
export function GrantFacts({ grant, door }: GrantFactsProps) {
  const { sessionsInside: sessions, endpoints } = door;
  return (
    <dl className="facts-list">
      <dt>Level</dt>
      <dd>{visibleText(printedLevel(grant))}</dd>
      {grant.expiresAt !== null && (
        <>
          <dt>Expires</dt>
          <dd className="numbers">{utcMinute(Date.parse(grant.expiresAt))}</dd>
        </>
      )}
      <dt>Why</dt>
      <dd>
        {grant.record === null
          ? "Not opened from this console"
          : `${grant.record.reason}${grant.record.caseNumber === "" ? "" : ` · case ${grant.record.caseNumber}`}`}
      </dd>
      {grant.record !== null && (
        <>
          <dt>Opened by</dt>
          <dd>{grant.record.operator}</dd>
        </>
      )}
      {grant.connectionStatus !== null && (
        <>
          <dt>For the vendor</dt>
          <dd>{visibleText(grant.connectionStatus)}</dd>
        </>
      )}
      <dt>Sessions now</dt>
      <dd>
        {sessions.length === 0
          ? capital(noneWords("none", endpoints))
          : sessions.map((session) => (
              <span key={session.id} className="card-session">
                <span className="mono">{visibleText(session.id)}</span>
                {session.startedAt !== null && (
                  <>
                    {" "}
                    started <RelativeTime at={session.startedAt} aheadMs={door.deviceAheadMs} />
                  </>
                )}
              </span>
            ))}
      </dd>
    </dl>
  );
}
