/** Bytes that arrived and were not read yet; appending and taking copy each byte a bounded number of times. */
export class ByteQueue {
  #bytes = new Uint8Array(4096);
  #start = 0;
  #end = 0;
  /** Up to here no line end was found; a search goes on from there. */
  #searched = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  append(piece: Uint8Array): void {
    if (this.#end + piece.length > this.#bytes.length) this.#makeRoom(piece.length);
    this.#bytes.set(piece, this.#end);
    this.#end += piece.length;
  }

  /** Takes at most that many bytes. */
  take(limit: number): Uint8Array {
    const end = Math.min(this.#start + limit, this.#end);
    const taken = this.#bytes.slice(this.#start, end);
    this.#start = end;
    this.#searched = Math.max(this.#searched, end);
    return taken;
  }

  /** Takes a line that CR LF ends, without it, as Latin-1 text; null while it is not whole. */
  takeLine(): string | null {
    for (;;) {
      const found = this.#bytes.subarray(0, this.#end).indexOf(0x0a, this.#searched);
      if (found < 0) {
        this.#searched = this.#end;
        return null;
      }
      this.#searched = found + 1;
      if (found > this.#start && this.#bytes[found - 1] === 0x0d) {
        const line = this.take(found - 1 - this.#start);
        this.take(2);
        return Buffer.from(line).toString("latin1");
      }
    }
  }

  #makeRoom(more: number): void {
    const needed = this.length + more;
    const bigger = new Uint8Array(Math.max(needed * 2, 4096));
    bigger.set(this.#bytes.subarray(this.#start, this.#end));
    this.#searched -= this.#start;
    this.#end -= this.#start;
    this.#start = 0;
    this.#bytes = bigger;
  }
}
