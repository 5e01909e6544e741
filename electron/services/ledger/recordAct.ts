import type { Receipt, Target } from "#contract";
import type { World } from "../world.ts";
import type { UnchainedEntry } from "./chain.ts";

type Act = Pick<Receipt, "id" | "act" | "operator" | "command">;

/** The entry written before anything is sent. */
export function intentEntry(act: Act, target: Target, at: string): UnchainedEntry {
  return { ...common(act, target), at, phase: "intent", result: "about to be asked", receipt: null };
}

/** The entry written when the fresh reading is in. */
export function outcomeEntry(receipt: Receipt, target: Target): UnchainedEntry {
  const result = `${receipt.outcome}: ${receipt.stateAfter}`;
  return { ...common(receipt, target), at: receipt.finishedAt, phase: "outcome", result, receipt };
}

/** Writes the entry; false when the ledger cannot be written, which the log then has whole. */
export async function recorded(world: World, entry: UnchainedEntry): Promise<boolean> {
  try {
    await world.ledger.append(entry);
    return true;
  } catch (cause) {
    world.ports.log.write(
      "error",
      "the ledger cannot be written",
      { act: entry.act, phase: entry.phase },
      cause,
    );
    return false;
  }
}

const common = (act: Act, target: Target) => ({
  act: act.act,
  receiptId: act.id,
  operator: act.operator,
  targetId: target.id,
  targetName: target.name,
  command: act.command,
});
