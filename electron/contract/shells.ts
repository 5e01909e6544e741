import { z } from "zod";
import { failureShape, isoTime, oneTarget } from "./shapes.ts";

/**
 * Who began a shell: a console of this data folder that still runs, one that runs no more, or any other client (another
 * machine, another data folder, other software).
 */
export const shellOrigins = ["thisConsole", "leftByConsole", "otherClient"] as const;

/** A shell of the account that is signed in, as its endpoint tells of it. What it does not tell is null. */
export const openShellShape = z.strictObject({
  endpoint: z.string(),
  shellId: z.string(),
  /** The session configuration it was opened with. */
  configuration: z.string().nullable(),
  owner: z.string().nullable(),
  clientIp: z.string().nullable(),
  ageSeconds: z.int().min(0).nullable(),
  /** How long nobody used it. */
  idleSeconds: z.int().min(0).nullable(),
  /** As it was printed. */
  state: z.string().nullable(),
  origin: z.enum(shellOrigins),
});
export type OpenShell = z.infer<typeof openShellShape>;

/** All shells of the endpoints that gave their list, and why the others did not. */
export const shellsReadingShape = z.strictObject({
  shells: z.array(openShellShape).readonly(),
  failures: z.array(z.strictObject({ endpoint: z.string(), failure: failureShape })).readonly(),
  readAt: isoTime,
});
export type ShellsReading = z.infer<typeof shellsReadingShape>;

export const endShellsRequestShape = z.strictObject({
  ...oneTarget.shape,
  endpointName: z.string().min(1).max(64),
  shellIds: z.array(z.string().min(1).max(200)).min(1).max(200).readonly(),
  /** The explicit word to end what other clients use. Without it, nothing is ended where one of theirs is among them. */
  othersToo: z.boolean(),
});
export type EndShellsRequest = z.infer<typeof endShellsRequestShape>;

export const endedShellsShape = z.strictObject({
  ended: z.array(z.string()).readonly(),
  failures: z.array(z.strictObject({ shellId: z.string(), failure: failureShape })).readonly(),
});
export type EndedShells = z.infer<typeof endedShellsShape>;
