import { concatenate } from "../concatenate.ts";
import { Pieces } from "../pieces.ts";
import { readFragments } from "./fragments.ts";
import type { Fragment } from "./fragments.ts";
import { PsrpError } from "./psrpError.ts";

/** Bounds of what one pool keeps while objects arrive in pieces. */
export type AssemblyLimits = {
  /** Bytes of one object, fragment headers included. */
  readonly objectBytes: number;
  /** Bytes of all objects under way. */
  readonly allBytes: number;
  readonly objectsUnderWay: number;
};

/** What all assemblers of one pool have buffered at the moment, and the id of the object that was begun last. */
export type AssemblyLoad = { bytes: number; objects: number; lastObject?: bigint };

const mostRestarts = 100;
const mostEmptyInARow = 3;

/**
 * Joins the fragments of one source to objects. Large pieces are kept as they came and joined once at the end, if at
 * all, small ones are gathered, so that work and memory are linear in the bytes. A PsrpError leaves the source
 * unreadable: what was under way is gone.
 */
export class FragmentAssembler {
  readonly #limits: AssemblyLimits;
  readonly #load: AssemblyLoad;
  #objectId: bigint | null = null;
  #lastFragment = 0n;
  readonly #pieces = new Pieces();
  #bytes = 0;
  #restarts = 0;
  #emptyInARow = 0;
  #joining: boolean;
  #mayLack = false;

  /** `joining`: after a Connect the first fragments may belong to an object whose start we never saw. */
  constructor(limits: AssemblyLimits, load: AssemblyLoad, joining = false) {
    this.#limits = limits;
    this.#load = load;
    this.#joining = joining;
  }

  /** The objects that one payload completes, in order. */
  receive(payload: Uint8Array): readonly Uint8Array[] {
    return this.receivePieces(payload).map((pieces) => concatenate(pieces));
  }

  /** The same, each in the pieces in which it came; they are the caller's, who may let go of one after the other. */
  receivePieces(payload: Uint8Array): Uint8Array[][] {
    const objects: Uint8Array[][] = [];
    for (const fragment of readFragments(payload)) {
      const object = this.#add(fragment);
      if (object !== null) objects.push(object);
    }
    return objects;
  }

  /**
   * An answer that may have held fragments was lost. What comes next must follow without a gap: the ids of a peer's
   * objects are contiguous over the pool and its pipelines ([MS-PSRP] 2.2.4), so that a missing one shows.
   */
  answerLost(): void {
    this.#mayLack = true;
  }

  /** Gives back what is buffered; for a source that ends. */
  drop(): void {
    if (this.#objectId === null) return;
    this.#load.bytes -= this.#bytes;
    this.#load.objects -= 1;
    this.#objectId = null;
    this.#pieces.take();
    this.#bytes = 0;
  }

  #add(fragment: Fragment): Uint8Array[] | null {
    if (fragment.objectId === 0n) throw new PsrpError("badFragment", "object id 0");
    if (fragment.start) this.#begin(fragment);
    else if (this.#joining && this.#objectId === null) return null;
    else this.#goOn(fragment);
    this.#keep(fragment.data);
    if (!fragment.end) return null;
    const object = this.#pieces.take();
    this.drop();
    return object;
  }

  #begin(fragment: Fragment): void {
    this.#demandNoGap(fragment);
    if (fragment.fragmentId !== 0n) throw new PsrpError("badFragment", "a start that is not fragment 0");
    if (this.#objectId !== null && ++this.#restarts > mostRestarts)
      throw new PsrpError("badFragment", "too many objects begun and never ended");
    this.drop();
    if (this.#load.objects >= this.#limits.objectsUnderWay)
      throw new PsrpError("tooLarge", `more than ${this.#limits.objectsUnderWay} objects under way`);
    this.#joining = false;
    this.#objectId = fragment.objectId;
    this.#load.lastObject = fragment.objectId;
    this.#lastFragment = 0n;
    this.#load.objects += 1;
  }

  /** A begin in the midst of another object has lost the rest of that one. */
  #demandNoGap(fragment: Fragment): void {
    const follows = this.#objectId === null && fragment.objectId === (this.#load.lastObject ?? 0n) + 1n;
    if (this.#mayLack && !follows) throw new PsrpError("badFragment", "objects of a lost answer are missing");
    this.#mayLack = false;
  }

  #goOn(fragment: Fragment): void {
    if (this.#objectId !== fragment.objectId || fragment.fragmentId !== this.#lastFragment + 1n)
      throw new PsrpError(
        "badFragment",
        `fragment ${fragment.fragmentId} of object ${fragment.objectId} is out of its order`,
      );
    this.#lastFragment = fragment.fragmentId;
    this.#mayLack = false;
  }

  #keep(data: Uint8Array): void {
    this.#emptyInARow = data.length === 0 ? this.#emptyInARow + 1 : 0;
    if (this.#emptyInARow > mostEmptyInARow) throw new PsrpError("badFragment", "a run of empty fragments");
    const size = data.length + 21;
    if (this.#bytes + size > this.#limits.objectBytes)
      throw new PsrpError("tooLarge", `an object of more than ${this.#limits.objectBytes} bytes`);
    if (this.#load.bytes + size > this.#limits.allBytes)
      throw new PsrpError("tooLarge", `more than ${this.#limits.allBytes} bytes of unfinished objects`);
    this.#bytes += size;
    this.#load.bytes += size;
    this.#pieces.add(data);
  }
}
