import { receiveOutput } from "../../protocol/wsman/requests.ts";
import type { WinrmConnection } from "../../transport/winrmConnection.ts";
import type { ClientShell } from "./clientShell.ts";
import { exchange, WsmanFaultError } from "./exchange.ts";
import type { Carrier } from "./exchange.ts";
import { saysDisconnected, saysGone } from "./faultErrors.ts";
import { received } from "./receive.ts";
import type { ReceivedAnswer } from "./receivedAnswer.ts";
import { refusePoolCalls } from "./refusePoolCalls.ts";
import { sendToPool } from "./sendToPool.ts";

/** How long no command runs before a Receive waits (milliseconds): short conversations get by without. */
export const restBefore = 15_000;
/** What one Receive asks to be held (milliseconds). The other connection rests meanwhile, and must not grow stale. */
export const heldFor = 30_000;
/** How long an endpoint may take to let go of a Receive when it is asked for a message to answer it with. */
const roomPatience = 1_000;

/** What came of a Receive that waited: an answer, nothing (ask again), or the end of waiting. */
type Turn = { readonly answer: ReceivedAnswer | null; readonly again: boolean };
const over: Turn = { answer: null, again: false };

/**
 * The Receive of a runspace in which nothing runs: while it waits a server neither disconnects the shell after a minute
 * nor closes the connections after two, and a runspace that ends is heard of at once. The connections take turns to carry
 * it, so that both stay fresh and one is always free. Nothing here throws but on abort.
 */
export class IdleReceive {
  readonly #shell: ClientShell;
  readonly #isUsable: () => boolean;
  /** Aborted when a command begins: no further turn. */
  #awake = new AbortController();
  /** Aborted when what still waits is nobody's any more; closes its connection. */
  #ended = new AbortController();
  #turn: Promise<Turn> = Promise.resolve(over);
  #waits = false;
  /** The endpoint took no second connection or no Receive, or keeps no connection: it is not asked again. */
  #refused = false;

  constructor(shell: ClientShell, isUsable: () => boolean) {
    this.#shell = shell;
    this.#isUsable = isUsable;
  }

  /** A command that needs the side connection would have to wait for it. */
  get isInTheWay(): boolean {
    return this.#shell.lines.isLent;
  }

  /** Nothing runs from now on. */
  rest(): void {
    this.#awake.abort();
    if (this.#refused || !this.#isUsable()) return;
    this.#awake = new AbortController();
    void this.#rest(this.#awake.signal).catch(() => undefined);
  }

  /** Something runs. A Receive that waits goes on beside it, on a connection of its own. */
  wake(): void {
    this.#awake.abort();
  }

  /** What still waits is left alone, and its connection closed. */
  end(): void {
    this.wake();
    this.#ended.abort();
    this.#ended = new AbortController();
  }

  /** What the Receive that waits now will bring; null where none waits, or where it brings nothing. Never fails. */
  get waiting(): Promise<ReceivedAnswer | null> {
    return this.#waits ? this.#turn.then(({ answer }) => answer) : Promise.resolve(null);
  }

  /**
   * Has the endpoint let go of the Receive, for a command that needs both connections: a question that it answers on the
   * pool costs one request, a third connection a sign-in. Where it does not answer, the third one is opened all the same.
   */
  async makeRoom(signal: AbortSignal): Promise<void> {
    if (!this.isInTheWay || this.#shell.psrp.state !== "opened") return;
    const waited = new AbortController();
    try {
      this.#shell.psrp.askPool("availableRunspaces");
      await sendToPool(this.#shell, signal);
      const late = this.#shell.clock.sleep(roomPatience, waited.signal).catch(() => undefined);
      await Promise.race([this.#turn, late]);
    } catch {
      // What is wrong shows with the command itself.
    } finally {
      waited.abort();
      this.#shell.lines.setAside();
    }
  }

  async #rest(awake: AbortSignal): Promise<void> {
    await this.#shell.clock.sleep(restBefore, awake);
    await this.#turn;
    while (!awake.aborted) {
      const began = this.#shell.clock.monotonic();
      this.#turn = this.#take(awake);
      if (!(await this.#turn).again) return;
      // One that is always answered at once must not become a stream of requests.
      const isEarly = this.#shell.clock.monotonic() - began < heldFor / 2;
      if (isEarly) await this.#shell.clock.sleep(heldFor, awake);
    }
  }

  async #take(awake: AbortSignal): Promise<Turn> {
    const { signal } = this.#ended;
    const { lines } = this.#shell;
    try {
      await lines.get("main", signal);
      await lines.get("side", signal);
    } catch {
      // What is wrong shows with the next command; a sign-in that was refused is not tried again.
      return over;
    }
    if (awake.aborted) return over;
    const connection = lines.lend();
    if (connection === null) return over;
    this.#waits = true;
    try {
      const turn = await this.#receive(connection, awake);
      // One that is closed after every answer would cost a sign-in for each.
      if (turn.again && !connection.usable) this.#refused = true;
      return this.#refused ? { ...turn, again: false } : turn;
    } finally {
      this.#waits = false;
      lines.returned(connection);
    }
  }

  async #receive(connection: WinrmConnection, awake: AbortSignal): Promise<Turn> {
    const { signal } = this.#ended;
    const { lines, context, shellId } = this.#shell;
    const parts = { shellId, commandId: null, timeoutMs: heldFor };
    const lent: Carrier = {
      get: () => Promise.resolve(connection),
      used: (_, dateMs) => lines.used(connection, dateMs),
      failed: (error: unknown) => lines.failed(error),
    };
    try {
      const answer = await exchange(lent, "side", receiveOutput(context, parts), signal, {
        timeoutMs: heldFor,
      });
      const what = received(this.#shell, null, answer);
      if (["closed", "broken"].includes(this.#shell.psrp.state)) this.#shell.running?.runspaceEnded();
      // By the connection that brought it: on the other one the Receive of a command may wait.
      await refusePoolCalls(this.#shell, what.events, signal, connection.usable ? lent : lines);
      return { answer: what, again: this.#isUsable() };
    } catch (error) {
      if (signal.aborted) return over;
      return { answer: null, again: this.#judge(error, !awake.aborted) };
    }
  }

  /**
   * Whether to ask again. What is lost is known at once; what may be lost is looked at before the next command. While
   * something is done, a Disconnect above all, an end that is told here says nothing: what is done shows it by itself.
   */
  #judge(error: unknown, isIdle: boolean): boolean {
    if (!(error instanceof WsmanFaultError)) {
      this.#shell.psrp.answerLost(null);
      this.#shell.silence.doubted();
      return false;
    }
    if (error.timedOut) this.#shell.silence.broken();
    else if (saysDisconnected(error.fault)) this.#shell.silence.doubted();
    else if (saysGone(error.fault)) this.#lost(isIdle);
    else this.#refused = true;
    return error.timedOut;
  }

  #lost(isIdle: boolean): void {
    if (isIdle) this.#shell.psrp.broke();
    else this.#shell.silence.doubted();
  }
}
