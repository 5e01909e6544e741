import type { Act, GrantsWatch, Receipt } from "#contract";
import { historyLasts } from "../doors/mergeSessions.ts";
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
    for await (const reading of snapshots(world.bell, () => watcher.reading(), signal))
      yield {
        reading:
          reading === null
            ? null
            : { grants: reading.grants, endpoint: reading.endpoint, readAt: reading.readAt },
        acts: await actsOn(world, targetId),
      };
  } finally {
    release();
  }
}

async function actsOn({ ledger, ports }: World, targetId: string): Promise<readonly Act[]> {
  try {
    const oldest = ports.clock.now().getTime() - historyLasts;
    const receipts = await ledger.briefReceipts();
    return receipts
      .filter((receipt) => receipt.targetId === targetId && Date.parse(receipt.finishedAt) >= oldest)
      .map(actOf);
  } catch (cause) {
    ports.log.write("warn", "the ledger cannot be read", {}, cause);
    return []; // a reading of the target is worth more than our notes on it
  }
}

function actOf(receipt: Receipt): Act {
  const { id, act, operator, reason, caseNumber, level, minutes, startedAt, finishedAt, outcome } = receipt;
  return { id, act, operator, reason, caseNumber, level, minutes, startedAt, finishedAt, outcome };
}
