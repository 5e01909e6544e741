/**
 * Where something stands next in a text. Asked with rising positions, so that all searches together pass over the text
 * once, and fast: they are the engine's own.
 */
export class NextPlace {
  readonly #what: string | RegExp;
  #source = "";
  #found = -1;

  /** A RegExp must be global. */
  constructor(what: string | RegExp) {
    this.#what = what;
  }

  /** From here on the places are those of this text. */
  restart(source: string): void {
    this.#source = source;
    this.#found = -1;
  }

  /** The first place at or behind `at`; infinitely far when there is none. */
  from(at: number): number {
    if (this.#found < at) this.#found = this.#search(at);
    return this.#found;
  }

  #search(at: number): number {
    const found =
      typeof this.#what === "string" ? this.#source.indexOf(this.#what, at) : this.#match(this.#what, at);
    return found < 0 ? Number.POSITIVE_INFINITY : found;
  }

  #match(what: RegExp, at: number): number {
    what.lastIndex = at;
    return what.exec(this.#source)?.index ?? -1;
  }
}
