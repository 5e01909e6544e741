import type { EndpointReading, Grant, Receipt } from "#contract";
import type { TargetReading } from "../doors/doorOf.ts";
import { missingProof, wasRead } from "../doors/missingProof.ts";
import { endpointOfAct, holdersBy, type KnownAct } from "../ledger/knownActs.ts";
import { outcomeEntry, recorded } from "../ledger/recordAct.ts";
import type { World } from "../world.ts";
import { clockTolerance, expiryTolerance } from "./fitsRequest.ts";
import { identityOf } from "./openGrant.ts";

/** A command that was sent may land as late as this (milliseconds): the first enabling restarts WinRM twice (vendor). */
const mayLand = 10 * 60_000;

type Resolved = { readonly act: KnownAct; readonly receipt: Receipt };

/**
 * What a reading tells of acts whose end nobody knew: a console that was killed in the middle, a reading that could not
 * be had, a revoke that was not confirmed. Each gets an entry of its own. Never throws.
 */
export async function resolveActs(world: World, targetId: string, reading: TargetReading): Promise<void> {
  const { acts: underWay } = world;
  if (underWay.opens.has(targetId) || underWay.revokes.has(targetId) || underWay.resolving.has(targetId))
    return;
  underWay.resolving.add(targetId);
  try {
    await resolveAll(world, targetId, reading);
  } catch (cause) {
    world.ports.log.write("warn", "the ledger cannot be read", {}, cause);
  } finally {
    underWay.resolving.delete(targetId);
  }
}

async function resolveAll(world: World, targetId: string, reading: TargetReading): Promise<void> {
  const { ledger } = world;
  // Read anew: what an earlier reading resolved meanwhile is not resolved again.
  const acts = await ledger.actsOn(targetId);
  const open = acts.filter((act) => isOpenEnded(act) && !ledger.isAtWork(act));
  const now = world.ports.clock.now();
  for (const { receipt } of open.flatMap((act) => resolve(world, act, acts, reading, now) ?? []))
    await settle(world, receipt);
}

/** Into the ledger, and before the eyes of whoever still looks at the revoke. */
async function settle(world: World, receipt: Receipt): Promise<void> {
  const isWritten = await recorded(world, outcomeEntry(receipt, "resolved"));
  const progress = world.acts.lastRevokes.get(receipt.targetId)?.progress;
  const shown = progress?.current() ?? null;
  if (receipt.outcome !== "closed" || progress === undefined || shown?.outcome?.receipt.id !== receipt.id)
    return;
  const at = receipt.finishedAt;
  const text = isWritten
    ? receipt.stateAfter
    : `${receipt.stateAfter} The ledger could not be written: save this receipt.`;
  const facts = [...shown.facts, { at, kind: "confirmed", endpoint: null, text } as const];
  const milliseconds = Math.max(0, Date.parse(at) - Date.parse(receipt.startedAt));
  const outcome = { kind: "closed", milliseconds, receipt: { ...receipt, facts } } as const;
  progress.put({ ...shown, facts, readings: receipt.readings ?? shown.readings, outcome });
  world.actsBell.ring(null);
}

const isOpenEnded = ({ receipt }: KnownAct): boolean =>
  receipt === null || receipt.outcome === "notKnown" || receipt.outcome === "notConfirmed";

function resolve(
  world: World,
  act: KnownAct,
  acts: readonly KnownAct[],
  reading: TargetReading,
  now: Date,
): Resolved | null {
  // What was read before its last word says nothing about it.
  if (reading.askedAt.wall <= Date.parse(act.lastAt)) return null;
  return act.act === "revoke"
    ? resolveRevoke(world, act, acts, reading, now)
    : resolveGrant(act, acts, reading, now);
}

function resolveRevoke(
  world: World,
  act: KnownAct,
  acts: readonly KnownAct[],
  reading: TargetReading,
  now: Date,
): Resolved | null {
  const scope = world.registry.known(act.targetId)?.scope ?? null;
  const missing = missingProof({ readings: reading.endpoints, scope, holders: holdersBy(acts) });
  if (missing === null)
    return ended(
      act,
      reading,
      now,
      "closed",
      `${readWords(reading)}: no active grant and no running session.`,
    );
  const isOld = now.getTime() - Date.parse(act.lastAt) >= mayLand;
  if (act.receipt !== null || !isOld) return null;
  return ended(act, reading, now, "notConfirmed", missing.sentence);
}

function resolveGrant(
  act: KnownAct,
  acts: readonly KnownAct[],
  reading: TargetReading,
  now: Date,
): Resolved | null {
  if (act.request === null && act.receipt === null) return null;
  const grant = reading.grants.find((candidate) => cameOf(candidate, act, acts, reading));
  if (grant !== undefined) {
    const until = grant.expiresAt ?? "an unknown time";
    const words = `${grant.shownBy.join(", ")} ${grant.shownBy.length === 1 ? "shows" : "show"} the grant (${grant.state}, until ${until}).`;
    const resolved = ended(act, reading, now, "granted", words);
    return {
      ...resolved,
      receipt: {
        ...resolved.receipt,
        endpoint: resolved.receipt.endpoint ?? grant.shownBy[0] ?? null,
        grant: identityOf(grant),
      },
    };
  }
  const isOld = now.getTime() - Date.parse(act.lastAt) >= mayLand;
  if (!isOld || !isReadWhere(act, reading.endpoints)) return null;
  const outcome = act.answer?.answer === "no" ? "declined" : "notGranted";
  return ended(act, reading, now, outcome, `${readWords(reading)}: no grant that came of it.`);
}

/** The grant was made after it was asked for, at its level and for its minutes, and is no other act's. */
function cameOf(grant: Grant, act: KnownAct, acts: readonly KnownAct[], { aheadMs }: TargetReading): boolean {
  const level = act.receipt?.level ?? act.request?.level;
  const minutes = act.receipt?.minutes ?? act.request?.minutes;
  const made = grant.active ? (grant.updatedAt ?? grant.createdAt) : grant.createdAt;
  if (made === null || grant.level !== level || grant.expiresAt === null) return false;
  if (acts.some(({ id, receipt }) => id !== act.id && receipt?.grant?.key === grant.key)) return false;
  const endpoint = endpointOfAct(act);
  if (endpoint !== null && !grant.shownBy.includes(endpoint)) return false;
  const at = Date.parse(made);
  const from = Date.parse(act.startedAt) + (aheadMs ?? 0) - clockTolerance;
  const lasts = Date.parse(grant.expiresAt) - at;
  const asked = (minutes ?? 0) * 60_000;
  // One that was revoked or ran out has lasted no longer than was asked for.
  const fits = grant.active ? Math.abs(lasts - asked) <= expiryTolerance : lasts <= asked + expiryTolerance;
  return fits && at >= from && at < nextStart(act, acts) + (aheadMs ?? 0);
}

const nextStart = (act: KnownAct, acts: readonly KnownAct[]): number => {
  const after = acts.filter((one) => one.act === "grant" && one.startedAt > act.startedAt);
  return after.length === 0 ? Number.POSITIVE_INFINITY : Date.parse(after[0]?.startedAt ?? "");
};

/** The endpoint that was asked, or where that is not known all of them. */
function isReadWhere(act: KnownAct, readings: readonly EndpointReading[]): boolean {
  const endpoint = endpointOfAct(act);
  const wanted = endpoint === null ? readings : readings.filter((one) => one.endpoint === endpoint);
  return wanted.length > 0 && wanted.every((one) => wasRead(one) && one.notUnderstood.length === 0);
}

const readWords = ({ endpoints }: TargetReading): string =>
  endpoints
    .filter(wasRead)
    .map(({ endpoint }) => endpoint)
    .join(", ");

function ended(
  act: KnownAct,
  reading: TargetReading,
  now: Date,
  outcome: Receipt["outcome"],
  shown: string,
): Resolved {
  const before = act.receipt ?? receiptOfIntent(act);
  const stateAfter = `A later reading (${reading.readAt}): ${shown}`;
  return {
    act,
    receipt: {
      ...before,
      finishedAt: now.toISOString(),
      outcome,
      stateAfter,
      readings: [...reading.endpoints],
    },
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
