import { addressesToBlock, type Receipt, type RevokeProgress, type Target } from "#contract";
import { momentOf } from "../doors/age.ts";
import { liveSessions } from "../doors/doorOf.ts";
import { createDoing } from "../doing.ts";
import { createFactLog } from "../factLog.ts";
import { holdersBy } from "../ledger/knownActs.ts";
import { outcomeEntry, recorded } from "../ledger/recordAct.ts";
import type { Latest } from "../streams/latest.ts";
import type { World } from "../world.ts";
import { askForRevoke, askWhereUnproved } from "./askForRevoke.ts";
import { decideRevokeOutcome, type RevokeDecision } from "./decideRevokeOutcome.ts";
import { readAllEndpoints } from "./readAllEndpoints.ts";
import type { Revoking } from "./revoking.ts";
import { recordIntent, revokeReceipt } from "./revokeRecord.ts";
import { stopOpening, type StoppedOpening } from "./stopOpening.ts";

/** Proof is looked for this long; whether an end time appears at once is unknown for real stamps. */
const proofMayTake = 60_000;
const restWhenAsked = 1_000;
/** Nobody has taken the command yet: endpoints that are down are asked again, not hammered. */
const restWhenUnasked = 3_000;
/** The outcome is told when it is on disk, or after this: a disk that hangs keeps no proof from the operator. */
const recordMayTake = 2_000;

/** How a revoke ended, and the endpoints that have no command to revoke with: asking those again heals nothing. */
export type RevokeEnd = { readonly decision: RevokeDecision; readonly unable: ReadonlySet<string> };

export type RevokeRequest = { readonly targetId: string; readonly operator: string; readonly reason: string };

/**
 * Shuts the door: the command to the first endpoint that takes it and to each that is not proved closed all the same,
 * and readings of every endpoint until they prove it closed or the time is over. The command waits for nothing of ours:
 * neither for the ledger, which is written beside it, nor for an opening, which is stopped beside it. Never refused;
 * once begun it goes on whoever leaves.
 */
export async function revokeGrant(
  world: World,
  target: Target,
  request: RevokeRequest,
  progress: Latest<RevokeProgress>,
): Promise<RevokeEnd> {
  const { clock } = world.ports;
  const began = clock.monotonic();
  const watcher = world.watcher(target.id);
  const revoking = newRevoking(world, request, target, progress);
  watcher.mark({ state: "closing" });
  revoking.facts.add("connecting", null, `Revoking on ${target.name}.`);
  const intent = recordIntent(world, revoking);
  const opening = stopOpening(world, revoking);
  const decision = await closeAndProve(world, revoking, opening);
  const milliseconds = clock.monotonic() - began;
  if (decision.kind === "closed")
    revoking.facts.add("confirmed", null, `Confirmed closed in ${(milliseconds / 1_000).toFixed(1)} s.`);
  const receipt = await writeOutcome(world, revoking, decision, intent);
  watcher.mark(
    decision.kind === "closed"
      ? { state: "none" }
      : { state: "notConfirmed", since: momentOf(clock), because: decision.because },
  );
  progress.put({
    ...shownOf(revoking),
    doing: null,
    outcome:
      decision.kind === "closed"
        ? { kind: "closed", milliseconds, receipt }
        : { kind: "notConfirmed", because: decision.because, receipt, addressesToBlock },
  });
  return { decision, unable: revoking.unable };
}

const shownOf = (revoking: Revoking) => ({
  startedAt: revoking.startedAt,
  facts: revoking.facts.all(),
  taken: revoking.endpoint !== null,
  readings: revoking.readings,
});

function newRevoking(
  world: World,
  request: RevokeRequest,
  target: Target,
  progress: Latest<RevokeProgress>,
): Revoking {
  const { clock, chance } = world.ports;
  const startedAt = clock.now().toISOString();
  const live = liveSessions(world.watcher(target.id).reading()?.sessions ?? []);
  const onChange = (): void => {
    progress.put({ ...shownOf(revoking), doing: revoking.doing.now(), outcome: null });
    world.actsBell.ring(null);
  };
  const revoking: Revoking = {
    id: chance.uuid(),
    target,
    operator: request.operator,
    reason: request.reason,
    startedAt,
    facts: createFactLog(clock, onChange),
    doing: createDoing(onChange),
    sent: [],
    endpoint: null,
    took: new Set(),
    unable: new Set(),
    readings: [],
    sessions: new Map(live.map((session) => [session.id, "running"])),
  };
  return revoking;
}

async function closeAndProve(
  world: World,
  revoking: Revoking,
  opening: StoppedOpening,
): Promise<RevokeDecision> {
  const { clock } = world.ports;
  const began = clock.monotonic();
  const own = new AbortController().signal;
  for (;;) {
    const wasOpening = opening.isOver() === false;
    const goOn = revoking.took.size > 0 || (await askForRevoke(world, revoking, own));
    revoking.readings = await readAllEndpoints(world, revoking, own);
    const decision = decideRevokeOutcome({ ...evidenceOf(world, revoking), isOpening: wasOpening });
    const over = clock.monotonic() - began >= proofMayTake || world.closing.aborted;
    if (decision.kind === "closed" || !goOn || over || isHopeless(revoking)) return decision;
    if (revoking.took.size > 0 && !(await askWhereUnproved(world, revoking, own))) return decision;
    const rest = revoking.took.size > 0 ? restWhenAsked : restWhenUnasked;
    const early = opening.isOver() ? world.closing : AbortSignal.any([world.closing, opening.over]);
    await clock.sleep(rest, early).catch(() => undefined);
  }
}

/** No endpoint that is not proved closed has a command to revoke with. */
const isHopeless = ({ target, unable }: Revoking): boolean =>
  target.endpoints.every(({ name }) => unable.has(name));

/** What the proof is judged by besides the readings. */
export function evidenceOf(world: World, { target, readings, unable }: Revoking) {
  const scope = world.registry.known(target.id)?.scope ?? target.scope;
  return { readings, scope, unable, holders: holdersBy(world.watcher(target.id).acts()) };
}

/** Gives the receipt when it is on disk, or when nobody may wait for that any longer. */
async function writeOutcome(
  world: World,
  revoking: Revoking,
  decision: RevokeDecision,
  intent: Promise<boolean>,
): Promise<Receipt> {
  const { clock } = world.ports;
  const receipt = revokeReceipt(world, revoking, decision);
  const written = intent.then(() => recorded(world, outcomeEntry(receipt)));
  const enough = new AbortController();
  const late = clock.sleep(recordMayTake, enough.signal).then(
    () => "late" as const,
    () => "late" as const,
  );
  const end = await Promise.race([written, late]);
  enough.abort();
  if (end === true) return receipt;
  revoking.facts.add(
    "failed",
    null,
    end === "late"
      ? "The ledger has not taken the record yet: save this receipt. It is written as soon as the ledger can be written."
      : "The ledger could not be written: save this receipt, it is not in the ledger.",
  );
  return revokeReceipt(world, revoking, decision);
}
