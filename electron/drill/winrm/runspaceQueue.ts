type Sizes = { readonly min: number; readonly max: number };

/** The runspaces of one pool: one pipeline runs in each, others queue (protocol 6.6). */
export class RunspaceQueue {
  readonly #waiting: (() => void)[] = [];
  #sizes: Sizes = { min: 1, max: 1 };
  #busy = 0;

  get sizes(): Sizes {
    return this.#sizes;
  }

  get free(): number {
    return Math.max(0, this.#sizes.max - this.#busy);
  }

  begin(sizes: Sizes): void {
    this.#sizes = sizes;
  }

  /** False where there cannot be that many; then nothing changes. */
  resize(which: keyof Sizes, count: number): boolean {
    const sizes = { ...this.#sizes, [which]: count };
    const isAllowed = count >= 1 && sizes.min <= sizes.max;
    if (isAllowed) this.#sizes = sizes;
    this.#letIn();
    return isAllowed;
  }

  /** Waits for a free one. */
  async enter(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    this.#letIn();
    await promise;
  }

  leave(): void {
    this.#busy--;
    this.#letIn();
  }

  /** Each is busy from here on, so that nobody comes between. */
  #letIn(): void {
    while (this.#busy < this.#sizes.max && this.#waiting.length > 0) {
      this.#busy++;
      this.#waiting.shift()?.();
    }
  }
}
