import { PsrpError } from "../../protocol/psrp/psrpError.ts";
import { signalCodes } from "../../protocol/wsman/names.ts";
import type { SentStream } from "../../protocol/wsman/serverRequest.ts";
import type { ServedShell } from "../../protocol/wsman/writeAnswer.ts";
import { faultCodes } from "../../protocol/wsman/wsmanFault.ts";
import { ReceiveWaits } from "./receiveWaits.ts";
import { answer, cannotConnect, gone, refuse } from "./shellAnswer.ts";
import type { ShellAnswer } from "./shellAnswer.ts";
import { ShellCommands } from "./shellCommands.ts";
import { ShellPool } from "./shellPool.ts";
import type { ShellFacts, ShellSurroundings } from "./shellSurroundings.ts";
import { ShellUse } from "./shellUse.ts";
import { takeFragments } from "./takeFragments.ts";

/** Milliseconds without a request after which a shell shows itself Disconnected (protocol 8.5, [R]). */
const idleUntilDisconnected = 60_000;

/** One shell: the server's end of a RunspacePool behind WSMan ([MS-PSRP] 3.2, [MS-WSMV] 3.1.4). */
export class Shell {
  readonly facts: ShellFacts;
  readonly #commandsPerShell: number;
  readonly #use: ShellUse;
  readonly #waits: ReceiveWaits;
  readonly #commands = new ShellCommands();
  readonly #pool: ShellPool;
  #disconnected = false;
  #idleTimeoutMs: number;
  #lookDue = false;

  constructor(facts: ShellFacts, around: ShellSurroundings) {
    this.facts = facts;
    this.#idleTimeoutMs = facts.idleTimeoutMs;
    this.#commandsPerShell = around.commandsPerShell;
    this.#use = new ShellUse(around.clock);
    this.#waits = new ReceiveWaits(around.clock);
    const look = (): void => this.#look();
    this.#pool = new ShellPool({ around, owner: facts.owner, commands: this.#commands, look });
  }

  get state(): "Connected" | "Disconnected" {
    return this.#disconnected || this.#use.idleMs > idleUntilDisconnected ? "Disconnected" : "Connected";
  }

  get running(): readonly string[] {
    return this.#commands.ids;
  }

  /** True when nobody used it for its whole idle time. */
  get expired(): boolean {
    return this.#use.idleMs > this.#idleTimeoutMs;
  }

  describe(): ServedShell {
    const { runTimeMs, idleMs: inactivityMs } = this.#use;
    const idleTimeoutMs = this.#idleTimeoutMs;
    return { ...this.facts, idleTimeoutMs, state: this.state, runTimeMs, inactivityMs };
  }

  /** Counts a request as use, from its beginning to its answer. */
  async use(act: () => ShellAnswer | Promise<ShellAnswer>): Promise<ShellAnswer> {
    return await this.#use.during(act);
  }

  /** creationXml; false when it holds no capability, and so begins nothing. */
  begin(creationXml: Uint8Array): boolean {
    this.#pool.feed(null, "stdin", creationXml);
    return this.#pool.messages.state !== "beforeOpen";
  }

  command(commandId: string, bytes: Uint8Array, culture: string): ShellAnswer {
    if (this.#disconnected) return refuse(faultCodes.disconnected);
    if (this.#commands.has(commandId)) return refuse(faultCodes.invalidParameter);
    if (this.running.length >= this.#commandsPerShell) return refuse(faultCodes.tooManyCommands);
    this.#commands.begin(commandId);
    this.#pool.culture = culture;
    this.#pool.feed(commandId, "stdin", bytes);
    return answer({ type: "commandStarted", commandId });
  }

  receive(
    commandId: string | null,
    options: { readonly timeoutMs: number; readonly envelopeBytes: number; readonly signal: AbortSignal },
  ): Promise<ShellAnswer> {
    if (this.#disconnected) return Promise.resolve(refuse(faultCodes.disconnected));
    if (commandId !== null && !this.#commands.has(commandId)) return Promise.resolve(gone());
    return this.#waits.wait(commandId, {
      timeoutMs: options.timeoutMs,
      signal: options.signal,
      collect: () => this.#collect(commandId, options.envelopeBytes),
    });
  }

  send(streams: readonly SentStream[]): ShellAnswer {
    if (this.#disconnected) return refuse(faultCodes.disconnected);
    for (const { commandId, name, bytes } of streams) {
      if (name !== "stdin" && name !== "pr") return refuse(faultCodes.schemaValidation);
      if (commandId !== null && !this.#commands.has(commandId)) {
        if (!this.#commands.isFinished(commandId)) return gone();
      } else this.#pool.feed(commandId, name, bytes);
    }
    return answer({ type: "sent" });
  }

  /** crtl_c stops; any other code closes the command ([P] WSManPlugin compares exactly so). */
  signal(commandId: string | null, code: string): ShellAnswer {
    if (commandId === null) return answer({ type: "signalled" });
    const isThere = this.#commands.has(commandId);
    if (!isThere && !this.#commands.isFinished(commandId)) return gone();
    if (code !== signalCodes.stop) this.#closeCommand(commandId);
    else if (isThere) this.#pool.stop(commandId);
    return answer({ type: "signalled" });
  }

  /** `idleTimeoutMs`: how long the client wants it to wait; null leaves that as it was. */
  disconnect(idleTimeoutMs: number | null): ShellAnswer {
    this.#disconnected = true;
    this.#idleTimeoutMs = idleTimeoutMs ?? this.#idleTimeoutMs;
    this.#waits.endAll(refuse(faultCodes.disconnected));
    return answer({ type: "empty" });
  }

  /** The shell, or one of its commands. */
  reconnect(commandId: string | null): ShellAnswer {
    const isThere = commandId === null || this.#commands.has(commandId);
    if (!isThere && !this.#commands.isFinished(commandId)) return gone();
    this.#disconnected = false;
    return answer({ type: "empty" });
  }

  /** A second client joins the pool. Who waited before is told that the stream went elsewhere. */
  connect(connectXml: Uint8Array): ShellAnswer {
    try {
      const connectResponseXml = this.#pool.connect(connectXml);
      this.#disconnected = false;
      this.#waits.endAll(refuse(faultCodes.disconnected));
      this.#pool.opened();
      return answer({ type: "connected", connectResponseXml });
    } catch (error) {
      if (error instanceof PsrpError)
        return cannotConnect(error.code === "otherSizes" ? "otherSizes" : "unreadable");
      throw error;
    }
  }

  joinCommand(commandId: string): ShellAnswer {
    return this.#commands.has(commandId) ? answer({ type: "commandConnected" }) : gone();
  }

  /** The shell is deleted, or the endpoint ends: commands stop, waiting Receives are answered. */
  close(): void {
    for (const commandId of this.running) this.#closeCommand(commandId);
    this.#waits.endAll(refuse(faultCodes.aborted));
  }

  #collect(commandId: string | null, envelopeBytes: number): ShellAnswer | null {
    const { messages } = this.#pool;
    const ended = commandId !== null && this.#pool.hasEnded(commandId);
    if (!messages.hasWaiting(commandId) && !ended) return null;
    const fragments = takeFragments(messages, commandId, envelopeBytes);
    const isRest = !messages.hasWaiting(commandId);
    const isDone = ended && isRest;
    const isPending = commandId !== null && !isDone && isRest && messages.isAsking(commandId);
    if (isDone) {
      this.#commands.finish(commandId);
      messages.forget(commandId);
    }
    const state = isDone ? "done" : isPending ? "pending" : null;
    return answer({ type: "received", commandId, fragments, state });
  }

  #closeCommand(commandId: string): void {
    this.#commands.close(commandId);
    this.#pool.messages.forget(commandId);
    this.#waits.end(commandId, refuse(faultCodes.aborted));
  }

  /** Looks once after all that is happening now: what belongs together travels in one answer. */
  #look(): void {
    if (this.#lookDue) return;
    this.#lookDue = true;
    setImmediate(() => {
      this.#lookDue = false;
      this.#waits.look();
    });
  }
}
