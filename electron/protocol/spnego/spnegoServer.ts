import { isNtlmMessage } from "../ntlm/fields.ts";
import type { NtlmServer } from "../ntlm/ntlmServer.ts";
import type { SealingContext } from "../ntlm/sealingContext.ts";
import { SpnegoError } from "./spnegoError.ts";
import { type InitToken, negStates, NTLMSSP, readToken, writeResponse } from "./tokens.ts";

export type SpnegoServerState =
  | { readonly kind: "new" }
  /** The client preferred another mechanism and was told to use NTLM. */
  | { readonly kind: "switched" }
  | { readonly kind: "challenged" }
  | { readonly kind: "complete"; readonly account: string; readonly context: SealingContext }
  | { readonly kind: "failed" };

/** The server side of SPNEGO around NTLM; takes bare NTLM messages too and then answers bare ([MS-SPNG] 3.3). */
export class SpnegoServer {
  readonly #ntlm: NtlmServer;
  #queued: Uint8Array = new Uint8Array(0);
  #state: SpnegoServerState = { kind: "new" };
  #bare = false;
  #micDemanded = false;
  #mechanismList: Uint8Array = new Uint8Array(0);

  constructor(ntlm: NtlmServer) {
    this.#ntlm = ntlm;
  }

  get state(): SpnegoServerState {
    return this.#state;
  }

  /** The token to send next; empty when there is none. */
  take(): Uint8Array {
    const token = this.#queued;
    this.#queued = new Uint8Array(0);
    return token;
  }

  /** Feeds a token; a refusal throws SpnegoError or NtlmError and ends the negotiation. */
  receive(token: Uint8Array): void {
    const before = this.#state.kind;
    this.#state = { kind: "failed" };
    if (before === "new") this.#first(token);
    else if (before === "switched") this.#challenge(this.#ntlmOf(token).message, false);
    else if (before === "challenged") this.#complete(token);
    else throw new SpnegoError("badState", `A token came when the negotiation was ${before}.`);
  }

  #first(token: Uint8Array): void {
    this.#bare = isNtlmMessage(token);
    if (this.#bare) return this.#challenge(token, false);
    const init = readToken(token);
    if (init.kind !== "init") throw new SpnegoError("badToken", "The first token is not a first token.");
    if (!init.mechanisms.includes(NTLMSSP))
      throw new SpnegoError("noCommonMechanism", "The client does not offer NTLM.");
    this.#mechanismList = init.mechanismList.slice();
    if (init.mechToken !== null && isNtlmMessage(init.mechToken))
      return this.#challenge(init.mechToken, true);
    this.#switch(init);
  }

  /** The preferred mechanism is none of ours: its token is dropped and a mechListMIC demanded (RFC 4178 5). */
  #switch(init: InitToken): void {
    this.#micDemanded = init.mechanisms[0] !== NTLMSSP;
    this.#queued = writeResponse({
      negState: this.#micDemanded ? negStates.requestMic : negStates.incomplete,
      namesNtlm: true,
      responseToken: null,
      mechListMic: null,
    });
    this.#state = { kind: "switched" };
  }

  #challenge(negotiate: Uint8Array, namesNtlm: boolean): void {
    this.#ntlm.receive(negotiate);
    const challenge = this.#ntlm.take();
    this.#queued = this.#bare
      ? challenge
      : writeResponse({
          negState: negStates.incomplete,
          namesNtlm,
          responseToken: challenge,
          mechListMic: null,
        });
    this.#state = { kind: "challenged" };
  }

  #complete(token: Uint8Array): void {
    const { message, mic } = this.#bare ? { message: token, mic: null } : this.#ntlmOf(token);
    this.#ntlm.receive(message);
    if (this.#ntlm.state.kind !== "complete") return;
    const { account, context } = this.#ntlm.state;
    const fits = mic === null ? !this.#micDemanded : context.verifyMechanisms(this.#mechanismList, mic);
    if (!fits) throw new SpnegoError("badMechListMic", "The client's mechListMIC is missing or wrong.");
    if (!this.#bare)
      this.#queued = writeResponse({
        negState: negStates.completed,
        namesNtlm: false,
        responseToken: null,
        mechListMic: mic === null ? null : context.signMechanisms(this.#mechanismList),
      });
    this.#state = { kind: "complete", account, context };
  }

  #ntlmOf(token: Uint8Array): { readonly message: Uint8Array; readonly mic: Uint8Array | null } {
    const response = readToken(token);
    if (response.kind !== "response" || response.responseToken === null)
      throw new SpnegoError("badToken", "A later token holds no NTLM message.");
    return { message: response.responseToken.slice(), mic: response.mechListMic };
  }
}
