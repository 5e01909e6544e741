import type { NtlmClient } from "../ntlm/ntlmClient.ts";
import type { SealingContext } from "../ntlm/sealingContext.ts";
import { negStates, NTLMSSP, OUR_MECHANISMS, readToken, writeInit, writeResponse } from "./tokens.ts";
import { SpnegoError } from "./spnegoError.ts";

export type TokenClientState =
  | { readonly kind: "new" }
  | { readonly kind: "negotiating" }
  /** The last token is ready or sent; the context may already seal the request that carries it. */
  | { readonly kind: "answered"; readonly context: SealingContext }
  | { readonly kind: "complete"; readonly context: SealingContext }
  | { readonly kind: "failed" };

/** What carries NTLM through HTTP: SPNEGO for `Negotiate`, bare messages for `NTLM`. */
export type TokenClient = {
  readonly state: TokenClientState;
  open(): void;
  /** The token to send next; empty when there is none. */
  take(): Uint8Array;
  /** Feeds a token of the server. */
  receive(token: Uint8Array): void;
  /** The server has let us in, and this was its last word. */
  finish(): void;
};

/** The client side of SPNEGO around NTLM ([MS-SPNG] 3.2, RFC 4178), with mechListMIC both ways. */
export class SpnegoClient implements TokenClient {
  readonly #ntlm: NtlmClient;
  #queued: Uint8Array = new Uint8Array(0);
  #state: TokenClientState = { kind: "new" };
  #micDemanded = false;

  constructor(ntlm: NtlmClient) {
    this.#ntlm = ntlm;
  }

  get state(): TokenClientState {
    return this.#state;
  }

  open(): void {
    this.#ntlm.open();
    this.#queued = writeInit(this.#ntlm.take());
    this.#state = { kind: "negotiating" };
  }

  take(): Uint8Array {
    const token = this.#queued;
    this.#queued = new Uint8Array(0);
    return token;
  }

  receive(token: Uint8Array): void {
    const before = this.#state;
    this.#state = { kind: "failed" };
    const message = readToken(token);
    if (message.kind !== "response")
      throw new SpnegoError("badToken", "The server sent a first token where an answer was due.");
    if (message.negState === negStates.reject)
      throw new SpnegoError("rejected", "The server rejected the negotiation.");
    if (before.kind === "negotiating") this.#answer(message);
    else if (before.kind === "answered") this.#complete(before.context, message.mechListMic);
    else throw new SpnegoError("badState", `A token came when the negotiation was ${before.kind}.`);
  }

  finish(): void {
    if (this.#state.kind === "answered") this.#complete(this.#state.context, null);
    else if (this.#state.kind !== "complete")
      throw new SpnegoError("badState", `The negotiation cannot finish when it is ${this.#state.kind}.`);
  }

  #answer(message: {
    readonly negState: number | null;
    readonly supportedMech: string | null;
    readonly responseToken: Uint8Array | null;
  }): void {
    if (message.supportedMech !== null && message.supportedMech !== NTLMSSP)
      throw new SpnegoError("noCommonMechanism", "The server chose a mechanism that was not offered.");
    if (message.responseToken === null)
      throw new SpnegoError("badToken", "The server's answer holds no CHALLENGE message.");
    this.#micDemanded = message.negState === negStates.requestMic;
    this.#ntlm.receive(message.responseToken);
    if (this.#ntlm.state.kind !== "complete") return;
    const context = this.#ntlm.state.context;
    this.#queued = writeResponse({
      negState: negStates.incomplete,
      namesNtlm: false,
      responseToken: this.#ntlm.take(),
      mechListMic: context.signMechanisms(OUR_MECHANISMS),
    });
    this.#state = { kind: "answered", context };
  }

  #complete(context: SealingContext, mic: Uint8Array | null): void {
    this.#state = { kind: "failed" };
    const fits = mic === null ? !this.#micDemanded : context.verifyMechanisms(OUR_MECHANISMS, mic);
    if (!fits) throw new SpnegoError("badMechListMic", "The server's mechListMIC is missing or wrong.");
    this.#state = { kind: "complete", context };
  }
}

/** NTLM without SPNEGO, for the scheme `NTLM`. */
export class BareClient implements TokenClient {
  readonly #ntlm: NtlmClient;
  #finished = false;

  constructor(ntlm: NtlmClient) {
    this.#ntlm = ntlm;
  }

  get state(): TokenClientState {
    const inner = this.#ntlm.state;
    if (inner.kind !== "complete") return inner;
    return { kind: this.#finished ? "complete" : "answered", context: inner.context };
  }

  open(): void {
    this.#ntlm.open();
  }

  take(): Uint8Array {
    return this.#ntlm.take();
  }

  receive(token: Uint8Array): void {
    this.#ntlm.receive(token);
  }

  finish(): void {
    if (this.state.kind !== "answered" && this.state.kind !== "complete")
      throw new SpnegoError("badState", `The negotiation cannot finish when it is ${this.state.kind}.`);
    this.#finished = true;
  }
}
