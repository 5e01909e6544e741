import { z } from "zod";
import { request } from "./kit/operation.ts";

/** What the surroundings can do. The page asks for abilities, never for "is this Electron". */
export const hostDescriptionShape = z.strictObject({
  host: z.enum(["desktop", "serve", "cli"]),
  version: z.string(),
  canSaveFile: z.boolean(),
  canNotify: z.boolean(),
  canOpenExternal: z.boolean(),
  /** True when a practice stamp can be started here. */
  canPractise: z.boolean(),
  /** The name the operating system knows the person by; a suggestion for the operator's name. */
  suggestedOperator: z.string(),
  /** How the same is done from a shell. */
  shell: z.strictObject({
    /** What `--data` must say so that the command line works in the same data folder; null where it need not. */
    data: z.string().nullable(),
    /** A line for each kind of shell that makes `rsc` a command there; null where this copy has no command line. */
    rsc: z.strictObject({ bash: z.string(), powershell: z.string() }).nullable(),
  }),
});
export type HostDescription = z.infer<typeof hostDescriptionShape>;

export const host = {
  describe: request({ input: z.strictObject({}), output: hostDescriptionShape }),
};
