import type { Grant, GrantAct, Session } from "#contract";
import type { KnownAct } from "../ledger/knownActs.ts";
import { fitsTimes } from "../grants/fitsRequest.ts";

/* The one place where grants, sessions, acts and reasons find each other: by fields, never by words or nearness. */

/** Grants with the acts of this console that made them what they are. */
export function joinGrants(grants: readonly Grant[], acts: readonly KnownAct[]): readonly Grant[] {
  const opened = acts.flatMap((act) => openedBy(act) ?? []);
  return grants.map((grant) => {
    const own = opened.filter((one) => made(one, grant)).map(({ act }) => act);
    const byTime = own.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
    return { ...grant, acts: byTime, record: recordOf(byTime.at(-1)) };
  });
}

/** Sessions with the act under which each began. `grants` are joined already. */
export function joinSessions(sessions: readonly Session[], grants: readonly Grant[]): readonly Session[] {
  return sessions.map((session) => ({ ...session, under: recordOf(actOf(session, grants)) }));
}

type Opened = { readonly act: GrantAct; readonly from: KnownAct };

function openedBy(from: KnownAct): Opened | null {
  const { receipt, act, id } = from;
  if (act !== "grant" || receipt?.outcome !== "granted") return null;
  if (receipt.level === null || receipt.minutes === null) return null;
  const { operator, reason, caseNumber, level, minutes, finishedAt } = receipt;
  const at = receipt.grant?.updatedAt ?? receipt.grant?.createdAt ?? finishedAt;
  return { act: { receiptId: id, operator, reason, caseNumber, at, level, minutes }, from };
}

/** A receipt names the grant that its reading showed. Those of earlier builds do not: there the times have to fit. */
function made({ act, from }: Opened, grant: Grant): boolean {
  const named = from.receipt?.grant;
  if (named !== undefined && named !== null) return named.key === grant.key;
  const asked = {
    level: act.level,
    minutes: act.minutes,
    askedAt: from.startedAt,
    readAt: from.receipt?.finishedAt ?? from.lastAt,
    aheadMs: null,
  };
  return fitsTimes(grant, asked);
}

function actOf(session: Session, grants: readonly Grant[]): GrantAct | undefined {
  if (session.startedAt === null) return undefined;
  const start = Date.parse(session.startedAt);
  const own = grants.filter((grant) => covers(grant, start) && isAtOneOf(session, grant));
  const grant = own.toSorted((a, b) => startOf(b) - startOf(a))[0];
  const before = grant?.acts.filter(({ at }) => Date.parse(at) <= start);
  return before?.at(-1) ?? grant?.acts[0];
}

/** Both times are the device's. */
function covers(grant: Grant, at: number): boolean {
  if (grant.createdAt === null || startOf(grant) > at) return false;
  return grant.expiresAt === null || grant.active || Date.parse(grant.expiresAt) >= at;
}

const isAtOneOf = (session: Session, grant: Grant): boolean =>
  session.shownBy.length === 0 ||
  grant.shownBy.length === 0 ||
  session.shownBy.some((endpoint) => grant.shownBy.includes(endpoint));

const startOf = ({ createdAt }: Grant): number => (createdAt === null ? 0 : Date.parse(createdAt));

function recordOf(act: GrantAct | undefined): Grant["record"] {
  if (act === undefined) return null;
  const { receiptId, operator, reason, caseNumber } = act;
  return { receiptId, operator, reason, caseNumber };
}
