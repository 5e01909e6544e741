import { fragmentHeader, writeFragment } from "./fragments.ts";
import { PsrpStateError } from "./psrpError.ts";

/** Gives each object its id when its first byte goes out, so that ids are contiguous on the wire ([MS-PSRP] 2.2.4). */
export type ObjectIds = { next(): bigint };

/** Ids 1, 2, 3, ... for all objects of one peer, over the pool and its pipelines. */
export function objectIds(): ObjectIds {
  let last = 0n;
  return { next: () => ++last };
}

/** Less room than this is left over rather than filled with a fragment that is mostly header. */
const leastUseful = 64;

/** The messages that wait to be sent for one source, cut into fragments as they are taken. */
export class Outbox {
  readonly #ids: ObjectIds;
  #waiting: Uint8Array[] = [];
  #head = 0;
  #objectId = 0n;
  #fragmentId = 0n;
  #offset = 0;

  constructor(ids: ObjectIds) {
    this.#ids = ids;
  }

  get empty(): boolean {
    return this.#head === this.#waiting.length;
  }

  put(message: Uint8Array): void {
    this.#waiting.push(message);
  }

  /** Forgets what was not begun; the object whose first fragments are out is finished, for objects are never cut off. */
  dropUnbegun(): void {
    const begun = this.#offset > 0 ? this.#waiting.slice(this.#head, this.#head + 1) : [];
    this.#waiting = begun;
    this.#head = 0;
  }

  /** The next fragment, header included at most `limit` bytes; null when nothing waits. */
  take(limit: number): Uint8Array | null {
    const message = this.#waiting[this.#head];
    if (message === undefined) return null;
    if (limit <= fragmentHeader)
      throw new PsrpStateError("take", `limit ${limit}`, ["a limit above 21 bytes"]);
    const start = this.#offset === 0;
    if (start) this.#objectId = this.#ids.next();
    const data = message.subarray(this.#offset, this.#offset + limit - fragmentHeader);
    const end = this.#offset + data.length === message.length;
    const fragment = writeFragment({
      objectId: this.#objectId,
      fragmentId: this.#fragmentId,
      start,
      end,
      data,
    });
    this.#advance(data.length, end);
    return fragment;
  }

  /** As many whole fragments as fit into `limit` bytes. */
  takeMany(limit: number): readonly Uint8Array[] {
    const fragments: Uint8Array[] = [];
    for (let left = limit; left > leastUseful; ) {
      const fragment = this.take(left);
      if (fragment === null) break;
      fragments.push(fragment);
      left -= fragment.length;
    }
    return fragments;
  }

  #advance(length: number, end: boolean): void {
    this.#offset = end ? 0 : this.#offset + length;
    this.#fragmentId = end ? 0n : this.#fragmentId + 1n;
    if (!end) return;
    this.#head += 1;
    // Dropping the sent half now and then keeps both the work and the memory linear.
    if (this.#head > 64 && this.#head * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#head);
      this.#head = 0;
    }
  }
}
