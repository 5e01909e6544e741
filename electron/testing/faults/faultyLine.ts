import { connect } from "node:net";
import type { Socket } from "node:net";

export type Direction = "toServer" | "toClient";
export const directions: readonly Direction[] = ["toServer", "toClient"];
export const faultKinds = ["cut", "delay", "duplicate", "corrupt"] as const;

/** What goes wrong once, at the byte of that number in that direction, counted over all sockets of one act. */
export type LineFault = {
  readonly kind: (typeof faultKinds)[number];
  readonly direction: Direction;
  readonly offset: number;
};

/** Milliseconds for which a delayed byte and all behind it wait. */
const pause = 25;

/**
 * After the fault a line on which nothing passes for so long (milliseconds) is cut, as routers do: both ends may wait for
 * bytes that a changed length announced, and the console's own deadline for that is half a minute.
 */
const longestSilence = 700;

/** Joins sockets to an honest port and does the one fault; counts bytes, so that a run without fault tells their number. */
export class FaultyLine {
  readonly passed: Record<Direction, number> = { toServer: 0, toClient: 0 };
  /** What passed while there was no fault to do: a plan is made by it. */
  readonly seen: Record<Direction, Buffer[]> = { toServer: [], toClient: [] };
  readonly #port: number;
  readonly #fault: LineFault | null;

  constructor(port: number, fault: LineFault | null) {
    this.#port = port;
    this.#fault = fault;
  }

  /** True once the fault has happened. */
  get struck(): boolean {
    const fault = this.#fault;
    return fault !== null && this.passed[fault.direction] > fault.offset;
  }

  /** Takes a client's socket. */
  readonly take = (near: Socket): void => {
    const far = connect(this.#port, "127.0.0.1");
    // A cut line is what this is about: nobody else needs to hear of it.
    far.on("error", () => near.destroy());
    near.setNoDelay(true);
    far.setNoDelay(true);
    near.once("close", () => far.destroy());
    far.once("close", () => near.destroy());
    near.setTimeout(longestSilence, () => {
      if (this.struck) near.destroy();
    });
    this.#carry(near, far, "toServer");
    this.#carry(far, near, "toClient");
  };

  #carry(from: Socket, to: Socket, direction: Direction): void {
    from.on("data", (bytes) => {
      const at = this.passed[direction];
      this.passed[direction] += bytes.length;
      const fault = this.#fault;
      if (fault === null) this.seen[direction].push(bytes);
      const here = fault?.direction === direction ? fault.offset - at : -1;
      if (fault === null || here < 0 || here >= bytes.length) to.write(bytes);
      else this.#strike(fault, { from, to, bytes, here });
    });
    from.on("end", () => to.end());
  }

  #strike(
    fault: LineFault,
    on: { readonly from: Socket; readonly to: Socket; readonly bytes: Buffer; readonly here: number },
  ): void {
    const { from, to, bytes, here } = on;
    const before = bytes.subarray(0, here);
    const after = bytes.subarray(here);
    switch (fault.kind) {
      case "cut":
        // What was before the cut still arrives.
        to.end(before);
        from.destroy();
        return;
      case "duplicate":
        to.write(Buffer.concat([before, after.subarray(0, 1), after]));
        return;
      case "corrupt":
        to.write(Buffer.concat([before, Buffer.from([(after[0] ?? 0) ^ 4]), after.subarray(1)]));
        return;
      case "delay":
        from.pause();
        to.write(before);
        setTimeout(() => {
          to.write(after);
          from.resume();
        }, pause);
        return;
      default:
        fault.kind satisfies never;
    }
  }
}
