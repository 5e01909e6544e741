import type {
  Doing,
  Endpoint,
  Grant,
  HostDescription,
  Level,
  OpenShell,
  Rung,
  Session,
  SettingsDocument,
  ShownCertificate,
  SignIn,
} from "#contract";
import type { Secret } from "./secret.ts";

/* What the use cases need from the world, named by the one who needs it. */

export type Clock = {
  /** Wall clock. */
  now(): Date;
  /** Milliseconds that never jump. */
  monotonic(): number;
  /** Resolves after that many milliseconds; rejects with the signal's reason when it is aborted first. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
};

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Never give it a secret; the event is a short constant text. */
export type Log = {
  write(level: "info" | "warn" | "error", event: string, fields?: LogFields, cause?: unknown): void;
};

/** While `alone` does its act, no other process writes: what is read inside is what is replaced. */
export type SettingsStore = {
  read(): SettingsDocument;
  write(document: SettingsDocument): void;
  alone<T>(act: () => T): T;
};

/**
 * An append-only file of lines. `append` resolves when all of the line is on disk, and leaves nothing of it when it
 * rejects. While `alone` does its act, no other process appends: what is read inside is still the end of the file when
 * the line is written. An act that was held for dead meanwhile finds out in `append`, and is begun again.
 */
export type LedgerStore = {
  append(line: string): Promise<void>;
  /** `onTorn` hears of an end that was cut short, by a crash or a full disk: it is no line. The next `append` keeps it aside. */
  lines(onTorn?: () => void): AsyncIterable<string>;
  /** The last of the lines, without reading the others; null when there is none. */
  lastLine(): Promise<string | null>;
  /** Rejects with the signal's reason when it is aborted before the act begins. */
  alone<T>(act: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** A text that differs whenever lines were appended, by whomever. */
  mark(): Promise<string>;
  /** Who writes: a mark of this process, and whether the process of such a mark still runs. */
  readonly process: { readonly own: string; isAtWork(mark: string): boolean };
};

/** A runspace as it must be known to be ended later; `endpoint` is the URL of its WinRM service. */
export type NotedRunspace = {
  readonly shellId: string;
  readonly endpoint: string;
  readonly account: string;
};

/**
 * The runspaces that consoles of this data folder began and that are not known to have ended. They count against what
 * the endpoint grants the account for as long as they may be idle, so whoever finds one of his own ends it. Never
 * throws: a list that cannot be kept prevents no work.
 */
export type RunspaceJournal = {
  /** Before the runspace is created: then no crash can leave one that nobody knows. */
  begin(runspace: NotedRunspace): void;
  /** It is known to be gone. */
  ended(shellId: string): void;
  /** Nobody uses it any more, and it is not known to be gone. */
  left(shellId: string): void;
  /** The ids that were left there with this account, or whose process runs no more. They are the caller's now. */
  takeLeft(endpoint: string, account: string): readonly string[];
  /** All that began there with this account, by id: in use, or left. Changes nothing. */
  known(endpoint: string, account: string): ReadonlyMap<string, "inUse" | "left">;
};

/** Digests and ids; `sha256` gives lower-case hex of the UTF-8 text. */
export type Chance = { uuid(): string; sha256(text: string): string };

/** Starts the practice stamp, or gives the running one. Present where a host offers it. */
export type Practice = { start(signal: AbortSignal): Promise<PracticeStamp> };
export type PracticeStamp = {
  readonly name: string;
  readonly account: string;
  readonly password: Secret;
  readonly configuration: string;
  readonly endpoints: readonly Endpoint[];
};

/** Where and how one endpoint is reached. */
export type EndpointAddress = Endpoint & {
  readonly transport: "http" | "https";
  readonly configuration: string;
  /** SHA-256 of the certificate that a person trusted here. Left out over HTTP, and where nobody did: nothing is sent then. */
  readonly trustedSha256?: string;
  /** Negotiate if left out. */
  readonly signIn?: SignIn;
};

export type Credential = { readonly account: string; readonly password: Secret };

/**
 * The way to endpoints. Failures are ConsoleErrors: unreachable, timedOut, untrusted, signInRefused, forbidden,
 * noConfiguration, quota, badAnswer; each sentence names the endpoint.
 */
export type Endpoints = {
  /** A runspace ready for use: a warm one when there is one. Disposing hands it back (it may stay warm for a while). */
  open(address: EndpointAddress, credential: Credential, signal: AbortSignal): Promise<Runspace>;
  /**
   * Proves the credential with a sign-in and an opened runspace. An endpoint that took the sign-in and has no room for
   * another runspace has proved it too: whoever has used up his shells must get in to end some.
   */
  signIn(address: EndpointAddress, credential: Credential, signal: AbortSignal): Promise<void>;
  /**
   * The connection check of one endpoint; each yield is the full list of its rungs so far. A refused sign-in is told in
   * its sentence: what only failed may be tried elsewhere, what was refused may not. Never throws but on abort.
   */
  check(
    address: EndpointAddress,
    credential: Credential | null,
    signal: AbortSignal,
    onSignInRefused: (sentence: string) => void,
  ): AsyncIterable<readonly Rung[]>;
  /** The shells of this account there, of all configurations and whoever began them. None is opened to look. */
  shells(
    address: EndpointAddress,
    credential: Credential,
    signal: AbortSignal,
  ): Promise<readonly OpenShell[]>;
  /** Ends one of them. One that is gone already counts as ended. */
  endShell(
    address: EndpointAddress,
    credential: Credential,
    shellId: string,
    signal: AbortSignal,
  ): Promise<void>;
  /** The certificate that an HTTPS endpoint shows, whatever it is. Nothing is sent to it. */
  certificate(address: EndpointAddress, signal: AbortSignal): Promise<ShownCertificate>;
  /** Closes the runspaces that this account has at these addresses, those in use too, and no others. Never throws. */
  leave(addresses: readonly EndpointAddress[], credential: Credential): Promise<void>;
  /** Closes all runspaces. Never throws. */
  close(): Promise<void>;
};

/** What a reading command printed that nobody understood: as printed, one text each, secrets hidden. */
export type NotUnderstood = readonly string[];

/** One list as an endpoint gave it. Only one in which nothing is left that was not understood proves anything. */
export type AccessReading = { readonly grants: readonly Grant[]; readonly notUnderstood: NotUnderstood };
export type HistoryReading = { readonly sessions: readonly Session[]; readonly notUnderstood: NotUnderstood };

/** Told while a command runs. */
export type CommandEvents = {
  /** The exact line, in the moment in which it leaves us; never told of what was not sent. */
  readonly onSent: (line: string) => void;
  /** A line that the endpoint wrote, among its output too. */
  readonly onSaid: (line: string) => void;
  /** What the endpoint says it is doing, whenever that changes; null when it is done with it. */
  readonly onProgress: (doing: Doing | null) => void;
};

/** The consent question as it came: caption = the terms, message = the question, choices with `&` removed. */
export type EndpointQuestion = {
  readonly caption: string;
  readonly message: string;
  readonly choices: readonly string[];
  /** False for a question that is not Yes or No: it is told so that its words are kept, and never answered. */
  readonly understood: boolean;
};

/**
 * Puts the endpoint's question to a person. Rejecting, or an aborted signal, stops the command: no answer is ever
 * made up, since an error in the place of an answer can grant (measured on PowerShell 7.6).
 */
export type AskPerson = (question: EndpointQuestion, signal: AbortSignal) => Promise<"yes" | "no">;

/** How an Enable-RemoteSupport came to its end. Errors of the endpoint are thrown as ConsoleErrors by their ids. */
export type EnableEnd = {
  /** notAsked: the endpoint put no question. */
  readonly answer: "yes" | "no" | "notAsked";
  /** The grant object the command printed, when it did. It is no proof: read back. */
  readonly printed: Grant | null;
};

export type StampFacts = {
  readonly version: string | null;
  readonly timeZone: string | null;
  readonly endpointAddresses: readonly string[];
  readonly other: readonly { readonly name: string; readonly text: string }[];
};

/** Our open conversation with an endpoint. One act at a time; a second one waits for the first. */
export type Runspace = AsyncDisposable & {
  readonly address: EndpointAddress;
  /** How far the endpoint's clock is ahead of ours (milliseconds); null when it was not measured. */
  readonly clockAheadMs: number | null;
  /**
   * The grants that the endpoint lists. What it lists without `includeExpired` is active whatever any clock says, unless
   * its own state says that it is over.
   */
  readAccess(options: { readonly includeExpired: boolean }, signal: AbortSignal): Promise<AccessReading>;
  /**
   * Asks for a grant. An aborted signal stops the pipeline and then rejects with the reason; a broken conversation
   * rejects with ConsoleError "notConfirmed": what was asked may or may not be done.
   */
  enable(
    request: { readonly level: Level; readonly minutes: number },
    ask: AskPerson,
    events: CommandEvents,
    signal: AbortSignal,
  ): Promise<EnableEnd>;
  /** Rejects with "commandMissing" where the endpoint has no such command: asking it again is of no use. */
  disable(events: CommandEvents, signal: AbortSignal): Promise<void>;
  /** `from` null: all that the endpoint still knows, whatever any clock says. */
  readSessions(
    options: { readonly from: Date | null; readonly sessionId: string | null },
    signal: AbortSignal,
  ): Promise<HistoryReading>;
  /** Null when the endpoint knows no such session; empty text when it has no transcript for it. */
  readTranscript(
    sessionId: string,
    signal: AbortSignal,
  ): Promise<{ readonly session: Session; readonly text: string } | null>;
  stampFacts(signal: AbortSignal): Promise<StampFacts>;
};

/** Everything a console is made of. */
export type ConsolePorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: SettingsStore;
  readonly ledger: LedgerStore;
  readonly chance: Chance;
  readonly endpoints: Endpoints;
  readonly practice: Practice | null;
  readonly host: HostDescription;
};
