import { z } from "zod";
import { request } from "./kit/operation.ts";
import { receiptShape } from "./receiptShape.ts";
import { isoTime, levelShape } from "./shapes.ts";

/** All that was asked for, before anything is sent. */
export const actRequestShape = z.strictObject({
  level: levelShape.nullable(),
  minutes: z.int().nullable(),
  reason: z.string(),
  caseNumber: z.string(),
  account: z.string(),
  practice: z.boolean(),
  agreedTermsSha256: z.string().nullable(),
});
export type ActRequest = z.infer<typeof actRequestShape>;

/** An answer, before it goes out. */
export const givenAnswerShape = z.strictObject({
  endpoint: z.string(),
  answer: z.enum(["yes", "no"]),
  by: z.enum(["person", "terms"]),
  termsSha256: z.string(),
  termsText: z.string(),
});
export type GivenAnswer = z.infer<typeof givenAnswerShape>;

/**
 * One line of the append-only record. Its hash covers all its other fields and the hash of the entry before. intent:
 * about to be asked. answer: about to be answered. outcome: what a reading showed at the end of the act. resolved: what
 * a later reading showed of an act whose end was not known. Optional fields are missing in entries of earlier builds.
 */
export const ledgerEntryShape = z.strictObject({
  sequence: z.int().min(1),
  at: isoTime,
  phase: z.enum(["intent", "answer", "outcome", "resolved"]),
  act: z.enum(["grant", "revoke"]),
  receiptId: z.string(),
  operator: z.string(),
  targetId: z.string(),
  targetName: z.string(),
  command: z.string().nullable(),
  /** Of an intent. */
  request: actRequestShape.optional(),
  /** Of an answer. */
  answer: givenAnswerShape.optional(),
  /** The process that is at work on the act, so that another one knows whether it still is. */
  process: z.string().optional(),
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
