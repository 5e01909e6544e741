import type { Act, GrantsWatch } from "#contract";
import { historyLasts } from "../doors/mergeSessions.ts";
import type { KnownAct } from "../ledger/knownActs.ts";
import { snapshots } from "../streams/bell.ts";
import type { World } from "../world.ts";

/** The shared watcher's readings for as long as somebody looks, each beside what the ledger has of the target by then. */
export async function* watchGrants(
  world: World,
  targetId: string,
  signal: AbortSignal,
): AsyncGenerator<GrantsWatch, void, undefined> {
  world.registry.find(targetId);
  const watcher = world.watcher(targetId);
  const release = watcher.hold();
  try {
    for await (const reading of snapshots(world.bell, () => watcher.reading(), signal, targetId)) {
      const oldest = world.ports.clock.now().getTime() - historyLasts;
      yield {
        reading:
          reading === null
            ? null
            : {
                grants: reading.grants,
                endpoint: reading.endpoint,
                readAt: reading.readAt,
                endpoints: reading.endpoints,
              },
        acts: watcher.acts().flatMap((act) => actOf(act, oldest)),
      };
    }
  } finally {
    release();
  }
}

function actOf({ receipt }: KnownAct, oldest: number): readonly Act[] {
  if (receipt === null || Date.parse(receipt.finishedAt) < oldest) return [];
  const { id, act, operator, reason, caseNumber, level, minutes, startedAt, finishedAt, outcome } = receipt;
  return [{ id, act, operator, reason, caseNumber, level, minutes, startedAt, finishedAt, outcome }];
}
