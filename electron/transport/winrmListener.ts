import type { SignInChance } from "./nodeDigests.ts";

/** One opened request as the server side sees it: signed in, unsealed, not yet parsed. */
export type WinrmServerRequest = {
  readonly envelope: string;
  /** `DOMAIN\user` as the account list spells it. */
  readonly account: string;
  /** Names the connection; new for every socket. */
  readonly connectionId: string;
  /** The path with its query, such as `/wsman?PSVersion=5.1`. */
  readonly path: string;
  /** The peer's address. */
  readonly clientAddress: string;
  /** Aborted when the socket closes before the answer is out. */
  readonly signal: AbortSignal;
};

/** What to send back: an envelope (sealed on HTTP), or, for rehearsed faults, something that is no proper answer. */
export type WinrmServerReply =
  | { readonly kind: "envelope"; readonly status: number; readonly envelope: string }
  | {
      readonly kind: "raw";
      readonly status: number;
      readonly contentType: string | null;
      readonly body: Uint8Array;
    }
  /** Cut the socket after that many bytes of the answer (0: before any). */
  | { readonly kind: "cut"; readonly afterBytes: number; readonly envelope: string }
  /** A sealed answer with one bit of its signature changed. */
  | { readonly kind: "badSignature"; readonly envelope: string }
  /** A sealed answer whose number skips one, as if an answer before it had been swallowed. */
  | { readonly kind: "wrongSequence"; readonly envelope: string };

export type ServerAccount = {
  readonly domain: string;
  readonly user: string;
  readonly revealPassword: () => string;
};

export type WinrmListenerOptions = {
  /** Loopback unless the caller has a reason. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly accounts: readonly ServerAccount[];
  /** NetBIOS and DNS names for the CHALLENGE. */
  readonly computerName: string;
  readonly domainName: string;
  readonly tls?: {
    readonly key: string;
    readonly certificate: string;
    readonly demandChannelBinding: boolean;
    /** Client certificates by their SHA-256 (upper-case pairs with colons), and the account each stands for. */
    readonly clientCertificates?: ReadonlyMap<string, string>;
  };
  readonly onRequest: (request: WinrmServerRequest) => Promise<WinrmServerReply>;
  /**
   * Schemes named in the 401. Negotiate and NTLM are always understood, Basic only where it stands here, and over TLS.
   * Negotiate alone if left out.
   */
  readonly schemes?: readonly ("Negotiate" | "NTLM" | "Basic" | "Kerberos")[];
  /**
   * Answers a request that says that it will not be signed in (`WSMANIDENTIFY: unauthenticated`) with an envelope, or
   * with null where it has to be.
   */
  readonly onUnauthenticated?: (envelope: string) => string | null;
  /** What its sign-ins draw; cryptographic chance unless a test brings its own. */
  readonly chance?: SignInChance;
  /** What its answers are dated by; the machine's clock if left out. */
  readonly today?: () => Date;
  /** Called for every sign-in that was refused (no secret in it). */
  readonly onRefusedSignIn?: (fact: { readonly account: string; readonly because: string }) => void;
};

export type WinrmListener = {
  readonly port: number;
  /** Requests with an envelope, and HTTP requests in all, since the start. */
  readonly counts: {
    readonly envelopes: number;
    readonly httpRequests: number;
    readonly connections: number;
  };
  close(): Promise<void>;
};
