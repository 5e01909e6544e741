import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { ServerAccount, WinrmListener, WinrmListenerOptions } from "../../transport/winrmListener.ts";
import type { StampCommand } from "../stampCommand.ts";
import type { Trouble } from "./trouble.ts";

/** How the shell host itself may behave; what the stamp's commands do is decided by their own switches. */
export type EndpointSwitches = {
  /** Where warnings and Write-Host lines go. A real host gets them twice; records alone go to clients without a host. */
  readonly lines: "record" | "hostCall" | "both";
};

export type EndpointQuotas = {
  readonly shellsPerUser: number;
  readonly commandsPerShell: number;
};

/** Milliseconds that only move forward, and a delay that ends with the signal. */
export type EndpointClock = {
  readonly now: () => number;
  readonly after: (milliseconds: number, act: () => void) => { readonly cancel: () => void };
};

export type EndpointOptions = {
  /** Such as `AZS-ERCS01`. */
  readonly name: string;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly accounts: readonly ServerAccount[];
  readonly computerName: string;
  readonly domainName: string;
  /** Name of the one session configuration. */
  readonly configuration: string;
  /** Asked for every pipeline, so that a switch works at once. The eight default commands are there anyway. */
  readonly commands: () => readonly StampCommand[];
  readonly tls?: WinrmListenerOptions["tls"];
  /** Schemes that its 401 names. */
  readonly schemes?: WinrmListenerOptions["schemes"];
  readonly quotas?: Partial<EndpointQuotas>;
  readonly switches?: () => EndpointSwitches;
  /** APPLICATION_PRIVATE_DATA; a PSVersionTable of Windows PowerShell 5.1 if left out. */
  readonly privateData?: ClixmlValue;
  /** Cryptographic chance unless a test brings its own. */
  readonly randomBytes?: (count: number) => Uint8Array;
  readonly newId?: () => string;
  readonly chance?: WinrmListenerOptions["chance"];
  readonly clock?: EndpointClock;
  /** Where it listens; on the port above unless a test brings a line of its own. */
  readonly listen?: (options: WinrmListenerOptions) => Promise<WinrmListener>;
  /** The wall clock, for the times in records. */
  readonly today?: () => Date;
  /** How far the clock by which it signs in and dates its answers is ahead of that of this machine (milliseconds). */
  readonly aheadMs?: () => number;
};

/** A shell as tests and diagnosis see it. */
export type OpenShell = {
  readonly shellId: string;
  readonly owner: string;
  readonly state: "Connected" | "Disconnected";
  readonly running: readonly string[];
};

export type RunningEndpoint = AsyncDisposable & {
  readonly name: string;
  readonly port: number;
  readonly counts: WinrmListener["counts"];
  /** Orders a misbehaviour for requests to come; several are worked off in order. */
  order(trouble: Trouble): void;
  /** Takes back all that was ordered. */
  behave(): void;
  shells(): readonly OpenShell[];
  /** Names of the commands that ran, in order, over all shells. */
  readonly commandsRun: readonly string[];
  /** Closes listener, sockets and shells; may be called more than once. */
  close(): Promise<void>;
};
