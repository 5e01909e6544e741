import type { StampModel } from "./model/stampModel.ts";
import type { StampSwitches } from "./stampSwitches.ts";
import type { RunningEndpoint } from "./winrm/endpointOptions.ts";

/** The session configuration of a privileged endpoint. */
export const stampConfiguration = "PrivilegedEndpoint";

/** How fast the engineer works unless told otherwise: he comes some 20 s after a grant, an operation every few seconds. */
export const usualSpeed = 30;

export type StampAccount = {
  /** `DOMAIN\user`. */
  readonly account: string;
  readonly revealPassword: () => string;
};

export type StampOptions = StampAccount & {
  /** The ports of ERCS01, 02 and 03 on 127.0.0.1; 0 takes any free one. */
  readonly ports: readonly [number, number, number];
  /** Who may sign in beside that account. */
  readonly others?: readonly StampAccount[];
  /** Where the state is kept; null keeps it in memory only. */
  readonly stateFolder: string | null;
  /** Decides all chance of a new state; a kept state goes on with its own. */
  readonly seed: number;
  /** 1: believable minutes. */
  readonly speed?: number;
  readonly switches?: Partial<StampSwitches>;
  /** The wall clock unless a test brings a still one. */
  readonly now?: () => Date;
  /** Told once when a damaged state file was found and set aside; the path is the kept copy's. */
  readonly onDamagedState?: (fact: { readonly setAsideAs: string; readonly because: string }) => void;
  /** Over HTTPS with a certificate made at the start; over HTTP if left out. */
  readonly tls?: {
    /** Refuses a sign-in that is not bound to the certificate; a false binding is refused anyway. */
    readonly demandChannelBinding: boolean;
  };
  /** Aborting stops the stamp. */
  readonly signal?: AbortSignal;
};

export type StampEndpoint = { readonly name: string; readonly host: string; readonly port: number };

export type StampCounts = {
  readonly envelopes: number;
  readonly httpRequests: number;
  readonly connections: number;
};

export type RunningStamp = AsyncDisposable & {
  /** How the stamp calls itself. */
  readonly name: string;
  readonly account: string;
  readonly configuration: typeof stampConfiguration;
  readonly transport: "http" | "https";
  /** SHA-256 of the certificate that all three endpoints show (upper-case pairs with colons); null over HTTP. */
  readonly certificateSha256: string | null;
  readonly endpoints: readonly [StampEndpoint, StampEndpoint, StampEndpoint];
  readonly model: StampModel;
  readonly switches: () => StampSwitches;
  /** Works at once, on what is asked from now on. */
  changeSwitches(change: Partial<StampSwitches>): void;
  /** What was asked since the start: of all endpoints together, or of one (0 to 2). */
  counts(endpoint?: 0 | 1 | 2): StampCounts;
  /** The endpoint itself, to order faults and to see its shells; null while it is down. */
  endpoint(endpoint: 0 | 1 | 2): RunningEndpoint | null;
  /** The endpoint stops to listen, as an ERCS machine that is down; its port stays its own. */
  takeDown(endpoint: 0 | 1 | 2): Promise<void>;
  /** It listens again, on the same port. */
  bringUp(endpoint: 0 | 1 | 2): Promise<void>;
  /** Closes the three listeners and writes the state. May be called more than once. */
  stop(): Promise<void>;
};
