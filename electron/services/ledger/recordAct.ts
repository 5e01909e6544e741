import type { ActRequest, GivenAnswer, LedgerEntry, Receipt, Target } from "#contract";
import type { World } from "../world.ts";
import type { UnchainedEntry } from "./chain.ts";

type Act = Pick<Receipt, "id" | "act" | "operator" | "targetId" | "targetName"> & {
  readonly command: string | null;
};

/** What every entry of an act names. */
export const actAt = ({ id, name }: Target, act: Pick<Act, "id" | "act" | "operator" | "command">): Act => ({
  ...act,
  targetId: id,
  targetName: name,
});

/** The entry with all that is going to be asked. */
export function intentEntry(act: Act, request: ActRequest, process: string, at: string): UnchainedEntry {
  return entryOf(act, { at, phase: "intent", result: "about to be asked", receipt: null, request, process });
}

/** The entry written before an answer goes out. */
export function answerEntry(act: Act, answer: GivenAnswer, at: string): UnchainedEntry {
  const result = `about to be answered ${answer.answer === "yes" ? "Yes" : "No"}`;
  return entryOf(act, { at, phase: "answer", result, receipt: null, answer });
}

/** The entry written when the fresh reading is in; `resolved`: a later reading, of an act whose end was not known. */
export function outcomeEntry(receipt: Receipt, phase: "outcome" | "resolved" = "outcome"): UnchainedEntry {
  const result = `${receipt.outcome}: ${receipt.stateAfter}`;
  return entryOf(receipt, { at: receipt.finishedAt, phase, result, receipt });
}

/** Writes the entry; false when the ledger cannot be written, which the log then has whole. */
export async function recorded(world: World, entry: UnchainedEntry): Promise<boolean> {
  try {
    await world.ledger.append(entry);
    // When the act is over: what else the file has is read beside nothing that is under way.
    if (entry.receipt !== null) void world.watcher(entry.targetId).learn();
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

type Rest = Pick<LedgerEntry, "at" | "phase" | "result" | "receipt" | "request" | "answer" | "process">;

const entryOf = (act: Act, rest: Rest): UnchainedEntry => ({
  act: act.act,
  receiptId: act.id,
  operator: act.operator,
  targetId: act.targetId,
  targetName: act.targetName,
  command: act.command,
  ...rest,
});
