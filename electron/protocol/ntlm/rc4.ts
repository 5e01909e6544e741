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

  /** Enciphers or deciphers the next bytes of the stream. */
  apply(data: Uint8Array): Uint8Array {
    const result = new Uint8Array(data);
    const whole = data.length & ~3;
    this.#applyWords(new Int32Array(result.buffer, 0, whole / 4));
    for (let at = whole; at < result.length; at++) result[at] = (result[at] ?? 0) ^ this.#next();
    return result;
  }

  /**
   * Four bytes a turn, written out and with the state in locals: this loop is all of sealing, and so it takes two
   * thirds of the time. Lowest byte first, as all processors that Electron runs on have them.
   */
  #applyWords(words: Int32Array): void {
    const box = this.#box;
    let [i, j, left, right] = [this.#i, this.#j, 0, 0];
    for (let at = 0; at < words.length; at++) {
      i = (i + 1) & 255;
      left = box[i] ?? 0;
      j = (j + left) & 255;
      right = box[j] ?? 0;
      box[i] = right;
      box[j] = left;
      let key = box[(left + right) & 255] ?? 0;
      i = (i + 1) & 255;
      left = box[i] ?? 0;
      j = (j + left) & 255;
      right = box[j] ?? 0;
      box[i] = right;
      box[j] = left;
      key |= (box[(left + right) & 255] ?? 0) << 8;
      i = (i + 1) & 255;
      left = box[i] ?? 0;
      j = (j + left) & 255;
      right = box[j] ?? 0;
      box[i] = right;
      box[j] = left;
      key |= (box[(left + right) & 255] ?? 0) << 16;
      i = (i + 1) & 255;
      left = box[i] ?? 0;
      j = (j + left) & 255;
      right = box[j] ?? 0;
      box[i] = right;
      box[j] = left;
      key |= (box[(left + right) & 255] ?? 0) << 24;
      words[at] = (words[at] ?? 0) ^ key;
    }
    this.#i = i;
    this.#j = j;
  }

  #next(): number {
    const box = this.#box;
    this.#i = (this.#i + 1) & 255;
    const left = box[this.#i] ?? 0;
    this.#j = (this.#j + left) & 255;
    swap(box, this.#i, this.#j);
    return box[(left + (box[this.#i] ?? 0)) & 255] ?? 0;
  }
}

function swap(box: Uint8Array, left: number, right: number): void {
  const kept = box[left] ?? 0;
  box[left] = box[right] ?? 0;
  box[right] = kept;
}
