import { avIds, writeAvPairs } from "./avPairs.ts";
import { utf16 } from "./bytes.ts";
import type { Digests, FileTimeNow, RandomBytes } from "./digests.ts";
import { flags, ourFlags } from "./flags.ts";
import { readNegotiate, writeChallenge } from "./messages.ts";
import { NtlmError } from "./ntlmError.ts";
import { fileTimeBytes } from "./response.ts";
import { SealingContext, sessionKeys } from "./sealingContext.ts";
import { type FoundAccount, verifyAuthenticate } from "./verifyAuthenticate.ts";

export type NtlmServerOptions = {
  /** Gives the password and the name to report for a sign-in, or null where nobody is called so. */
  readonly findAccount: (names: {
    readonly userName: string;
    readonly domainName: string;
  }) => FoundAccount | null;
  readonly computerName: string;
  readonly domainName: string;
  /** True over HTTP: SEAL, KEY_EXCH and 128 are then demanded. */
  readonly sealing: boolean;
  readonly channelBindings: Uint8Array | null;
  readonly demandChannelBinding: boolean;
  readonly digests: Digests;
  readonly random: RandomBytes;
  readonly now: FileTimeNow;
};

export type NtlmServerState =
  | { readonly kind: "new" }
  | { readonly kind: "challenged" }
  | { readonly kind: "complete"; readonly account: string; readonly context: SealingContext }
  | { readonly kind: "failed" };

/** The server side of one NTLMv2 exchange ([MS-NLMP] 3.2): receive, take the challenge, receive. */
export class NtlmServer {
  readonly #options: NtlmServerOptions;
  #negotiate: Uint8Array = new Uint8Array(0);
  #challenge: Uint8Array = new Uint8Array(0);
  #queued: Uint8Array = new Uint8Array(0);
  #state: NtlmServerState = { kind: "new" };

  constructor(options: NtlmServerOptions) {
    this.#options = options;
  }

  get state(): NtlmServerState {
    return this.#state;
  }

  /** The message to send next; empty when there is none. */
  take(): Uint8Array {
    const message = this.#queued;
    this.#queued = new Uint8Array(0);
    return message;
  }

  /** Feeds a message; a refusal throws NtlmError and ends the exchange. */
  receive(message: Uint8Array): void {
    const before = this.#state.kind;
    this.#state = { kind: "failed" };
    if (before === "new") this.#challengeFor(message);
    else if (before === "challenged") this.#complete(message);
    else throw new NtlmError("badState", `The NTLM server is ${before} and takes no further message.`);
  }

  #challengeFor(negotiate: Uint8Array): void {
    const asked = readNegotiate(negotiate).flags;
    this.#negotiate = negotiate;
    this.#challenge = writeChallenge({
      flags: ((asked & ourFlags(true)) | flags.targetInfo | flags.targetIsDomain | flags.version) >>> 0,
      targetName: this.#options.domainName,
      serverChallenge: this.#options.random(8),
      targetInfo: this.#targetInfo(),
    });
    this.#queued = this.#challenge;
    this.#state = { kind: "challenged" };
  }

  #targetInfo(): Uint8Array {
    const { computerName, domainName, now } = this.#options;
    const dnsDomain = domainName.toLowerCase();
    return writeAvPairs([
      { id: avIds.domainName, value: utf16(domainName) },
      { id: avIds.computerName, value: utf16(computerName) },
      { id: avIds.dnsDomainName, value: utf16(dnsDomain) },
      { id: avIds.dnsComputerName, value: utf16(`${computerName.toLowerCase()}.${dnsDomain}`) },
      { id: avIds.timestamp, value: fileTimeBytes(now()) },
    ]);
  }

  #complete(authenticate: Uint8Array): void {
    const { digests, findAccount, sealing, channelBindings, demandChannelBinding } = this.#options;
    const verified = verifyAuthenticate(
      { negotiate: this.#negotiate, challenge: this.#challenge, authenticate },
      { digests, findAccount, sealing, channelBindings, demandChannelBinding },
    );
    const keys = sessionKeys(digests, verified.exportedKey, verified.agreed);
    this.#state = {
      kind: "complete",
      account: verified.account,
      context: new SealingContext(keys, "server", digests),
    };
  }
}
