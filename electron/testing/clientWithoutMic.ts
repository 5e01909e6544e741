import { readAvPairs, writeAvPairs } from "../protocol/ntlm/avPairs.ts";
import type { AvPair } from "../protocol/ntlm/avPairs.ts";
import { concat } from "../protocol/ntlm/bytes.ts";
import { flags, has } from "../protocol/ntlm/flags.ts";
import { readChallenge, writeAuthenticate, writeNegotiate } from "../protocol/ntlm/messages.ts";
import { Rc4 } from "../protocol/ntlm/rc4.ts";
import { ntowfV2, ntProof, responseBlob } from "../protocol/ntlm/response.ts";
import { SealingContext, sessionKeys } from "../protocol/ntlm/sealingContext.ts";
import { digests } from "./signInSupport.ts";

/** All that rubyntlm and gss-ntlmssp ask for; go-ntlmssp asks for `unprotected` over TLS. */
export const protectedFlags = 0xe2088235;
export const unprotectedFlags = 0xa0888201;

/** A client that copies the server's AV pairs as they are, sends a time of its own and knows of no MIC. */
export class ClientWithoutMic {
  readonly #names: { readonly userName: string; readonly domainName: string };
  readonly #password: string;
  readonly #flags: number;
  readonly #more: readonly AvPair[];
  #queued = new Uint8Array();
  #context: SealingContext | null = null;

  constructor(account: string, password: string, asked = protectedFlags, more: readonly AvPair[] = []) {
    const [domainName = "", userName = ""] = account.split("\\");
    this.#names = { userName, domainName };
    this.#password = password;
    this.#flags = asked;
    this.#more = more;
  }

  get state(): { readonly kind: "new" } | { readonly kind: "complete"; readonly context: SealingContext } {
    return this.#context === null ? { kind: "new" } : { kind: "complete", context: this.#context };
  }

  open(): void {
    this.#queued = Uint8Array.from(writeNegotiate({ flags: this.#flags }));
  }

  take(): Uint8Array {
    return this.#queued;
  }

  receive(message: Uint8Array): void {
    const { serverChallenge, targetInfo } = readChallenge(message);
    const pairs = writeAvPairs([...readAvPairs(targetInfo), ...this.#more]);
    const key = ntowfV2(digests, this.#password, this.#names);
    const blob = responseBlob(new Uint8Array(8), new Uint8Array(8).fill(0xaa), pairs);
    const proof = ntProof(digests, key, serverChallenge, blob);
    const keyExchangeKey = digests.hmacMd5(key, proof);
    const exchanges = has(this.#flags, flags.keyExchange);
    const exportedKey = exchanges ? new Uint8Array(16).fill(0x55) : keyExchangeKey;
    this.#queued = Uint8Array.from(
      writeAuthenticate({
        ...this.#names,
        flags: this.#flags,
        lmChallengeResponse: new Uint8Array(24),
        ntChallengeResponse: concat(proof, blob),
        workstation: "",
        encryptedRandomSessionKey: exchanges ? new Rc4(keyExchangeKey).apply(exportedKey) : new Uint8Array(),
      }),
    );
    const keys = sessionKeys(digests, exportedKey, this.#flags);
    this.#context = new SealingContext(keys, "client", digests);
  }
}
