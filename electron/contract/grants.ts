import { z } from "zod";
import { request, stream } from "./kit/operation.ts";
import { questionShape } from "./consent.ts";
import { endpointReadingShape } from "./endpointReading.ts";
import { grantShape } from "./grantShape.ts";
import { actShape, receiptShape } from "./receiptShape.ts";
import {
  factShape,
  failureShape,
  isoTime,
  levelShape,
  lineShape,
  minutesShape,
  oneTarget,
  paragraphShape,
} from "./shapes.ts";

/** What the operator asks for. Reason and case number are the console's own record; the endpoint never sees them. */
export const grantRequestShape = z.strictObject({
  ...oneTarget.shape,
  level: levelShape,
  minutes: minutesShape,
  operator: lineShape.min(1).max(120),
  reason: paragraphShape.min(1).max(2_000),
  caseNumber: z
    .string()
    .trim()
    .max(40)
    .regex(/^[A-Za-z0-9 ._#/-]*$/, "letters, digits, dots, dashes, slashes"),
  /**
   * Set only by a host without a person at the screen: the SHA-256 of the terms that a person agreed to beforehand.
   * The endpoint's question is answered Yes when its text has exactly this hash, and stopped otherwise.
   */
  agreedTermsSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits")
    .nullable(),
});
export type GrantRequest = z.infer<typeof grantRequestShape>;

export const grantOutcomeShape = z.discriminatedUnion("kind", [
  /** A fresh reading shows the grant. */
  z.strictObject({ kind: z.literal("granted"), grant: grantShape, receipt: receiptShape }),
  /** A person said No; a fresh reading shows no new grant. */
  z.strictObject({ kind: z.literal("declined"), receipt: receiptShape }),
  /** The endpoint refused, or the command was stopped, and a fresh reading shows no new grant. */
  z.strictObject({ kind: z.literal("notGranted"), because: failureShape, receipt: receiptShape }),
  /** No fresh reading could be had, or it contradicts: treat the door as possibly open. */
  z.strictObject({ kind: z.literal("notKnown"), because: failureShape, receipt: receiptShape }),
]);
export type GrantOutcome = z.infer<typeof grantOutcomeShape>;

/** What the endpoint says its command is doing just now. */
export const doingShape = z.strictObject({
  words: z.string(),
  /** Null where it does not say how far it is. */
  percent: z.int().min(0).max(100).nullable(),
});
export type Doing = z.infer<typeof doingShape>;

/**
 * How far an opening is. before: nothing was sent. asked: the command left us. question: a person is asked. answered:
 * Yes or No went out, and no stop can take that back. reading: the command is over, its effect is being read.
 */
export const openingStages = ["before", "asked", "question", "answered", "reading", "over"] as const;

export const grantProgressShape = z.strictObject({
  startedAt: isoTime,
  stage: z.enum(openingStages),
  facts: z.array(factShape).readonly(),
  doing: doingShape.nullable(),
  /** Waiting for consent.answer while not null. */
  question: questionShape.nullable(),
  outcome: grantOutcomeShape.nullable(),
});
export type GrantProgress = z.infer<typeof grantProgressShape>;

export const revokeOutcomeShape = z.discriminatedUnion("kind", [
  /** Every endpoint that may hold a grant was read, was understood whole, and shows no active grant and no session. */
  z.strictObject({ kind: z.literal("closed"), milliseconds: z.number(), receipt: receiptShape }),
  z.strictObject({
    kind: z.literal("notConfirmed"),
    because: failureShape,
    receipt: receiptShape,
    addressesToBlock: z.array(z.string()).readonly(),
  }),
]);

export const revokeProgressShape = z.strictObject({
  startedAt: isoTime,
  facts: z.array(factShape).readonly(),
  doing: doingShape.nullable(),
  /** Whether an endpoint took the command; until then nothing was revoked. */
  taken: z.boolean(),
  readings: z.array(endpointReadingShape).readonly(),
  outcome: revokeOutcomeShape.nullable(),
});
export type RevokeProgress = z.infer<typeof revokeProgressShape>;

export const grantsReadingShape = z.strictObject({
  grants: z.array(grantShape).readonly(),
  /** The endpoint that answered. */
  endpoint: z.string(),
  readAt: isoTime,
  /** What each endpoint of the target showed, and which were not read. */
  endpoints: z.array(endpointReadingShape).readonly(),
});
export type GrantsReading = z.infer<typeof grantsReadingShape>;

/** The newest reading of a target's grants when there is one, and what this console did to the target in 90 days. */
export const grantsWatchShape = z.strictObject({
  reading: grantsReadingShape.nullable(),
  /** Oldest first. */
  acts: z.array(actShape).readonly(),
});
export type GrantsWatch = z.infer<typeof grantsWatchShape>;

/** One act that is under way on a target, or the last revoke of it; whoever looks sees the same. */
export const underWayShape = z.strictObject({
  targetId: z.string(),
  opening: z
    .strictObject({
      request: grantRequestShape.omit({ targetId: true, agreedTermsSha256: true }),
      progress: grantProgressShape,
    })
    .nullable(),
  revoke: z.strictObject({ operator: z.string(), progress: revokeProgressShape }).nullable(),
});
export type UnderWay = z.infer<typeof underWayShape>;

/** The exact lines an act runs: the cmdlet, and the same act from a shell. */
export const commandLinesShape = z.strictObject({ cmdlet: z.string(), cli: z.string() });
export type CommandLines = z.infer<typeof commandLinesShape>;

/** The lines of all that is done to a target without a question; those of one transcript when a session is named. */
export const targetCommandsShape = z.strictObject({
  revoke: commandLinesShape,
  grants: commandLinesShape,
  sessions: commandLinesShape,
  transcript: commandLinesShape.nullable(),
});
export type TargetCommands = z.infer<typeof targetCommandsShape>;

export const grants = {
  /** Active and, for the last 30 days, past grants. */
  list: request({ input: oneTarget, output: grantsReadingShape }),
  /** The same as it is read for the door anyway, beside the acts of this console; at once and at every change. */
  watch: stream({ input: oneTarget, output: grantsWatchShape }),
  /**
   * Opens the door. Where nobody looks any more, neither here nor at `underWay`, the command is stopped after a short
   * grace (a page that is loaded again is back in time); what it left behind is read back and recorded.
   */
  open: stream({ input: grantRequestShape, output: grantProgressShape }),
  /**
   * Stops the opening that is under way: the command is stopped, never answered. After the answer it comes too late for
   * that, and a fact says so. The stream of `open` goes on to its outcome, so that the caller sees what a fresh reading
   * showed. Nothing under way: notFound.
   */
  stop: request({ input: oneTarget, output: z.null(), urgent: true }),
  /** Shuts the door. Leaving the stream does not stop a revoke: it goes on and is recorded. */
  revoke: stream({
    input: z.strictObject({
      ...oneTarget.shape,
      operator: lineShape.min(1).max(120),
      reason: paragraphShape.max(2_000),
    }),
    output: revokeProgressShape,
    urgent: true,
  }),
  /** Openings and revokes of all targets; a snapshot at once and at every change. */
  underWay: stream({ input: z.strictObject({}), output: z.array(underWayShape).readonly() }),
  commands: request({
    input: z.strictObject({ ...oneTarget.shape, sessionId: z.string().min(1).max(200).nullable() }),
    output: targetCommandsShape,
  }),
  /** The lines of a grant as far as it is chosen and typed. */
  preview: request({
    input: z.strictObject({
      ...oneTarget.shape,
      level: levelShape,
      minutes: minutesShape,
      operator: lineShape.max(120).default(""),
      reason: paragraphShape.max(2_000).default(""),
      caseNumber: grantRequestShape.shape.caseNumber.default(""),
    }),
    output: commandLinesShape,
  }),
};
