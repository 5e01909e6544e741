import type { Digests } from "../../protocol/ntlm/digests.ts";
import { ourFlags } from "../../protocol/ntlm/flags.ts";
import { SealingContext, sessionKeys } from "../../protocol/ntlm/sealingContext.ts";

/**
 * Gives, as often as it is called, a server's context that seals and a client's that opens, as after a sign-in; all
 * begin with the same keys.
 */
export function sealedPairs(digests: Digests): () => {
  readonly sender: SealingContext;
  readonly receiver: SealingContext;
} {
  const exported = Uint8Array.from({ length: 16 }, (_, index) => index * 7 + 1);
  const keys = sessionKeys(digests, exported, ourFlags(true));
  return () => ({
    sender: new SealingContext(keys, "server", digests),
    receiver: new SealingContext(keys, "client", digests),
  });
}
