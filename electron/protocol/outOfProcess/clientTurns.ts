import { OutOfProcessError } from "./outOfProcessError.ts";
import type { Packet } from "./packet.ts";

/** Where a command stands: asked for, ready for data, being stopped, or being closed. */
type Turn = "starting" | "ready" | "stopping" | "stopped" | "closing";

/**
 * Whose turn it is, seen from the client. A server hands each line to a thread of its own, so only acks keep an order:
 * one Data is under way at a time, a command's first waits for CommandAck, and the session is closed after its commands
 * (protocol 14). Nothing is sent by itself: the caller asks, and writes the packet that it is given.
 */
export class ClientTurns {
  readonly #commands = new Map<string, Turn>();
  /** The target whose Data is not acknowledged yet; undefined when none is under way. */
  #underWay: string | null | undefined = undefined;
  #closing = false;

  /** Commands whose CloseAck has not come. */
  get openCommands(): number {
    return this.#commands.size;
  }

  /** Whether a Data for that target (null: the session) may be sent now. */
  mayCarry(target: string | null): boolean {
    if (this.#underWay !== undefined || this.#closing) return false;
    return target === null || this.#commands.get(target.toLowerCase()) === "ready";
  }

  /** The caller has whole fragments for that target. Throws `outOfOrder` where `mayCarry` says no. */
  carry(target: string | null, bytes: Uint8Array, stream: "Default" | "PromptResponse" = "Default"): Packet {
    if (!this.mayCarry(target)) throw outOfOrder("A Data must wait for its turn");
    this.#underWay = target?.toLowerCase() ?? null;
    return { type: "Data", target, stream, bytes };
  }

  /** Creates the server's side of a pipeline. Its id must not be in use. */
  begin(command: string): Packet {
    if (this.#closing || this.#commands.has(command.toLowerCase()))
      throw outOfOrder("A Command must have an id of its own in an open session");
    this.#commands.set(command.toLowerCase(), "starting");
    return { type: "Command", target: command };
  }

  /** Stops the pipeline; SignalAck always comes, and counts as Stopped where no state came before it. */
  signal(command: string): Packet {
    const turn = this.#commands.get(command.toLowerCase());
    if (turn !== "starting" && turn !== "ready") throw outOfOrder("A Signal needs a command that is open");
    this.#commands.set(command.toLowerCase(), "stopping");
    return { type: "Signal", target: command };
  }

  /** Frees the command, after its end or its SignalAck. */
  close(command: string): Packet {
    const turn = this.#commands.get(command.toLowerCase());
    if (turn !== "ready" && turn !== "stopped") throw outOfOrder("A Close needs a command that is open");
    this.#commands.set(command.toLowerCase(), "closing");
    return { type: "Close", target: command };
  }

  /** Ends the session. The server waits for the Close of every command, so that is demanded before. */
  closeSession(): Packet {
    if (this.#closing || this.#commands.size > 0)
      throw outOfOrder("The session is closed once, and after its commands");
    this.#closing = true;
    return { type: "Close", target: null };
  }

  /** Takes an ack of the server; Data is nothing to it. Throws `outOfOrder` for an ack that nobody waits for. */
  receive(packet: Packet): void {
    const target = packet.target;
    if (packet.type === "Data") return;
    if (packet.type === "DataAck" && this.#underWay === target) this.#underWay = undefined;
    else if (packet.type === "CommandAck") this.#move(target, "starting", "ready");
    else if (packet.type === "SignalAck") this.#move(target, "stopping", "stopped");
    else if (packet.type !== "CloseAck") throw outOfOrder("An ack came that nobody waits for");
    else if (target !== null) this.#forget(target);
    else if (!this.#closing) throw outOfOrder("An ack came that nobody waits for");
  }

  /** An ack that a Signal has overtaken changes nothing. */
  #move(target: string | null, from: Turn, to: Turn): void {
    const turn = target === null ? undefined : this.#commands.get(target);
    if (target === null || turn === undefined || (turn !== from && to !== "ready"))
      throw outOfOrder("An ack came that nobody waits for");
    if (turn === from) this.#commands.set(target, to);
  }

  #forget(target: string): void {
    if (this.#commands.get(target) !== "closing") throw outOfOrder("An ack came that nobody waits for");
    this.#commands.delete(target);
  }
}

const outOfOrder = (sentence: string): OutOfProcessError => new OutOfProcessError("outOfOrder", sentence);
