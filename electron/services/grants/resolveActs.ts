import type { Receipt } from "#contract";
import type { TargetReading } from "../doors/doorOf.ts";
import { outcomeEntry, recorded } from "../ledger/recordAct.ts";
import type { World } from "../world.ts";
import { resolvedReceipt } from "./resolvedReceipt.ts";
import { isOpenEnded, whatCameOfAct } from "./whatCameOfAct.ts";

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
  const { ledger, ports, registry } = world;
  // Read anew: what an earlier reading resolved meanwhile is not resolved again.
  const acts = await ledger.actsOn(targetId);
  const now = ports.clock.now();
  const scope = registry.known(targetId)?.scope ?? null;
  for (const act of acts) {
    if (!isOpenEnded(act) || ledger.isAtWork(act)) continue;
    const shown = whatCameOfAct(act, { acts, reading, scope, now });
    if (shown !== null) await settle(world, resolvedReceipt(act, reading, shown, now));
  }
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
