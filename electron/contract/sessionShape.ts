import { z } from "zod";
import { isoTime, levelShape, otherFieldsShape } from "./shapes.ts";

/** One visit of an engineer, as an endpoint listed it. */
export const sessionShape = z.strictObject({
  id: z.string(),
  level: levelShape.nullable(),
  levelAsPrinted: z.string(),
  startedAt: isoTime.nullable(),
  /** Null while the session runs. */
  endedAt: isoTime.nullable(),
  remoteApplication: z.string().nullable(),
  transcriptPath: z.string().nullable(),
  /** When the target forgets the transcript: 90 days after the end (published). */
  transcriptForgottenAt: isoTime.nullable(),
  other: otherFieldsShape,
});
export type Session = z.infer<typeof sessionShape>;
