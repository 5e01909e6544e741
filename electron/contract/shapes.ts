import { z } from "zod";

/** Shapes that more than one area uses. Times are ISO 8601 text in UTC; absent is null. */

export const isoTime = z.iso.datetime();

export const levels = ["Diagnostics", "DiagnosticsRepair"] as const;
/** What the engineer may do. Spelt as `Enable-RemoteSupport -AccessLevel` takes it. */
export const levelShape = z.enum(levels);
export type Level = z.infer<typeof levelShape>;

export const oneTarget = z.strictObject({ targetId: z.string().min(1).max(100) });

/** The least, most and usual minutes of a grant (published for Azure Stack Hub, 07/27/2023). */
export const grantMinutes = { least: 60, most: 20_160, usual: 480 } as const;
export const minutesShape = z.int().min(grantMinutes.least).max(grantMinutes.most);

/** One line that a person typed: no control characters, no half characters. */
export const lineShape = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, "one line without control characters");
/** The same with line ends and tabs. */
export const paragraphShape = z
  .string()
  .trim()
  .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\r\n])*$/u, "text without control characters");

/** Properties that an endpoint sent beside those we know by name; texts as printed. */
export const otherFieldsShape = z.array(z.strictObject({ name: z.string(), text: z.string() })).readonly();

/** One thing that happened on the way, as the operator reads it. Facts are only ever appended. */
export const factShape = z.strictObject({
  at: isoTime,
  kind: z.enum([
    "connecting", // a conversation with the endpoint is being opened
    "asked", // the command left us
    "question", // the endpoint put its question
    "answered", // a person answered it
    "accepted", // the command came to its end without an error
    "said", // a line the endpoint wrote
    "readBack", // a fresh reading of one endpoint
    "sessionEnded", // a fresh reading shows that session with an end time
    "retrying", // one endpoint failed, the next is tried
    "stopped", // the command was stopped
    "failed", // something did not work; the text says what and where
    "confirmed", // the reading proves it
  ]),
  endpoint: z.string().nullable(),
  text: z.string(),
});
export type Fact = z.infer<typeof factShape>;

/** A failure as data, where a stream goes on after it. */
export const failureShape = z.strictObject({
  code: z.string(),
  sentence: z.string(),
  remedy: z.enum(["signIn", "trust", "retry", "none"]),
});
export type Failure = z.infer<typeof failureShape>;
