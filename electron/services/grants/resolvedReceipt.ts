import type { Grant, Receipt } from "#contract";
import type { TargetReading } from "../doors/doorOf.ts";
import type { KnownAct } from "../ledger/knownActs.ts";
import { identityOf } from "./openGrant.ts";

/** What a later reading showed of an act. */
export type LaterShown = {
  readonly outcome: Receipt["outcome"];
  /** In words. */
  readonly shown: string;
  /** The grant that came of it. */
  readonly grant: Grant | null;
};

/** The receipt of an act whose end a later reading tells, `now` by our clock. */
export function resolvedReceipt(
  act: KnownAct,
  reading: TargetReading,
  { outcome, shown, grant }: LaterShown,
  now: Date,
): Receipt {
  const before = act.receipt ?? receiptOfIntent(act);
  return {
    ...before,
    endpoint: before.endpoint ?? grant?.shownBy[0] ?? null,
    finishedAt: now.toISOString(),
    outcome,
    stateAfter: `A later reading (${reading.readAt}): ${shown}`,
    grant: grant === null ? (before.grant ?? null) : identityOf(grant),
    readings: [...reading.endpoints],
  };
}

/** What the intent and the answer have of an act that nobody saw the end of. */
function receiptOfIntent(act: KnownAct): Receipt {
  const { id, targetId, targetName, operator, request, answer, startedAt } = act;
  return {
    id,
    act: act.act,
    targetId,
    targetName,
    practice: request?.practice ?? false,
    endpoint: answer?.endpoint ?? null,
    operator,
    account: request?.account ?? "",
    reason: request?.reason ?? "",
    caseNumber: request?.caseNumber ?? "",
    level: request?.level ?? null,
    minutes: request?.minutes ?? null,
    command: null,
    termsText: answer?.termsText ?? null,
    termsSha256: answer?.termsSha256 ?? null,
    answer: answer?.answer ?? "notAsked",
    answeredBy: answer?.by ?? null,
    startedAt,
    finishedAt: startedAt,
    facts: [],
    outcome: "notKnown",
    stateAfter: "",
  };
}
