import { ConsoleError, type Receipt, type RevokeProgress, type Target } from "#contract";
import { liveSessions } from "../doors/doorOf.ts";
import { createDoing } from "../doing.ts";
import { createFactLog } from "../factLog.ts";
import { intentEntry, outcomeEntry, recorded } from "../ledger/recordAct.ts";
import type { Latest } from "../streams/latest.ts";
import type { World } from "../world.ts";
import { withDeadline } from "../withDeadline.ts";
import { addressesToBlock } from "./addressesToBlock.ts";
import { askForRevoke, askWhereItShows } from "./askForRevoke.ts";
import { disableLine } from "./commandLines.ts";
import { decideRevokeOutcome, type RevokeDecision } from "./decideRevokeOutcome.ts";
import { readAllEndpoints } from "./readAllEndpoints.ts";
import type { Revoking } from "./revoking.ts";

/** Proof is looked for this long; whether an end time appears at once is unknown for real stamps. */
const proofMayTake = 60_000;
const restWhenAsked = 1_000;
/** Nobody has taken the command yet: endpoints that are down are asked again, not hammered. */
const restWhenUnasked = 3_000;
/** A grant that is just being opened is stopped first, and waited for no longer than this. */
const openingMayTake = 10_000;

export type RevokeRequest = { readonly targetId: string; readonly operator: string; readonly reason: string };

/**
 * Shuts the door: intent to the ledger (a ledger that cannot be written stops no revoke), the command to the first
 * endpoint that takes it and to each that shows a grant all the same, and readings of every endpoint until they prove it
 * closed or the time is over. Never refused; once begun it goes on whoever leaves.
 */
export async function revokeGrant(
  world: World,
  request: RevokeRequest,
  progress: Latest<RevokeProgress>,
): Promise<void> {
  const { clock } = world.ports;
  const began = clock.monotonic();
  const target = world.registry.find(request.targetId);
  const revoking = newRevoking(world, request, target, progress);
  world.watcher(target.id).mark({ state: "closing" });
  revoking.facts.add("connecting", null, `Revoking on ${target.name}.`);
  await writeIntent(world, revoking);
  await stopOpening(world, revoking);
  const decision = await closeAndProve(world, revoking);
  const milliseconds = clock.monotonic() - began;
  if (decision.kind === "closed")
    revoking.facts.add("confirmed", null, `Confirmed closed in ${(milliseconds / 1_000).toFixed(1)} s.`);
  const receipt = await writeOutcome(world, revoking, decision);
  const since = receipt.finishedAt;
  world
    .watcher(target.id)
    .mark(
      decision.kind === "closed"
        ? { state: "none" }
        : { state: "notConfirmed", since, because: decision.because },
    );
  progress.put({
    startedAt: revoking.startedAt,
    facts: revoking.facts.all(),
    doing: null,
    readings: revoking.readings,
    outcome:
      decision.kind === "closed"
        ? { kind: "closed", milliseconds, receipt }
        : { kind: "notConfirmed", because: decision.because, receipt, addressesToBlock },
  });
}

function newRevoking(
  world: World,
  request: RevokeRequest,
  target: Target,
  progress: Latest<RevokeProgress>,
): Revoking {
  const { clock, chance } = world.ports;
  const startedAt = clock.now().toISOString();
  const live = liveSessions(world.watcher(target.id).reading()?.sessions ?? [], clock.now());
  const onChange = (): void =>
    progress.put({
      startedAt,
      facts: revoking.facts.all(),
      doing: revoking.doing.now(),
      readings: revoking.readings,
      outcome: null,
    });
  const revoking: Revoking = {
    id: chance.uuid(),
    target,
    operator: request.operator,
    reason: request.reason,
    startedAt,
    facts: createFactLog(clock, onChange),
    doing: createDoing(onChange),
    endpoint: null,
    took: new Set(),
    readings: [],
    sessions: new Map(live.map((session) => [session.id, "running"])),
  };
  return revoking;
}

async function stopOpening(world: World, revoking: Revoking): Promise<void> {
  const opening = world.acts.opens.get(revoking.target.id);
  if (opening === undefined) return;
  revoking.facts.add("stopped", null, "A grant was just being opened; it is stopped first.");
  opening.stop.abort(
    new ConsoleError("cancelled", `A revoke of ${revoking.target.name} stopped the opening.`),
  );
  opening.enough.abort();
  const late = (): Error => new ConsoleError("timedOut", "The opening did not stop in time.");
  await withDeadline(world.ports.clock, openingMayTake, late, world.closing, () => opening.done).catch(() =>
    revoking.facts.add("failed", null, "The opening did not stop in time; the revoke goes ahead."),
  );
}

async function closeAndProve(world: World, revoking: Revoking): Promise<RevokeDecision> {
  const { clock } = world.ports;
  const began = clock.monotonic();
  const own = new AbortController().signal;
  for (;;) {
    const goOn = revoking.endpoint !== null || (await askForRevoke(world, revoking, own));
    revoking.readings = await readAllEndpoints(world, revoking, own);
    const decision = decideRevokeOutcome(revoking.readings);
    const over = clock.monotonic() - began >= proofMayTake || world.closing.aborted;
    if (decision.kind === "closed" || !goOn || over) return decision;
    if (revoking.endpoint !== null && !(await askWhereItShows(world, revoking, own))) return decision;
    const rest = revoking.endpoint === null ? restWhenUnasked : restWhenAsked;
    await clock.sleep(rest, world.closing).catch(() => undefined);
  }
}

async function writeIntent(world: World, revoking: Revoking): Promise<void> {
  const { id, operator, target, startedAt } = revoking;
  const act = { id, act: "revoke", operator, command: disableLine } as const;
  if (await recorded(world, intentEntry(act, target, startedAt))) return;
  revoking.facts.add("failed", null, "The ledger cannot be written; the revoke goes ahead without it.");
}

async function writeOutcome(world: World, revoking: Revoking, decision: RevokeDecision): Promise<Receipt> {
  const receipt = receiptOf(world, revoking, decision);
  if (await recorded(world, outcomeEntry(receipt, revoking.target))) return receipt;
  revoking.facts.add(
    "failed",
    null,
    "The ledger could not be written: save this receipt, it is not in the ledger.",
  );
  return receiptOf(world, revoking, decision);
}

function receiptOf(world: World, revoking: Revoking, decision: RevokeDecision): Receipt {
  const { target } = revoking;
  return {
    id: revoking.id,
    act: "revoke",
    targetId: target.id,
    targetName: target.name,
    practice: target.practice,
    endpoint: revoking.endpoint,
    operator: revoking.operator,
    account: target.account,
    reason: revoking.reason,
    caseNumber: "",
    level: null,
    minutes: null,
    command: disableLine,
    termsText: null,
    termsSha256: null,
    answer: "notAsked",
    answeredBy: null,
    startedAt: revoking.startedAt,
    finishedAt: world.ports.clock.now().toISOString(),
    facts: revoking.facts.all(),
    outcome: decision.kind,
    stateAfter: decision.kind === "closed" ? closedWords(revoking) : decision.because.sentence,
  };
}

function closedWords(revoking: Revoking): string {
  const answered = revoking.readings.filter((reading) => reading.failure === null);
  const silent = revoking.readings.filter((reading) => reading.failure !== null);
  const names = (readings: typeof answered): string => readings.map((reading) => reading.endpoint).join(", ");
  const proof = `${names(answered)}: no active grant and no running session.`;
  return silent.length === 0 ? proof : `${proof} No answer from ${names(silent)}.`;
}
