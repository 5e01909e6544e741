import type { Digests } from "../../protocol/ntlm/digests.ts";
import { ourFlags } from "../../protocol/ntlm/flags.ts";
import { SealingContext, sessionKeys } from "../../protocol/ntlm/sealingContext.ts";

/** A server's context that seals and a client's that opens, as after a sign-in. Both begin anew with every call. */
export function sealedPair(digests: Digests): {
  readonly sender: SealingContext;
  readonly receiver: SealingContext;
} {
  const exported = Uint8Array.from({ length: 16 }, (_, index) => index * 7 + 1);
  const keys = sessionKeys(digests, exported, ourFlags(true));
  return {
    sender: new SealingContext(keys, "server", digests),
    receiver: new SealingContext(keys, "client", digests),
  };
}
