import { z } from "zod";
import { errorCodes } from "#contract";

/* What travels over a channel. Every frame has the id that the caller gave its call. */

const id = z.int().min(0);

/** The first frame of each side; a page of another build is refused in words. */
export const helloShape = z.strictObject({ kind: z.literal("hello"), id: z.literal(0), version: z.string() });

/** Ends a request or leaves a stream: both are the same wish. */
export const cancelShape = z.strictObject({ kind: z.literal("cancel"), id });

export const callShape = z.strictObject({
  kind: z.literal("call"),
  id,
  operation: z.string().max(100),
  input: z.unknown().optional(),
});

/** Caller to console. */
export const callerFrameShape = z.discriminatedUnion("kind", [helloShape, callShape, cancelShape]);
export type CallerFrame = z.infer<typeof callerFrameShape>;

/** Console to caller. `item` is a snapshot of a stream; `done` ends a stream with null or a request with its answer. */
export const consoleFrameShape = z.discriminatedUnion("kind", [
  helloShape,
  z.strictObject({ kind: z.literal("item"), id, value: z.unknown().optional() }),
  z.strictObject({ kind: z.literal("done"), id, value: z.unknown().optional() }),
  z.strictObject({
    kind: z.literal("fail"),
    id,
    code: z.enum(errorCodes),
    sentence: z.string(),
    remedy: z.enum(["signIn", "trust", "retry", "none"]),
  }),
]);
export type ConsoleFrame = z.infer<typeof consoleFrameShape>;
