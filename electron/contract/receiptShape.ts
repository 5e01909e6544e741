import { z } from "zod";
import { factShape, isoTime, levelShape } from "./shapes.ts";

/** The proof of one act: what was asked, when, what the target answered, what a fresh reading showed. */
export const receiptShape = z.strictObject({
  id: z.string(),
  act: z.enum(["grant", "revoke"]),
  targetId: z.string(),
  targetName: z.string(),
  practice: z.boolean(),
  /** The endpoint that took the command; null when none did. */
  endpoint: z.string().nullable(),
  operator: z.string(),
  account: z.string(),
  reason: z.string(),
  caseNumber: z.string(),
  level: levelShape.nullable(),
  minutes: z.int().nullable(),
  /** The exact cmdlet line. */
  command: z.string(),
  termsText: z.string().nullable(),
  termsSha256: z.string().nullable(),
  answer: z.enum(["yes", "no", "stopped", "notAsked"]),
  /** `terms` = the hash was agreed to beforehand (agreedTermsSha256); `person` = at the screen. */
  answeredBy: z.enum(["person", "terms"]).nullable(),
  startedAt: isoTime,
  finishedAt: isoTime,
  facts: z.array(factShape).readonly(),
  outcome: z.enum(["granted", "declined", "notGranted", "notKnown", "closed", "notConfirmed"]),
  /** In words: what the fresh reading showed. */
  stateAfter: z.string(),
});
export type Receipt = z.infer<typeof receiptShape>;

/** One act as a history needs it: a receipt without its facts and terms. */
export const actShape = receiptShape.pick({
  id: true,
  act: true,
  operator: true,
  reason: true,
  caseNumber: true,
  level: true,
  minutes: true,
  startedAt: true,
  finishedAt: true,
  outcome: true,
});
export type Act = z.infer<typeof actShape>;
