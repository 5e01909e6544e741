const inOrder = Uint8Array.from({ length: 256 }, (_, index) => index);

/** An RC4 stream whose state runs on from call to call, as one direction of a sealing context needs it. */
export class Rc4 {
  readonly #box = inOrder.slice();
  #i = 0;
  #j = 0;

  constructor(key: Uint8Array) {
    const box = this.#box;
    let j = 0;
    for (let i = 0; i < 256; i++) {
      j = (j + (box[i] ?? 0) + (key[i % key.length] ?? 0)) & 255;
      swap(box, i, j);
    }
  }

  /** Enciphers or deciphers the next bytes of the stream. The state lives in locals here: this loop is all of sealing. */
  apply(data: Uint8Array): Uint8Array {
    const box = this.#box;
    const result = new Uint8Array(data.length);
    let i = this.#i;
    let j = this.#j;
    for (let at = 0; at < data.length; at++) {
      i = (i + 1) & 255;
      const left = box[i] ?? 0;
      j = (j + left) & 255;
      const right = box[j] ?? 0;
      box[i] = right;
      box[j] = left;
      result[at] = (data[at] ?? 0) ^ (box[(left + right) & 255] ?? 0);
    }
    this.#i = i;
    this.#j = j;
    return result;
  }
}

function swap(box: Uint8Array, left: number, right: number): void {
  const kept = box[left] ?? 0;
  box[left] = box[right] ?? 0;
  box[right] = kept;
}
