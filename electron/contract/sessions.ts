import { z } from "zod";
import { request, stream } from "./kit/operation.ts";
import { endpointReadingShape } from "./endpointReading.ts";
import { sessionShape } from "./sessionShape.ts";
import { failureShape, isoTime, oneTarget } from "./shapes.ts";

export const sessionsReadingShape = z.strictObject({
  sessions: z.array(sessionShape).readonly(),
  endpoint: z.string(),
  readAt: isoTime,
  /** What each endpoint of the target showed, and which were not read. */
  endpoints: z.array(endpointReadingShape).readonly(),
});
export type SessionsReading = z.infer<typeof sessionsReadingShape>;

/** A reading when there is one, and what stands in the way of a newer one. */
export const sessionsWatchShape = z.strictObject({
  reading: sessionsReadingShape.nullable(),
  trouble: failureShape.nullable(),
});

const since = z.strictObject({
  ...oneTarget.shape,
  /** The first instant of interest; null: all the target still knows (90 days). */ from: isoTime.nullable(),
});

export const sessions = {
  list: request({ input: since, output: sessionsReadingShape }),
  /** Read again and again; faster while someone is inside. */
  watch: stream({ input: since, output: sessionsWatchShape }),
};
