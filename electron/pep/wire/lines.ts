import type { Clock } from "../../services/ports.ts";
import { TransportError } from "../../transport/winrmConnection.ts";
import type { WinrmConnection } from "../../transport/winrmConnection.ts";
import { DeviceClock } from "./deviceClock.ts";
import { SharedOpening } from "./sharedOpening.ts";
import { Silence } from "./silence.ts";
import { isSignInRefused } from "./transportErrors.ts";

/** main: Command, Receive, Delete. side: Send and Signal, which must pass a waiting Receive. */
export type LineName = "main" | "side";

/** `isLent`: a Receive of the pool waits on it, and nobody is to wait behind that. */
type Line = { readonly connection: WinrmConnection; readonly silence: Silence; readonly isLent: boolean };

/** The connections of one pool: opened when they are needed, replaced when they are stale or failed. */
export class Lines {
  readonly #connect: (signal: AbortSignal) => Promise<WinrmConnection>;
  readonly #clock: Clock;
  /** The endpoint's. */
  readonly device: DeviceClock;
  readonly #lines = new Map<LineName, Line>();
  readonly #opening = new Map<LineName, SharedOpening<WinrmConnection>>();
  #closed = false;
  /** What refused the sign-in: the same password is not tried again, since tries lock an account. */
  #refusal: unknown = null;
  /** Those that gave an answer: their sign-in is over. */
  readonly #proven = new WeakSet<WinrmConnection>();

  constructor(connect: (signal: AbortSignal) => Promise<WinrmConnection>, clock: Clock) {
    this.#connect = connect;
    this.#clock = clock;
    this.device = new DeviceClock(clock);
  }

  /** A connection that may be used now. Failures are TransportErrors. */
  async get(name: LineName, signal: AbortSignal): Promise<WinrmConnection> {
    if (this.#closed)
      throw new TransportError("cancelled", "The conversation was closed meanwhile.", { acted: "no" });
    // Who needs it now does not wait behind another's Receive: that one is closed once it is answered.
    if (name === "side") this.setAside();
    const line = this.#lines.get(name);
    if (line !== undefined && this.#isFresh(line)) return line.connection;
    this.drop(name);
    return await this.#opened(name, signal);
  }

  /**
   * Lends the connection that served last, as the side one, to a Receive that may wait long; the other serves meanwhile.
   * So each is used in turns, and neither grows stale. Null where there are not two. `returned` ends the loan.
   */
  lend(): WinrmConnection | null {
    const [main, side] = [this.#lines.get("main"), this.#lines.get("side")];
    if (main === undefined || side === undefined) return null;
    this.#lines.set("main", side);
    this.#lines.set("side", { ...main, isLent: true });
    return main.connection;
  }

  /** There is no connection, and after a refused sign-in none is opened. */
  get isShut(): boolean {
    const main = this.#lines.get("main");
    return this.#refusal !== null && (main === undefined || !this.#isFresh(main));
  }

  /** The side connection would have to be waited for. */
  get isLent(): boolean {
    return this.#lines.get("side")?.isLent ?? false;
  }

  /** Gives up the one that is lent: whoever needs a side connection gets a new one. */
  setAside(): void {
    if (this.isLent) this.#lines.delete("side");
  }

  returned(connection: WinrmConnection): void {
    const side = this.#lines.get("side");
    if (side?.connection === connection) this.#lines.set("side", { ...side, isLent: false });
    else connection.close();
  }

  /** Told after every answer, so that silence can be measured; `dateMs`: the time that it told, null for none. */
  used(connection: WinrmConnection, dateMs: number | null): void {
    if (dateMs !== null) this.device.answerTold(dateMs);
    this.#proven.add(connection);
    for (const line of this.#lines.values()) if (line.connection === connection) line.silence.broken();
  }

  /**
   * Told of every failure: over HTTPS a sign-in is refused with the first exchange only (WinrmConnection). One that has
   * yet to bring the same password is given up.
   */
  failed(error: unknown): void {
    if (!isSignInRefused(error)) return;
    this.#refusal = error;
    for (const [name, { connection }] of this.#lines) if (!this.#proven.has(connection)) this.drop(name);
  }

  /** Closes one connection: whatever still comes on it is nobody's. */
  drop(name: LineName): void {
    this.#lines.get(name)?.connection.close();
    this.#lines.delete(name);
  }

  close(): void {
    this.#closed = true;
    for (const opening of this.#opening.values()) opening.end();
    for (const { connection } of this.#lines.values()) connection.close();
    this.#lines.clear();
  }

  #isFresh(line: Line): boolean {
    return line.connection.usable && !line.silence.isLong;
  }

  async #opened(name: LineName, signal: AbortSignal): Promise<WinrmConnection> {
    if (this.#refusal !== null) throw this.#refusal;
    const known = this.#opening.get(name);
    const opening = known === undefined || known.ended ? this.#open(name) : known;
    try {
      return await opening.wait(signal);
    } catch (error) {
      if (error instanceof TransportError || !signal.aborted) throw error;
      throw new TransportError("cancelled", "Nobody waits for a connection any more.", {
        acted: "no",
        cause: error,
      });
    }
  }

  #open(name: LineName): SharedOpening<WinrmConnection> {
    const opening = new SharedOpening(async (signal) => {
      try {
        const connection = await this.#connect(signal);
        const { clockOffsetMs } = connection.security;
        if (clockOffsetMs !== undefined) this.device.signInTold(clockOffsetMs);
        if (signal.aborted) connection.close();
        else this.#lines.set(name, { connection, silence: new Silence(this.#clock), isLent: false });
        return connection;
      } catch (error) {
        this.failed(error);
        throw error;
      } finally {
        if (this.#opening.get(name) === opening) this.#opening.delete(name);
      }
    });
    this.#opening.set(name, opening);
    return opening;
  }
}
