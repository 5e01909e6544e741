import type { SignIn } from "#contract";
import { z } from "zod";

export type EndpointDraft = { readonly name: string; readonly host: string; readonly port: string };

/** What was typed, as typed. */
export type TargetDraft = {
  readonly name: string;
  readonly transport: "http" | "https";
  readonly configuration: string;
  readonly account: string;
  readonly endpoints: readonly EndpointDraft[];
  readonly signIn: SignIn["kind"];
  /** Paths, for the sign-in with a client certificate. */
  readonly certificateFile: string;
  readonly keyFile: string;
};

/** What was typed into the form of a new target, kept as long as its tab. A password is never part of it. */
export type KeptTargetDraft = {
  /** Null where nothing was typed. */
  readonly read: () => TargetDraft | null;
  readonly keep: (draft: TargetDraft) => void;
  readonly forget: () => void;
};

const draftShape: z.ZodType<TargetDraft> = z.strictObject({
  name: z.string(),
  transport: z.enum(["http", "https"]),
  configuration: z.string(),
  account: z.string(),
  endpoints: z
    .array(z.strictObject({ name: z.string(), host: z.string(), port: z.string() }))
    .min(1)
    .max(3),
  signIn: z.enum(["negotiate", "basic", "certificate"]),
  certificateFile: z.string(),
  keyFile: z.string(),
});

const storageKey = "console.newTarget";

/** In the storage of the tab. What cannot be kept, or is no draft of this build's, costs typing and nothing else. */
export function keptTargetDraft(
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">,
): KeptTargetDraft {
  return {
    read: () => {
      try {
        return draftShape.safeParse(JSON.parse(storage.getItem(storageKey) ?? "null")).data ?? null;
      } catch {
        return null;
      }
    },
    keep: (draft) => {
      try {
        storage.setItem(storageKey, JSON.stringify(draft));
      } catch {
        // Full, or switched off in this browser.
      }
    },
    forget: () => storage.removeItem(storageKey),
  };
}
