import { z } from "zod";

const filePath = z
  .string()
  .min(1)
  .max(1024)
  .regex(/^[^\p{Cc}]+$/u, "no control characters");

/**
 * How the console signs in. Negotiate (NTLM) is the way of every privileged endpoint. Basic and client certificates are
 * for lab endpoints, and over HTTPS only. A key stays in its file: only its path is kept.
 */
export const signInShape = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("negotiate") }),
  z.strictObject({ kind: z.literal("basic") }),
  z.strictObject({
    kind: z.literal("certificate"),
    /** PEM files of the machine that runs the console. */
    certificateFile: filePath,
    keyFile: filePath,
  }),
]);
export type SignIn = z.infer<typeof signInShape>;

export const usualSignIn: SignIn = { kind: "negotiate" };

/** True when this way may be used over this transport: a password or a certificate never travels without TLS. */
export function mayTravel(target: {
  readonly transport: "http" | "https";
  readonly signIn: SignIn;
}): boolean {
  return target.transport === "https" || target.signIn.kind === "negotiate";
}
