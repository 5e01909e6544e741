import { concatenate } from "./concatenate.ts";

/** From here on a piece is kept as it came; what an array costs beside its bytes no longer counts then. */
const LARGE = 4096;
const FIRST_BLOCK = 1024;
const LARGEST_BLOCK = 65_536;

/**
 * Bytes that come in pieces and are wanted at their end. Small pieces are gathered in blocks, so that memory follows
 * the bytes and not the number of pieces; large ones, and one that stays alone, are never copied.
 */
export class Pieces {
  #kept: Uint8Array[] = [];
  #block = new Uint8Array(0);
  #filled = 0;

  add(piece: Uint8Array): void {
    if (piece.length === 0) return;
    if (piece.length >= LARGE || (this.#kept.length === 0 && this.#filled === 0)) {
      this.#closeBlock();
      this.#kept.push(piece);
      return;
    }
    if (this.#filled + piece.length > this.#block.length) this.#makeRoom(piece.length);
    this.#block.set(piece, this.#filled);
    this.#filled += piece.length;
  }

  /** All that was added, in order and in few pieces. They are the caller's; nothing is kept. */
  take(): Uint8Array[] {
    this.#closeBlock();
    const taken = this.#kept;
    this.#kept = [];
    return taken;
  }

  /** The same in one. */
  takeWhole(): Uint8Array {
    return concatenate(this.take());
  }

  #makeRoom(more: number): void {
    if (this.#block.length >= LARGEST_BLOCK) this.#closeBlock();
    const bigger = new Uint8Array(Math.max(FIRST_BLOCK, this.#block.length * 2, this.#filled + more));
    bigger.set(this.#block.subarray(0, this.#filled));
    this.#block = bigger;
  }

  #closeBlock(): void {
    if (this.#filled > 0) this.#kept.push(this.#block.subarray(0, this.#filled));
    this.#block = new Uint8Array(0);
    this.#filled = 0;
  }
}
