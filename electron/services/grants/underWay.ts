import type { UnderWay } from "#contract";
import { snapshots } from "../streams/bell.ts";
import type { World } from "../world.ts";

/** What is under way on every target, and each target's last revoke, for whoever looks. */
export async function* underWay(
  world: World,
  signal: AbortSignal,
): AsyncGenerator<readonly UnderWay[], void, undefined> {
  const leave = world.lookers.enter();
  try {
    yield* snapshots(world.actsBell, () => snapshot(world), signal);
  } finally {
    leave();
  }
}

function snapshot({ acts }: World): readonly UnderWay[] {
  const ids = new Set([...acts.opens.keys(), ...acts.lastRevokes.keys()]);
  return [...ids].map((targetId) => ({
    targetId,
    opening: openingOf(acts.opens.get(targetId)),
    revoke: revokeOf(acts.lastRevokes.get(targetId)),
  }));
}

function openingOf(running: ReturnType<World["acts"]["opens"]["get"]>): UnderWay["opening"] {
  const progress = running?.progress.current() ?? null;
  if (running === undefined || progress === null) return null;
  const { targetId: _target, agreedTermsSha256: _agreed, ...request } = running.request;
  return { request, progress };
}

function revokeOf(known: ReturnType<World["acts"]["lastRevokes"]["get"]>): UnderWay["revoke"] {
  const progress = known?.progress.current() ?? null;
  return known === undefined || progress === null ? null : { operator: known.operator, progress };
}
