import { ClixmlError } from "./clixmlError.ts";

/** One space of RefIds; objects and type names have one each (protocol 7.3). */
export class References<Target> {
  /** Nearly all are given in their order: 0, 1, 2. */
  #counted: Target[] = [];
  readonly #others = new Map<number, Target>();
  /** What was given before the last restart. */
  readonly #earlier = new Map<number, Target>();

  /** From here on every RefId may be given anew; what was given stays known until then. */
  restart(): void {
    this.#counted.forEach((target, id) => this.#earlier.set(id, target));
    for (const [id, target] of this.#others) this.#earlier.set(id, target);
    this.#counted = [];
    this.#others.clear();
  }

  /** `refId` is the attribute's text; null where nobody can refer to the target. */
  add(refId: string | null, target: Target): void {
    if (refId === null) return;
    const id = readRefId(refId);
    if (id < this.#counted.length || this.#others.has(id))
      throw new ClixmlError("refId", "A RefId is given twice");
    if (id === this.#counted.length) this.#counted.push(target);
    else this.#others.set(id, target);
  }

  find(refId: string | null): Target {
    const id = refId === null ? -1 : readRefId(refId);
    const target = this.#counted[id] ?? this.#others.get(id) ?? this.#earlier.get(id);
    if (target === undefined)
      throw new ClixmlError("reference", "A reference points to nothing that was begun");
    return target;
  }
}

function readRefId(text: string): number {
  let value = 0;
  for (let index = 0; index < text.length; index++) {
    const digit = text.charCodeAt(index) - 0x30;
    if (digit < 0 || digit > 9) value = Number.NaN;
    value = value * 10 + digit;
  }
  if (text === "" || !(value <= 4_294_967_295)) throw new ClixmlError("refId", "A RefId is not a number");
  return value;
}
