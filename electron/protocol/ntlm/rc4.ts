/** An RC4 stream whose state runs on from call to call, as one direction of a sealing context needs it. */
export class Rc4 {
  readonly #box = Uint8Array.from({ length: 256 }, (_, index) => index);
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
    const box = this.#box;
    const result = new Uint8Array(data.length);
    for (let at = 0; at < data.length; at++) {
      this.#i = (this.#i + 1) & 255;
      this.#j = (this.#j + (box[this.#i] ?? 0)) & 255;
      swap(box, this.#i, this.#j);
      result[at] = (data[at] ?? 0) ^ (box[((box[this.#i] ?? 0) + (box[this.#j] ?? 0)) & 255] ?? 0);
    }
    return result;
  }
}

function swap(box: Uint8Array, left: number, right: number): void {
  const kept = box[left] ?? 0;
  box[left] = box[right] ?? 0;
  box[right] = kept;
}
