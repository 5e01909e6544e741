import { channelBindings } from "../protocol/ntlm/channelBindings.ts";
import { NtlmClient } from "../protocol/ntlm/ntlmClient.ts";
import { NtlmError } from "../protocol/ntlm/ntlmError.ts";
import type { SealingContext } from "../protocol/ntlm/sealingContext.ts";
import { SpnegoError } from "../protocol/spnego/spnegoError.ts";
import { BareClient, SpnegoClient, type TokenClient } from "../protocol/spnego/tokenClient.ts";
import { readSchemes, schemeWithToken, tokenOf } from "./authenticateHeader.ts";
import type { HttpAnswer } from "./httpAnswerReader.ts";
import type { HttpSocket } from "./httpSocket.ts";
import { nodeDigests, type SignInChance, unixTimeOf, unixTimeOfTicks } from "./nodeDigests.ts";
import { placeOf } from "./place.ts";
import { refusedAnswer } from "./refusedAnswer.ts";
import { requestHead } from "./requestHead.ts";
import { signInRefused } from "./signInRefused.ts";
import { TransportError, type WinrmAddress, type WinrmCredential } from "./winrmConnection.ts";

/** Milliseconds for each round of the sign-in, from the request to the end of the answer. */
const ROUND_MS = 10_000;

export type SignInOptions = {
  readonly address: WinrmAddress;
  readonly credential: WinrmCredential;
  /** What the endpoint offered, now or earlier. */
  readonly offered: readonly string[];
  /** DER of the TLS certificate to bind to, or null. */
  readonly bindTo: Uint8Array | null;
  readonly chance: SignInChance;
  readonly signal: AbortSignal;
};

/** Asks without signing in and gives the names of the schemes the endpoint offers. */
export async function probeSchemes(
  http: HttpSocket,
  address: WinrmAddress,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const answer = await firstAnswer(http, address, signal);
  if (answer.status === 401) return schemesOf(answer).map((scheme) => scheme.name);
  const refused = refusedAnswer(answer, placeOf(address));
  // Nothing was agreed yet that could be lost or broken, so these two say something else here.
  if (refused.code !== "staleContext" && refused.code !== "unsealedAnswer") throw refused;
  throw new TransportError(
    "notWinrm",
    `${placeOf(address)} answered a request without sign-in with ${answer.status} instead of 401. Check that address and port are those of WinRM.`,
    { acted: "no" },
  );
}

/** An HTTPS port that is asked in plain HTTP often just hangs up. */
async function firstAnswer(
  http: HttpSocket,
  address: WinrmAddress,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  try {
    return await http.exchange(emptyRequest(address, null, signal));
  } catch (cause) {
    const hungUp = cause instanceof TransportError && cause.code === "closedBeforeAnswer";
    if (!hungUp || address.transport === "https") throw cause;
    throw new TransportError(
      "closedBeforeAnswer",
      `${placeOf(address)} closed the connection without an answer. If this is its port for HTTPS (5986 usually), ` +
        "choose HTTPS for this target; else check that WinRM is running there.",
      { acted: "no", cause },
    );
  }
}

/** Negotiate, or NTLM where it is the only one of the two; never Basic, Kerberos or CredSSP by itself. */
export function chooseScheme(offered: readonly string[], place: string): "Negotiate" | "NTLM" {
  const names = offered.map((name) => name.toLowerCase());
  if (names.includes("negotiate")) return "Negotiate";
  if (names.includes("ntlm")) return "NTLM";
  const list = offered.length === 0 ? "no scheme at all" : offered.slice(0, 8).join(", ");
  throw new TransportError(
    "schemeNotOffered",
    `${place} offers ${list}.${notOurs(names)} This console signs in with Negotiate or NTLM. Allow Negotiate in its WinRM service.`,
    { acted: "no" },
  );
}

/** What the endpoint offers and this console does not speak, by name. */
function notOurs(names: readonly string[]): string {
  if (names.includes("kerberos"))
    return " Kerberos is not offered by this console: NTLM inside Negotiate is used in its place.";
  return names.includes("credssp")
    ? " CredSSP is not offered by this console: it would hand the password itself to the endpoint."
    : "";
}

/** The sign-in of one connection: after `start`, `lastToken` completes it, alone or together with a first request. */
export class SignIn {
  readonly #http: HttpSocket;
  readonly #options: SignInOptions;
  readonly #ntlm: NtlmClient;
  readonly #tokens: TokenClient;
  readonly #place: string;
  readonly scheme: "Negotiate" | "NTLM";
  #clockOffsetMs: number | null = null;

  constructor(http: HttpSocket, options: SignInOptions) {
    this.#http = http;
    this.#options = options;
    this.#place = placeOf(options.address);
    this.scheme = chooseScheme(options.offered, this.#place);
    this.#ntlm = new NtlmClient({
      ...options.credential,
      host: options.address.host,
      sealing: options.address.transport === "http",
      channelBindings: options.bindTo === null ? null : channelBindings(options.bindTo, nodeDigests),
      digests: nodeDigests,
      ...options.chance,
    });
    this.#tokens = this.scheme === "Negotiate" ? new SpnegoClient(this.#ntlm) : new BareClient(this.#ntlm);
  }

  /** The first two tokens; gives the Authorization header of the third. */
  async start(): Promise<string> {
    this.#tokens.open();
    const answer = await this.#http.exchange(this.#request(this.#header()));
    const token = tokenOf(schemesOf(answer), this.scheme);
    if (answer.status !== 401) throw refusedAnswer(answer, this.#place);
    if (token === null) throw this.#refused(answer, "first");
    this.#receive(token);
    const { serverTime } = this.#ntlm;
    this.#clockOffsetMs =
      serverTime === null ? null : unixTimeOf(serverTime) - unixTimeOfTicks(this.#options.chance.now());
    return this.#header();
  }

  /** How far the server's clock is ahead of ours (milliseconds), told by its CHALLENGE; null when it did not say. */
  get clockOffsetMs(): number | null {
    return this.#clockOffsetMs;
  }

  /** The third token on an empty request. */
  async finish(authorization: string): Promise<SealingContext> {
    const answer = await this.#http.exchange(this.#request(authorization));
    if (answer.status !== 200 && answer.status !== 401) throw refusedAnswer(answer, this.#place);
    return this.accept(answer);
  }

  /** Judges the answer to the request that carried the third token. */
  accept(answer: HttpAnswer): SealingContext {
    if (answer.status === 401) throw this.#refused(answer, "last");
    const token = tokenOf(schemesOf(answer), this.scheme);
    if (token === null) this.#judged(() => this.#tokens.finish());
    else this.#receive(token);
    const state = this.#tokens.state;
    if (state.kind === "complete") return state.context;
    throw new TransportError("badServerToken", `The sign-in to ${this.#place} did not complete.`, {
      acted: "maybe",
    });
  }

  #request(authorization: string) {
    return emptyRequest(this.#options.address, authorization, this.#options.signal);
  }

  #header(): string {
    return schemeWithToken(this.scheme, this.#tokens.take());
  }

  #receive(token: Uint8Array): void {
    this.#judged(() => this.#tokens.receive(token));
  }

  #judged(act: () => void): void {
    try {
      act();
    } catch (cause) {
      throw this.#tokenError(cause);
    }
  }

  #tokenError(cause: unknown): unknown {
    const known = cause instanceof NtlmError || cause instanceof SpnegoError;
    if (!known) return cause;
    const weak = cause.code === "weakServer";
    const advice = weak
      ? "Its NTLM settings must allow 128-bit session security."
      : "Something between here and the endpoint may change the sign-in.";
    return new TransportError(
      weak ? "weakServer" : "badServerToken",
      `The sign-in answer of ${this.#place} is refused: ${cause.message} ${advice}`,
      { acted: "maybe", cause },
    );
  }

  /** What was offered to an earlier connection may no longer be: the refusal itself says what is. */
  #offeredBy(answer: HttpAnswer, token: "first" | "last"): readonly string[] {
    const now = schemesOf(answer).map((scheme) => scheme.name);
    return token === "first" && now.length > 0 ? now : [...new Set([...this.#options.offered, ...now])];
  }

  #refused(answer: HttpAnswer, token: "first" | "last"): TransportError {
    return signInRefused({
      place: this.#place,
      offered: this.#offeredBy(answer, token),
      scheme: this.scheme,
      token,
      account: this.#options.credential.account,
      tls: this.#options.address.transport === "https",
      bound: this.#options.bindTo !== null,
    });
  }
}

function schemesOf(answer: HttpAnswer) {
  return readSchemes(answer.headers.get("www-authenticate") ?? []);
}

function emptyRequest(address: WinrmAddress, authorization: string | null, signal: AbortSignal) {
  return {
    head: requestHead(address, { authorization, contentType: null, length: 0 }),
    body: new Uint8Array(0),
    firstByteMs: ROUND_MS,
    wholeMs: ROUND_MS,
    signal,
  };
}
