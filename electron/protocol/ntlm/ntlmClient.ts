import { avIds, answeredAvPairs, avValue, readAvPairs, writeAvPairs } from "./avPairs.ts";
import { concat, textOfUtf16, utf16 } from "./bytes.ts";
import type { Digests, FileTimeNow, RandomBytes } from "./digests.ts";
import { flags, has, neededFlags, ourFlags } from "./flags.ts";
import { micOffset, readChallenge, withMic, writeAuthenticate, writeNegotiate } from "./messages.ts";
import type { ChallengeMessage } from "./messages.ts";
import { NtlmError } from "./ntlmError.ts";
import { Rc4 } from "./rc4.ts";
import {
  type AccountNames,
  fileTimeBytes,
  lmResponse,
  messageIntegrity,
  ntowfV2,
  ntProof,
  responseBlob,
} from "./response.ts";
import { SealingContext, sessionKeys } from "./sealingContext.ts";

export type NtlmClientOptions = {
  /** `DOMAIN\user`, `user@domain`, `.\user` (the endpoint's own accounts) or `user`. */
  readonly account: string;
  readonly revealPassword: () => string;
  /** The endpoint's name for the TargetName pair, without port. */
  readonly host: string;
  /** True over HTTP; false where TLS protects the bodies. */
  readonly sealing: boolean;
  /** The 16 bytes of channelBindings.ts, or null without TLS. */
  readonly channelBindings: Uint8Array | null;
  readonly digests: Digests;
  readonly random: RandomBytes;
  readonly now: FileTimeNow;
};

export type NtlmClientState =
  | { readonly kind: "new" }
  | { readonly kind: "negotiating" }
  | { readonly kind: "complete"; readonly context: SealingContext }
  | { readonly kind: "failed" };

/** The client side of one NTLMv2 exchange ([MS-NLMP] 3.1): open, take, receive the challenge, take. */
export class NtlmClient {
  readonly #options: NtlmClientOptions;
  #negotiate: Uint8Array = new Uint8Array(0);
  #queued: Uint8Array = new Uint8Array(0);
  #serverTime: Uint8Array | null = null;
  #state: NtlmClientState = { kind: "new" };

  constructor(options: NtlmClientOptions) {
    this.#options = options;
  }

  get state(): NtlmClientState {
    return this.#state;
  }

  open(): void {
    if (this.#state.kind !== "new") throw wrongState("open", this.#state.kind, "new");
    this.#negotiate = writeNegotiate({ flags: ourFlags(this.#options.sealing) });
    this.#queued = this.#negotiate;
    this.#state = { kind: "negotiating" };
  }

  /** The FILETIME that the server put into its CHALLENGE, eight bytes; null when it sent none. */
  get serverTime(): Uint8Array | null {
    return this.#serverTime;
  }

  /** The message to send next; empty when there is none. */
  take(): Uint8Array {
    const message = this.#queued;
    this.#queued = new Uint8Array(0);
    return message;
  }

  /** Feeds the CHALLENGE message; the AUTHENTICATE message is then ready. */
  receive(challenge: Uint8Array): void {
    if (this.#state.kind !== "negotiating") throw wrongState("receive", this.#state.kind, "negotiating");
    this.#state = { kind: "failed" };
    const message = readChallenge(challenge);
    checkStrength(message.flags, neededFlags(this.#options.sealing));
    const { authenticate, exportedKey, agreed } = this.#answer(message);
    const mic = messageIntegrity(this.#options.digests, exportedKey, {
      negotiate: this.#negotiate,
      challenge,
      authenticate,
    });
    this.#queued = withMic(authenticate, micOffset(authenticate, agreed), mic);
    const keys = sessionKeys(this.#options.digests, exportedKey, agreed);
    this.#state = { kind: "complete", context: new SealingContext(keys, "client", this.#options.digests) };
  }

  #answer(challenge: ChallengeMessage) {
    const { digests, random } = this.#options;
    const names = accountNames(this.#options.account, challenge);
    const key = ntowfV2(digests, this.#options.revealPassword(), names);
    const response = this.#response(challenge, key);
    const exportedKey = random(16);
    const agreed = ((challenge.flags & ourFlags(this.#options.sealing)) | flags.targetInfo) >>> 0;
    const authenticate = writeAuthenticate({
      flags: agreed,
      lmChallengeResponse: response.lm,
      ntChallengeResponse: concat(response.proof, response.blob),
      ...names,
      workstation: "",
      encryptedRandomSessionKey: new Rc4(digests.hmacMd5(key, response.proof)).apply(exportedKey),
    });
    return { authenticate, exportedKey, agreed };
  }

  #response(challenge: ChallengeMessage, key: Uint8Array) {
    const { digests, random, now, host, channelBindings } = this.#options;
    const pairs = readAvPairs(challenge.targetInfo);
    const timestamp = avValue(pairs, avIds.timestamp);
    if (timestamp !== null && timestamp.length !== 8)
      throw new NtlmError("badMessage", "The time in a CHALLENGE message is not eight bytes long.");
    this.#serverTime = timestamp;
    const client = random(8);
    const answered = answeredAvPairs(pairs, {
      targetName: utf16(`HTTP/${host}`),
      channelBindings: channelBindings ?? new Uint8Array(16),
    });
    const blob = responseBlob(timestamp ?? fileTimeBytes(now()), client, writeAvPairs(answered));
    return {
      blob,
      proof: ntProof(digests, key, challenge.serverChallenge, blob),
      lm: lmResponse(digests, key, {
        server: challenge.serverChallenge,
        client,
        serverSentTime: timestamp !== null,
      }),
    };
  }
}

/** How an account goes into the two fields: `user@domain` whole into the user name, as Windows sends it. */
export function accountNames(account: string, challenge: ChallengeMessage): AccountNames {
  const slash = account.indexOf("\\");
  if (slash < 0) return { userName: account, domainName: "" };
  const domain = account.slice(0, slash);
  const userName = account.slice(slash + 1);
  if (domain !== ".") return { userName, domainName: domain };
  const own = avValue(readAvPairs(challenge.targetInfo), avIds.computerName);
  return { userName, domainName: own === null ? "" : textOfUtf16(own) };
}

function checkStrength(offered: number, needed: number): void {
  if (has(offered, needed)) return;
  const missing = (needed & ~offered) >>> 0;
  throw new NtlmError(
    "weakServer",
    `The server does not grant the protection that is needed (missing flags 0x${missing.toString(16)}).`,
  );
}

function wrongState(action: string, state: string, allowed: string): NtlmError {
  return new NtlmError(
    "badState",
    `The NTLM client cannot ${action} when it is ${state}, only when ${allowed}.`,
  );
}
