import { MemorySocket } from "./memorySocket.ts";
import type { VirtualTime } from "./virtualTime.ts";

export type Direction = "toServer" | "toClient";
export const directions: readonly Direction[] = ["toServer", "toClient"];
export const faultKinds = ["cut", "delay", "duplicate", "corrupt"] as const;

/** What goes wrong once, at the byte of that number in that direction, counted over all sockets of one act. */
export type LineFault = {
  readonly kind: (typeof faultKinds)[number];
  readonly direction: Direction;
  readonly offset: number;
  /** Milliseconds of a delay; by the offset if left out. */
  readonly pause?: number;
};

/** One piece that passed while there was no fault to do. */
export type Passed = { readonly socket: number; readonly direction: Direction; readonly bytes: Buffer };

/**
 * Milliseconds for which a delayed byte and all behind it wait: a moment; longer than a reading may take; longer than a
 * request may take; longer than anybody has patience.
 */
const pauses = [25, 20_000, 75_000, 200_000] as const;

/** A prime, so that neighbours get different pauses and a part of a plan gets all of them. */
export const pauseOf = ({ offset, pause }: LineFault): number =>
  pause ?? pauses[Math.floor(offset / 7) % pauses.length] ?? 25;

/** The bytes with the one at that place doubled, or with one bit of it changed. */
export function changed(kind: "duplicate" | "corrupt", bytes: Buffer, at: number): Buffer {
  const own = bytes[at] ?? 0;
  const instead = kind === "duplicate" ? [own, own] : [own ^ 4];
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(instead), bytes.subarray(at + 1)]);
}

/** The way of the bytes in one direction between two ends. */
type Lane = {
  readonly socket: number;
  readonly direction: Direction;
  readonly to: () => MemorySocket;
  /** What waits behind a delayed byte, in order; null while nothing does. */
  waiting: (() => void)[] | null;
  cut: boolean;
};

/** Joins pairs of sockets and does the one fault; counts bytes, so that a run without fault tells their number. */
export class FaultyLine {
  readonly passed: Record<Direction, number> = { toServer: 0, toClient: 0 };
  /** What passed while there was no fault to do: a plan is made by it. */
  readonly seen: Passed[] = [];
  readonly #time: VirtualTime;
  readonly #fault: LineFault | null;
  #struck = false;
  #honest = false;
  #sockets = 0;

  constructor(time: VirtualTime, fault: LineFault | null) {
    this.#time = time;
    this.#fault = fault;
  }

  /** True once the fault has happened. */
  get struck(): boolean {
    return this.#struck;
  }

  /** From now on nothing goes wrong any more; what is delayed still comes. */
  mend(): void {
    this.#honest = true;
  }

  /** A new connection: the client's end and the server's. */
  join(): readonly [client: MemorySocket, server: MemorySocket] {
    const lane = { socket: this.#sockets++, waiting: null, cut: false };
    const toServer: Lane = { ...lane, direction: "toServer", to: () => server };
    const toClient: Lane = { ...lane, direction: "toClient", to: () => client };
    const client = this.#end(toServer, toClient);
    const server = this.#end(toClient, toServer);
    return [client, server];
  }

  #end(out: Lane, back: Lane): MemorySocket {
    return new MemorySocket({
      written: (bytes) => this.#carry(Buffer.from(bytes), out, back),
      left: (whole) => this.#deliver(out, () => out.to().ended(whole)),
    });
  }

  #carry(bytes: Buffer, out: Lane, back: Lane): void {
    if (out.cut) return;
    const at = this.passed[out.direction];
    if (!this.#honest) this.passed[out.direction] += bytes.length;
    const fault = this.#fault;
    const { socket, direction } = out;
    if (fault === null && !this.#honest) this.seen.push({ socket, direction, bytes });
    const here = fault?.direction === direction && !this.#struck ? fault.offset - at : -1;
    if (fault === null || this.#honest || here < 0 || here >= bytes.length) this.#send(out, bytes);
    else this.#strike(fault, bytes, here, out, back);
  }

  #strike(fault: LineFault, bytes: Buffer, here: number, out: Lane, back: Lane): void {
    this.#struck = true;
    const before = bytes.subarray(0, here);
    const after = bytes.subarray(here);
    switch (fault.kind) {
      case "cut":
        // What was before the cut still arrives; both ends find out.
        this.#send(out, before);
        this.#deliver(out, () => out.to().ended(true));
        this.#deliver(back, () => back.to().ended(true));
        out.cut = true;
        back.cut = true;
        return;
      case "duplicate":
      case "corrupt":
        return this.#send(out, changed(fault.kind, bytes, here));
      case "delay":
        this.#send(out, before);
        this.#hold(out, pauseOf(fault));
        return this.#send(out, after);
      default:
        fault.kind satisfies never;
    }
  }

  /** What is on its way when its sender leaves arrives all the same, as late as that is. */
  #hold(lane: Lane, milliseconds: number): void {
    const waiting: (() => void)[] = [];
    lane.waiting = waiting;
    this.#time.after(milliseconds, () => {
      lane.waiting = null;
      for (const act of waiting) this.#deliver(lane, act);
    });
  }

  #send(lane: Lane, bytes: Buffer): void {
    if (bytes.length > 0) this.#deliver(lane, () => lane.to().arrive(bytes));
  }

  #deliver(lane: Lane, act: () => void): void {
    this.#time.stir();
    if (lane.waiting !== null) lane.waiting.push(act);
    else process.nextTick(act);
  }
}
