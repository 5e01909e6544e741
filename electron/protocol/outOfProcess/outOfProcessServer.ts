import { concatenate } from "../concatenate.ts";
import type { ServerEvent } from "../psrp/serverEvents.ts";
import type { ServerPool } from "../psrp/serverPool.ts";
import { OutOfProcessError } from "./outOfProcessError.ts";
import type { Packet, PacketName } from "./packet.ts";
import { PacketReader } from "./packetReader.ts";
import { writePacket } from "./writePacket.ts";

export type OutOfProcessServerEvent =
  | ServerEvent
  /** The pipeline is to be stopped: end it, and the ack that is owed goes out behind its state. */
  | { readonly type: "stop"; readonly pipeline: string }
  /** The session was closed and its last ack waits in `take`: write it and end. */
  | { readonly type: "sessionClosed" }
  /** The framing is broken: end the process, nothing can be said any more. */
  | { readonly type: "unreadable"; readonly error: OutOfProcessError };

type Command = { closing: boolean; owed: PacketName[] };

/**
 * A server's end of the framing around one pool: every packet is acknowledged at the place where PowerShell does it
 * (protocol 14). What is ready to be written waits in `take`.
 */
export class OutOfProcessServer {
  readonly #pool: ServerPool;
  readonly #reader: PacketReader;
  readonly #commands = new Map<string, Command>();
  #written: Uint8Array[] = [];
  #closing = false;
  #over = false;

  constructor(pool: ServerPool, limits: { readonly line?: number } = {}) {
    this.#pool = pool;
    this.#reader = new PacketReader("server", limits);
  }

  /**
   * Feeds bytes of the client. Act on each event before taking the next one: the acks stand behind what was done at
   * the event. All events must be taken. Never throws for what the client sends.
   */
  *receive(bytes: Uint8Array): Generator<OutOfProcessServerEvent, void, undefined> {
    for (const read of this.#reader.feed(bytes)) {
      if (this.#over) return;
      if (read.type === "broken") yield this.#unreadable(read.error);
      if (read.type === "packet") yield* this.#packet(read.packet);
    }
  }

  /**
   * The input is over without a Close: what runs is stopped and the pool says its last states, in case that somebody
   * still reads [R7].
   */
  *end(): Generator<OutOfProcessServerEvent, void, undefined> {
    if (this.#over) return;
    for (const target of this.#commands.keys())
      if (this.#pool.pipelineState(target) === "running") yield { type: "stop", pipeline: target };
    const closed = this.#closing;
    this.#closing = false;
    this.#collect();
    this.#over = true;
    this.#sayGoodbye(closed);
    yield { type: "sessionClosed" };
  }

  /** All lines that are ready, in order; null when nothing waits. Call it after `receive`, and after acts on the pool. */
  take(): Uint8Array | null {
    this.#collect();
    const lines = this.#written;
    this.#written = [];
    return lines.length === 0 ? null : concatenate(lines);
  }

  *#packet(packet: Packet): Generator<OutOfProcessServerEvent, void, undefined> {
    if (packet.type === "Data") return yield* this.#data(packet);
    if (packet.target === null && packet.type !== "Close") {
      const sentence = "A Command or Signal came for the session";
      return yield this.#unreadable(new OutOfProcessError("outOfOrder", sentence));
    }
    if (packet.target === null) return yield* this.#closeSession();
    if (packet.type === "Command") this.#begin(packet.target);
    else yield* this.#end(packet.target, packet.type === "Signal" ? "SignalAck" : "CloseAck");
  }

  /** The session's Data is acknowledged behind its answers, a pipeline's before its first output [R7]. */
  *#data(
    packet: Extract<Packet, { readonly type: "Data" }>,
  ): Generator<OutOfProcessServerEvent, void, undefined> {
    const pipeline = packet.target;
    if (pipeline !== null) this.#write({ type: "DataAck", target: pipeline });
    const stream = packet.stream === "Default" ? "stdin" : "pr";
    // Data for a command that nobody began is acknowledged and passed over, as PowerShell does [R7].
    if (pipeline === null || this.#commands.has(pipeline))
      yield* this.#pool.receive({ pipeline, stream }, packet.bytes);
    this.#collect();
    if (pipeline === null) this.#write({ type: "DataAck", target: null });
  }

  #begin(command: string): void {
    if (!this.#commands.has(command)) this.#commands.set(command, { closing: false, owed: [] });
    this.#write({ type: "CommandAck", target: command });
  }

  /** Signal and Close both stop what still runs; the ack is owed until its state is out. */
  *#end(target: string, ack: "SignalAck" | "CloseAck"): Generator<OutOfProcessServerEvent, void, undefined> {
    const command = this.#commands.get(target);
    if (command === undefined) return this.#write({ type: ack, target });
    command.owed.push(ack);
    command.closing ||= ack === "CloseAck";
    if (this.#pool.pipelineState(target) === "running") yield { type: "stop", pipeline: target };
    this.#collect();
    if (this.#over) yield { type: "sessionClosed" };
  }

  *#closeSession(): Generator<OutOfProcessServerEvent, void, undefined> {
    this.#closing = true;
    this.#collect();
    if (this.#over) yield { type: "sessionClosed" };
  }

  #unreadable(error: OutOfProcessError): OutOfProcessServerEvent {
    this.#over = true;
    return { type: "unreadable", error };
  }

  /** Writes what the pool and its pipelines have to say, then the acks that waited for it. */
  #collect(): void {
    this.#drain(null);
    for (const [target, command] of this.#commands) {
      this.#drain(target);
      if (this.#pool.pipelineState(target) === "running") continue;
      for (const type of command.owed.splice(0)) this.#write({ type, target } as Packet);
      if (!command.closing) continue;
      this.#pool.forget(target);
      this.#commands.delete(target);
    }
    if (!this.#closing || this.#over || this.#commands.size > 0) return;
    this.#over = true;
    this.#sayGoodbye(true);
  }

  /** RUNSPACEPOOL_STATE Closing and Closed stand before the ack of a pool that was open. */
  #sayGoodbye(acknowledged: boolean): void {
    if (this.#pool.state === "opened" || this.#pool.state === "opening") {
      this.#pool.closing();
      this.#pool.closed();
    }
    this.#drain(null);
    if (acknowledged) this.#write({ type: "CloseAck", target: null });
  }

  /** One fragment a line, as the real server has it. */
  #drain(target: string | null): void {
    for (let bytes = this.#pool.take(target); bytes !== null; bytes = this.#pool.take(target))
      this.#write({ type: "Data", target, stream: "Default", bytes });
  }

  #write(packet: Packet): void {
    this.#written.push(writePacket(packet));
  }
}
