import { z } from "zod";
import { failureShape, isoTime } from "./shapes.ts";

/** What one endpoint showed when it was asked last. The counts are null where it could not be read. */
export const endpointReadingShape = z.strictObject({
  endpoint: z.string(),
  readAt: isoTime.nullable(),
  activeGrants: z.int().nullable(),
  liveSessions: z.int().nullable(),
  /** What it printed that nobody understood, as printed, secrets hidden. A reading that has any proves nothing. */
  notUnderstood: z.array(z.string()).readonly(),
  failure: failureShape.nullable(),
});
export type EndpointReading = z.infer<typeof endpointReadingShape>;
