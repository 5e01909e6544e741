import { ClientPool } from "../../protocol/psrp/clientPool.ts";
import type { WsmanContext } from "../../protocol/wsman/context.ts";
import type { Clock, RunspaceJournal } from "../../services/ports.ts";
import type { WinrmConnection } from "../../transport/winrmConnection.ts";
import { Lines } from "./lines.ts";
import { Silence } from "./silence.ts";

export type WinrmPoolOptions = {
  /** `http://host:port/wsman`. */
  readonly to: string;
  readonly configuration: string;
  readonly connect: (signal: AbortSignal) => Promise<WinrmConnection>;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Where runspaces of this account are noted, so that none is left behind. */
  readonly noted?: { readonly journal: RunspaceJournal; readonly account: string };
};

/** A command in a shell, to whatever else is heard in it. */
export type RunningCommand = {
  readonly mayGrant: boolean;
  readonly stop: (because: unknown) => void;
  /** Nothing comes of it any more. */
  readonly runspaceEnded: () => void;
};

/** One shell as its client knows it: the connections to it and the runspace in it. What the parts of WinrmPool share. */
export class ClientShell {
  readonly lines: Lines;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly noted: WinrmPoolOptions["noted"];
  /** Since the endpoint was heard: it has our shell then, and we are connected to it. */
  readonly silence: Silence;
  psrp: ClientPool;
  context: WsmanContext;
  shellId: string;
  culture: string | null = null;
  /** It may exist, and then counts against the account's quota for as long as it may be idle. */
  mayExist = false;
  /** Receives that wait on the main connection: whoever needs one at once takes the other. */
  receiving = 0;
  /** The command of ours that is in it. */
  running: RunningCommand | null = null;

  constructor({ to, configuration, connect, clock, newId, noted }: WinrmPoolOptions) {
    this.shellId = newId().toUpperCase();
    this.psrp = new ClientPool(this.shellId);
    this.lines = new Lines(connect, clock);
    this.clock = clock;
    this.newId = newId;
    this.noted = noted;
    this.silence = new Silence(clock);
    this.context = { to, configuration, sessionId: newId(), maxEnvelopeSize: 153_600, newId };
  }
}
