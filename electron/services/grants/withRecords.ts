import type { Grant, Receipt } from "#contract";
import { fitsRequest } from "./fitsRequest.ts";

/** Joins grants with what this console recorded when it opened them; the newest fitting receipt wins. */
export function withRecords(
  targetId: string,
  grants: readonly Grant[],
  receipts: readonly Receipt[],
): readonly Grant[] {
  const mine = receipts
    .filter(({ targetId: of, act, outcome }) => of === targetId && act === "grant" && outcome === "granted")
    .toReversed();
  return grants.map((grant) => ({ ...grant, record: recordOf(grant, mine) ?? grant.record }));
}

function recordOf(grant: Grant, newestFirst: readonly Receipt[]): Grant["record"] {
  const receipt = newestFirst.find((candidate) => opened(candidate, grant));
  if (receipt === undefined) return null;
  const { id, operator, reason, caseNumber } = receipt;
  return { receiptId: id, operator, reason, caseNumber };
}

/** The receipt names the expiry that was read; level and length must fit as well. */
function opened(receipt: Receipt, grant: Grant): boolean {
  if (receipt.level === null || receipt.minutes === null || grant.expiresAt === null) return false;
  const asked = { level: receipt.level, minutes: receipt.minutes };
  const times = { askedAt: receipt.startedAt, readAt: receipt.finishedAt };
  return fitsRequest(grant, { ...asked, ...times }) && receipt.stateAfter.includes(grant.expiresAt);
}
