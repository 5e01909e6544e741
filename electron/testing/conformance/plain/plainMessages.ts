/* A second reading of fragments and messages, by arithmetic on bytes and nothing of the product. */

export type PlainFragment = {
  readonly objectId: bigint;
  readonly start: boolean;
  readonly end: boolean;
  readonly data: Buffer;
};

export type PlainMessage = {
  readonly destination: number;
  readonly type: number;
  /** The sixteen bytes as they stand, in hexadecimal. */
  readonly poolId: string;
  readonly pipelineId: string;
  /** Without a byte order mark. */
  readonly text: string;
};

export function plainFragments(payload: Buffer): readonly PlainFragment[] {
  const fragments: PlainFragment[] = [];
  for (let at = 0; at < payload.length; ) {
    const length = payload.readUInt32BE(at + 17);
    const flags = payload.readUInt8(at + 16);
    const data = payload.subarray(at + 21, at + 21 + length);
    if (data.length < length) throw new Error("a fragment is cut off");
    fragments.push({
      objectId: payload.readBigUInt64BE(at),
      start: (flags & 1) === 1,
      end: (flags & 2) === 2,
      data,
    });
    at += 21 + length;
  }
  return fragments;
}

export function plainMessage(bytes: Buffer): PlainMessage {
  const text = bytes.subarray(40).toString("utf8");
  return {
    destination: bytes.readUInt32LE(0),
    type: bytes.readUInt32LE(4),
    poolId: bytes.subarray(8, 24).toString("hex"),
    pipelineId: bytes.subarray(24, 40).toString("hex"),
    text: text.startsWith("\uFEFF") ? text.slice(1) : text,
  };
}

/** A whole message; `begun` is the caller's word for the place where it began. */
export type PlainObject<Place> = {
  readonly message: PlainMessage;
  readonly begun: Place;
  readonly objectId: bigint;
};

/** Joins the fragments of one source. */
export class PlainSource<Place> {
  #open: { readonly pieces: Buffer[]; readonly begun: Place; readonly objectId: bigint } | null = null;

  /** False when every object that began has ended. */
  get unfinished(): boolean {
    return this.#open !== null;
  }

  add(payload: Buffer, place: Place): readonly PlainObject<Place>[] {
    const whole: PlainObject<Place>[] = [];
    for (const { objectId, start, end, data } of plainFragments(payload)) {
      if (start) this.#open = { pieces: [], begun: place, objectId };
      if (this.#open === null) throw new Error("a fragment without a beginning");
      this.#open.pieces.push(data);
      if (!end) continue;
      const { pieces, ...rest } = this.#open;
      whole.push({ message: plainMessage(Buffer.concat(pieces)), ...rest });
      this.#open = null;
    }
    return whole;
  }
}

/** The GUID text whose bytes, in the order of .NET, are these: ids in messages are opaque, and our roles take texts. */
export function guidOfBytes(hex: string): string {
  const bytes = hex.match(/../g) ?? [];
  const [a, b, c] = [bytes.slice(0, 4), bytes.slice(4, 6), bytes.slice(6, 8)].map((part) =>
    part.toReversed().join(""),
  );
  return [a, b, c, hex.slice(16, 20), hex.slice(20)].join("-");
}

export const noPlainId = "0".repeat(32);
