import type { Seeded } from "../seeded.ts";
import { hostileWords } from "./hostileWords.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

/** Cases stay small, so that many fit into a second; what grows without end is tried in hostileShapes.test.ts. */
const largest = 24 * 1024;

const numbers = [0, 1, 0x7f, 0x80, 0xfe, 0xff] as const;
const longNumbers = [0, 1, 21, 255, 65_535, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff] as const;

/** One fault that knows nothing of what the bytes mean: a flip, a cut, a piece that is doubled, moved or foreign. */
export function byteFault(bytes: Bytes, other: Uint8Array, chance: Seeded): Bytes {
  const at = chance.below(bytes.length);
  switch (chance.below(12)) {
    case 0:
    case 1:
      return changed(bytes, at, (bytes[at] ?? 0) ^ (1 << chance.below(8)));
    case 2:
      return changed(bytes, at, chance.pick(numbers));
    case 3:
      return changed(bytes, at, chance.below(256));
    case 4:
      return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + chance.below(16)));
    case 5:
      return joined(bytes.subarray(0, at + chance.below(64)), bytes.subarray(at));
    case 6:
      return joined(
        bytes.subarray(0, at),
        hostileWords[chance.below(hostileWords.length)] ?? bytes,
        bytes.subarray(at),
      );
    case 7:
      return withNumber(bytes, at, chance);
    case 8:
      return withStep(bytes, at, chance);
    case 9:
      return spliced(bytes, other, at, chance);
    case 10:
      return repeated(bytes, at, chance);
    default:
      return chance.below(4) === 0 ? bytes.slice(0, at) : changed(bytes, at, chance.below(128));
  }
}

export function joined(...pieces: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** A piece so many times; as often as the largest case allows. */
export function times(piece: Uint8Array, count: number): Bytes {
  const fits = Math.min(count, Math.floor(largest / Math.max(piece.length, 1)));
  const whole = new Uint8Array(piece.length * fits);
  for (let index = 0; index < fits; index++) whole.set(piece, index * piece.length);
  return whole;
}

function changed(bytes: Bytes, at: number, value: number): Bytes {
  bytes[at] = value;
  return bytes;
}

/** A length, an offset or an id: two or four bytes in either order, small or as large as they get. */
function withNumber(bytes: Bytes, at: number, chance: Seeded): Bytes {
  const value = chance.pick(longNumbers);
  const little = chance.below(2) === 0;
  const view = new DataView(bytes.buffer);
  if (chance.below(2) === 0) {
    if (at + 4 <= bytes.length) view.setUint32(at, value, little);
  } else if (at + 2 <= bytes.length) view.setUint16(at, value, little);
  return bytes;
}

/** A length that is off by a little, in one, two or four bytes. */
function withStep(bytes: Bytes, at: number, chance: Seeded): Bytes {
  const step = chance.below(9) - 4;
  const little = chance.below(2) === 0;
  const view = new DataView(bytes.buffer);
  const width = chance.pick([1, 2, 4]);
  if (at + width > bytes.length) return bytes;
  if (width === 1) view.setUint8(at, view.getUint8(at) + step);
  else if (width === 2) view.setUint16(at, view.getUint16(at, little) + step, little);
  else view.setUint32(at, view.getUint32(at, little) + step, little);
  return bytes;
}

/** The beginning of one sample and the end of another, or a piece of the other in the midst. */
function spliced(bytes: Bytes, other: Uint8Array, at: number, chance: Seeded): Bytes {
  const from = chance.below(other.length + 1);
  if (chance.below(2) === 0) return joined(bytes.subarray(0, at), other.subarray(from));
  const piece = other.subarray(from, from + 1 + chance.below(64));
  return joined(bytes.subarray(0, at), piece, bytes.subarray(at + chance.below(2) * piece.length));
}

function repeated(bytes: Bytes, at: number, chance: Seeded): Bytes {
  const piece = bytes.subarray(at, at + 1 + chance.below(32));
  return joined(bytes.subarray(0, at), times(piece, chance.pick([2, 3, 20, 300])), bytes.subarray(at));
}
