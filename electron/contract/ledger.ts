import { z } from "zod";
import { request } from "./kit/operation.ts";
import { receiptShape } from "./receiptShape.ts";
import { isoTime } from "./shapes.ts";

/** One line of the append-only record. Its hash covers all its other fields and the hash of the entry before. */
export const ledgerEntryShape = z.strictObject({
  sequence: z.int().min(1),
  at: isoTime,
  phase: z.enum(["intent", "outcome"]),
  act: z.enum(["grant", "revoke"]),
  receiptId: z.string(),
  operator: z.string(),
  targetId: z.string(),
  targetName: z.string(),
  command: z.string(),
  result: z.string(),
  receipt: receiptShape.nullable(),
  previousHash: z.string(),
  hash: z.string(),
});
export type LedgerEntry = z.infer<typeof ledgerEntryShape>;

export const ledger = {
  /** Newest first, with the result of checking the chain. */
  list: request({
    input: z.strictObject({}),
    output: z.strictObject({
      entries: z.array(ledgerEntryShape).readonly(),
      /**
       * Numbers of the intents that no outcome follows and that this console is not at work on: what came of them is
       * not known, because a console ended before. Worked out when listing; nothing in the chain is changed.
       */
      withoutOutcome: z.array(z.int()).readonly(),
      chain: z.discriminatedUnion("state", [
        z.strictObject({ state: z.literal("whole"), entries: z.int() }),
        /** Every entry is whole; behind the last one stands a part of another, as a crash or a full disk leaves it. */
        z.strictObject({ state: z.literal("torn"), entries: z.int() }),
        z.strictObject({ state: z.literal("broken"), atLine: z.int(), because: z.string() }),
      ]),
    }),
  }),
};
