import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { NtlmError } from "../protocol/ntlm/ntlmError.ts";
import type { SealingContext } from "../protocol/ntlm/sealingContext.ts";
import { announcesSealing, openBody, SealedBodyError } from "../protocol/sealing/sealedBody.ts";
import { readRequestBody } from "./readRequestBody.ts";
import { LARGEST_BODY, statusOfHead } from "./statusOfHead.ts";
import { refuse, sendReply } from "./sendReply.ts";
import type { ServerSignIn, SignInStep } from "./serverSignIn.ts";
import type { WinrmListenerOptions } from "./winrmListener.ts";

const LARGEST_BEFORE_SIGN_IN = 64 * 1024;

/** The sign-in of this socket, as far as a conversation needs it. */
export type SocketSignIn = Pick<ServerSignIn, "receive" | "signedIn">;

type Opened =
  | { readonly kind: "envelope"; readonly envelope: string; readonly sealed: boolean }
  | { readonly kind: "bad"; readonly status: number };

/** Everything said on one socket: its sign-in, its keys, and its requests one after the other. */
export class ServerConversation {
  readonly #options: WinrmListenerOptions;
  readonly #signIn: SocketSignIn;
  readonly #id = randomUUID();
  readonly #onEnvelope: () => void;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: WinrmListenerOptions, signIn: SocketSignIn, onEnvelope: () => void) {
    this.#options = options;
    this.#signIn = signIn;
    this.#onEnvelope = onEnvelope;
  }

  get signedIn(): boolean {
    return this.#signIn.signedIn !== null;
  }

  /** Takes a request; pipelined ones wait, because keys and answers have one order. */
  receive(request: IncomingMessage, response: ServerResponse): void {
    this.#turn = this.#turn
      .then(() => this.#serve(request, response))
      .catch(() => {
        // The handler failed: as with WinRM, an empty 500 says so, and the connection ends.
        refuse(response, 500, { close: true });
      });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const status = statusOfHead(request);
    if (status !== null) return refuse(response, status, { close: true });
    const authorization = request.headers.authorization;
    const step = authorization === undefined ? null : this.#signIn.receive(authorization);
    const body = await readRequestBody(request, this.signedIn ? LARGEST_BODY : LARGEST_BEFORE_SIGN_IN);
    if (body === null) return refuse(response, 413, { close: true });
    if (!this.signedIn) return this.#answerUnauthenticated(request, response, { body, step });
    const finalToken = step?.kind === "signedIn" ? step.challenge : null;
    if (finalToken !== null) response.setHeader("WWW-Authenticate", finalToken);
    if (body.length === 0) return step === null ? refuse(response, 500, {}) : refuse(response, 200, {});
    await this.#answer(request, response, body);
  }

  #answerUnauthenticated(
    request: IncomingMessage,
    response: ServerResponse,
    { body, step }: { readonly body: Uint8Array; readonly step: SignInStep | null },
  ): void {
    const asksForNone = step === null && request.headers["wsmanidentify"] === "unauthenticated";
    const envelope = asksForNone ? this.#options.onUnauthenticated?.(new TextDecoder().decode(body)) : null;
    if (envelope == null) return this.#challenge(response, step);
    sendReply(response, { kind: "envelope", status: 200, envelope }, null);
  }

  #challenge(response: ServerResponse, step: SignInStep | null): void {
    const challenge = step?.kind === "goOn" ? step.challenge : schemesOffered(this.#options);
    response.setHeader("WWW-Authenticate", challenge);
    refuse(response, 401, {});
  }

  async #answer(request: IncomingMessage, response: ServerResponse, body: Uint8Array): Promise<void> {
    const signedIn = this.#signIn.signedIn;
    if (signedIn === null) return refuse(response, 401, {});
    const opened = this.#open(signedIn.context, body, request.headers["content-type"] ?? null);
    if (opened.kind === "bad") return refuse(response, opened.status, { close: opened.status === 400 });
    this.#onEnvelope();
    const gone = new AbortController();
    response.once("close", () => {
      if (!response.writableFinished) gone.abort();
    });
    const reply = await this.#options.onRequest({
      envelope: opened.envelope,
      account: signedIn.account,
      connectionId: this.#id,
      path: request.url ?? "/wsman",
      clientAddress: request.socket.remoteAddress ?? "",
      signal: gone.signal,
    });
    if (!gone.signal.aborted) sendReply(response, reply, opened.sealed ? signedIn.context : null);
  }

  /** Unsealed over HTTP: 500, empty. Damaged: 400, and the keys are lost. */
  #open(context: SealingContext | null, body: Uint8Array, contentType: string | null): Opened {
    try {
      // Over HTTPS a client may seal all the same, and is then answered sealed.
      const sealed = context !== null && (this.#options.tls === undefined || announcesSealing(contentType));
      const plain = sealed ? openBody(context, body, contentType) : body;
      return { kind: "envelope", envelope: new TextDecoder("utf-8", { fatal: true }).decode(plain), sealed };
    } catch (cause) {
      const unsealed = cause instanceof SealedBodyError && cause.code === "notSealed";
      const known =
        cause instanceof SealedBodyError || cause instanceof NtlmError || cause instanceof TypeError;
      if (!known) throw cause;
      return { kind: "bad", status: unsealed ? 500 : 400 };
    }
  }
}

/** The values of WWW-Authenticate; Basic names its realm as WinRM does. */
function schemesOffered({ schemes = ["Negotiate"] }: WinrmListenerOptions): string[] {
  return schemes.map((name) => (name === "Basic" ? 'Basic realm="WSMAN"' : name));
}
