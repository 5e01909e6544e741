import { NtlmError } from "../protocol/ntlm/ntlmError.ts";
import type { SealingContext } from "../protocol/ntlm/sealingContext.ts";
import {
  announcesSealing,
  openBody,
  PLAIN_CONTENT_TYPE,
  SEALED_CONTENT_TYPE,
  sealBody,
  SealedBodyError,
} from "../protocol/sealing/sealedBody.ts";
import type { HttpAnswer } from "./httpAnswerReader.ts";
import { closedConnection, type HttpSocket, stoppedBeforeSending } from "./httpSocket.ts";
import { placeOf } from "./place.ts";
import { refusedAnswer } from "./refusedAnswer.ts";
import { requestHead } from "./requestHead.ts";
import type { SignIn } from "./signIn.ts";
import {
  type ConnectionSecurity,
  TransportError,
  type WinrmAddress,
  type WinrmConnection,
  type WinrmReply,
} from "./winrmConnection.ts";

/**
 * How bodies are protected: sealed, or by TLS, where the last sign-in token may still have to travel, or where every
 * request carries its proof (lab endpoints).
 */
export type Protection =
  | { readonly kind: "sealed"; readonly context: SealingContext }
  | { readonly kind: "tls"; readonly signIn: SignIn; readonly authorization: string }
  | {
      readonly kind: "everyRequest";
      readonly authorization: () => string;
      /** What an answer says that refuses the proof; null for any other. */
      readonly refused: (answer: HttpAnswer) => TransportError | null;
    };

type ExchangeOptions = Parameters<WinrmConnection["exchange"]>[1];

/** A connection that is signed in, or over HTTPS will be with its first exchange. */
export class SignedInConnection implements WinrmConnection {
  readonly security: ConnectionSecurity;
  readonly #http: HttpSocket;
  readonly #address: WinrmAddress;
  readonly #place: string;
  readonly #protection: Protection;
  /** The Authorization header that still has to be sent, over HTTPS only. */
  #authorization: string | null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(setting: {
    readonly http: HttpSocket;
    readonly address: WinrmAddress;
    readonly security: ConnectionSecurity;
    readonly protection: Protection;
  }) {
    this.#http = setting.http;
    this.#address = setting.address;
    this.#place = placeOf(setting.address);
    this.security = setting.security;
    this.#protection = setting.protection;
    this.#authorization = setting.protection.kind === "tls" ? setting.protection.authorization : null;
  }

  get usable(): boolean {
    return this.#http.usable;
  }

  close(): void {
    this.#http.close();
  }

  async exchange(envelope: string, options: ExchangeOptions): Promise<WinrmReply> {
    const { promise: stopped, reject } = Promise.withResolvers<never>();
    const onAbort = (): void => reject(stoppedBeforeSending(this.#place));
    options.signal.addEventListener("abort", onAbort, { once: true });
    if (options.signal.aborted) onAbort();
    const mine = this.#turn.then(async () => {
      // From here on the socket itself listens to the signal; one stopped before has sent nothing.
      options.signal.removeEventListener("abort", onAbort);
      if (options.signal.aborted) throw stoppedBeforeSending(this.#place);
      return await this.#exchangeNow(envelope, options);
    });
    // The next one waits for the end of this one, whatever it is.
    this.#turn = mine.catch(() => undefined);
    return await Promise.race([mine, stopped]);
  }

  async #exchangeNow(envelope: string, options: ExchangeOptions): Promise<WinrmReply> {
    try {
      const answer = await this.#send(new TextEncoder().encode(envelope), options);
      const date = dateOf(answer);
      return { ...this.#read(answer), ...(date === null ? {} : { dateMs: date }) };
    } catch (cause) {
      this.close();
      throw cause;
    }
  }

  async #send(plain: Uint8Array, options: ExchangeOptions): Promise<HttpAnswer> {
    // Sealing moves the keys on, so nothing is sealed for a connection that cannot send it.
    if (!this.usable) throw closedConnection(this.#place);
    const sealed = this.#protection.kind === "sealed";
    const body = this.#protection.kind === "sealed" ? sealBody(this.#protection.context, plain) : plain;
    const head = requestHead(this.#address, {
      authorization:
        this.#protection.kind === "everyRequest" ? this.#protection.authorization() : this.#authorization,
      contentType: sealed ? SEALED_CONTENT_TYPE : PLAIN_CONTENT_TYPE,
      length: body.length,
    });
    return await this.#http.exchange({ head, body, ...options });
  }

  #read(answer: HttpAnswer): WinrmReply {
    const contentType = answer.headers.get("content-type")?.[0] ?? null;
    if (this.#protection.kind === "sealed")
      return this.#readSealed(answer, contentType, this.#protection.context);
    this.#judgeSignIn(answer, this.#protection);
    const isEnvelope = contentType !== null && /^application\/soap\+xml\b/i.test(contentType);
    if (!isEnvelope || answer.body.length === 0) throw refusedAnswer(answer, this.#place);
    return { status: answer.status, envelope: this.#text(answer.body) };
  }

  #judgeSignIn(answer: HttpAnswer, protection: Exclude<Protection, { readonly kind: "sealed" }>): void {
    if (protection.kind === "everyRequest") {
      const refused = protection.refused(answer);
      if (refused !== null) throw refused;
    } else if (this.#authorization !== null) {
      this.#authorization = null;
      protection.signIn.accept(answer);
    }
  }

  #readSealed(answer: HttpAnswer, contentType: string | null, context: SealingContext): WinrmReply {
    if (!announcesSealing(contentType)) throw refusedAnswer(answer, this.#place);
    try {
      return { status: answer.status, envelope: this.#text(openBody(context, answer.body, contentType)) };
    } catch (cause) {
      if (!(cause instanceof NtlmError) && !(cause instanceof SealedBodyError)) throw cause;
      throw new TransportError(
        "badSeal",
        `The answer of ${this.#place} is damaged or was changed on its way: ${cause.message} ` +
          "Connect again and read the state anew.",
        { acted: "maybe", cause },
      );
    }
  }

  #text(bytes: Uint8Array): string {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch (cause) {
      throw new TransportError("badHttp", `The answer of ${this.#place} is not UTF-8 text. Connect again.`, {
        acted: "maybe",
        cause,
      });
    }
  }
}

/** The one form in which a server may write it (RFC 9110 5.6.7); null for any other, and for more than one. */
function dateOf({ headers }: HttpAnswer): number | null {
  const [text = "", ...more] = headers.get("date") ?? [];
  if (more.length > 0 || !/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text))
    return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
