import { z } from "zod";
import { grantRecordShape } from "./grantShape.ts";
import { isoTime, levelShape, otherFieldsShape } from "./shapes.ts";

/** One visit of an engineer, as an endpoint listed it. */
export const sessionShape = z.strictObject({
  /** A GUID in lower case without braces, however it is spelt; anything else as printed. */
  id: z.string(),
  level: levelShape.nullable(),
  levelAsPrinted: z.string(),
  startedAt: isoTime.nullable(),
  /** Not ended by the device's own clock and words. */
  running: z.boolean(),
  /** Null while the session runs, and where its end was printed in a form that cannot be read. */
  endedAt: isoTime.nullable(),
  remoteApplication: z.string().nullable(),
  transcriptPath: z.string().nullable(),
  /** When the target forgets the transcript: 90 days after the end (published). */
  transcriptForgottenAt: isoTime.nullable(),
  other: otherFieldsShape,
  /** The endpoints that show it. */
  shownBy: z.array(z.string()).readonly(),
  /** The act of this console under which it began. */
  under: grantRecordShape.nullable(),
});
export type Session = z.infer<typeof sessionShape>;
