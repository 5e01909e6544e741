/** Where an endpoint is reached: path /wsman on this host and port. */
export type WinrmAddress = {
  readonly host: string;
  readonly port: number;
  readonly transport: "http" | "https";
};

/** `account` is `DOMAIN\user`, `user@domain` or `.\user`; the password comes out only while a proof is computed. */
export type WinrmCredential = { readonly account: string; readonly revealPassword: () => string };

/** The certificate an HTTPS endpoint showed, and what the machine's own trust says about it. */
export type ShownCertificate = {
  readonly subject: string;
  readonly issuer: string;
  /** Upper-case hexadecimal with colons. */
  readonly sha256: string;
  /** ISO 8601 in UTC, as `validTo`. */
  readonly validFrom: string;
  readonly validTo: string;
  /** The names and addresses it was issued for. */
  readonly names: readonly string[];
  /** Null where chain, dates and name are in order; else all that is wrong, in words. */
  readonly problem: string | null;
};

/** How to sign in. Basic and certificate are refused over HTTP, and are meant for lab endpoints. */
export type SignInWay =
  | { readonly kind: "negotiate" }
  | { readonly kind: "basic" }
  /** PEM texts; the credential's password opens an encrypted key. */
  | { readonly kind: "certificate"; readonly certificate: string; readonly revealKey: () => string };

export type OpenConnectionOptions = {
  /** Aborting it ends the opening; afterwards each exchange has a signal of its own. */
  readonly signal: AbortSignal;
  /** Schemes known from an earlier connection to this endpoint (`[security.scheme]` will do): skips the first probe. */
  readonly schemes?: readonly string[];
  /** The one certificate to take, by its SHA-256 (upper-case pairs with colons), whatever else is said of it. */
  readonly pinnedSha256?: string;
  /** Without a pin: decides before anything is sent. Without both, only certificates without a problem are taken. */
  readonly trust?: (certificate: ShownCertificate) => boolean;
  /** Negotiate unless said. */
  readonly signIn?: SignInWay;
  /** False only behind a TLS proxy, where the binding can never fit. True if left out. */
  readonly channelBinding?: boolean;
};

/**
 * The shape of `openConnection` (openConnection.ts), for those who take it as an argument. Over HTTPS the last sign-in
 * token travels with the first exchange, so a refused sign-in can show there as well ([MS-WSMV] 2.2.9).
 */
export type OpenConnection = (
  address: WinrmAddress,
  credential: WinrmCredential,
  options: OpenConnectionOptions,
) => Promise<WinrmConnection>;

export type WinrmReply = {
  readonly status: number;
  readonly envelope: string;
  /**
   * The endpoint's time by the Date of its answer, in milliseconds since 1970; left out where it told none. Nothing seals
   * it over HTTP.
   */
  readonly dateMs?: number;
};

/** What the sign-in of a connection rests on; shown to operators and put into diagnosis. */
export type ConnectionSecurity = {
  readonly scheme: "Negotiate" | "NTLM" | "Basic" | "Certificate";
  /** True where bodies are sealed (HTTP); over HTTPS the TLS layer protects them. */
  readonly sealed: boolean;
  readonly channelBinding: boolean;
  readonly certificate: {
    readonly subject: string;
    readonly issuer: string;
    readonly sha256: string;
    readonly validTo: string;
  } | null;
  /** How far the endpoint's clock is ahead of ours, in milliseconds; left out when its sign-in did not say. */
  readonly clockOffsetMs?: number;
  /** What the operator should be told about this protection, in words; left out where there is nothing to say. */
  readonly warning?: string;
};

/**
 * One TCP socket, one sign-in, one sealing context. Requests go one after the other; a second `exchange` waits for
 * the first. After a TransportError the connection is closed for good.
 */
export type WinrmConnection = {
  readonly security: ConnectionSecurity;
  /** False once closed or failed. */
  readonly usable: boolean;
  /**
   * Sends one envelope and gives the answer, faults included (status 500 with an envelope).
   * `firstByteMs` bounds the wait for the first byte of the answer; 30 s of silence inside a body ends it too.
   * Aborting the signal closes the socket.
   */
  exchange(
    envelope: string,
    options: {
      readonly firstByteMs: number;
      readonly signal: AbortSignal;
      /** Told when the whole request has left this process; never where it did not. */
      readonly onSent?: () => void;
    },
  ): Promise<WinrmReply>;
  close(): void;
};

export type TransportErrorCode =
  | "nameNotResolved"
  | "connectionRefused"
  | "connectTimedOut"
  | "tlsFailed"
  | "certificateUntrusted"
  | "certificateChanged"
  | "signInOverHttp"
  | "clientCertificateUnusable"
  | "schemeNotOffered"
  | "signInRefused"
  | "weakServer"
  | "badServerToken"
  | "staleContext"
  | "closedBeforeAnswer"
  | "cutInAnswer"
  | "answerTimedOut"
  | "badSeal"
  | "unsealedAnswer"
  | "notWinrm"
  | "redirected"
  | "proxyAnswered"
  | "wrongPath"
  | "unavailable"
  | "tooLarge"
  | "badHttp"
  | "cancelled";

/** A failure below the envelope. The sentence names host and port; it never holds a secret or an answer's raw text. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  readonly code: TransportErrorCode;
  /** no: the endpoint cannot have acted on the request. maybe: it may have. */
  readonly acted: "no" | "maybe";

  constructor(
    code: TransportErrorCode,
    sentence: string,
    options: { readonly acted: "no" | "maybe"; readonly cause?: unknown },
  ) {
    super(sentence, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.acted = options.acted;
  }
}
