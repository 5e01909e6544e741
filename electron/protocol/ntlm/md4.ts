import { viewOf } from "./bytes.ts";

const ROUND_TWO = [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15] as const;
const ROUND_THREE = [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15] as const;

type Round = {
  readonly order: readonly number[];
  readonly shifts: readonly number[];
  readonly constant: number;
  readonly mix: (x: number, y: number, z: number) => number;
};

const ROUNDS: readonly Round[] = [
  {
    order: Array.from({ length: 16 }, (_, step) => step),
    shifts: [3, 7, 11, 19],
    constant: 0,
    mix: (x, y, z) => (x & y) | (~x & z),
  },
  {
    order: ROUND_TWO,
    shifts: [3, 5, 9, 13],
    constant: 0x5a827999,
    mix: (x, y, z) => (x & y) | (x & z) | (y & z),
  },
  { order: ROUND_THREE, shifts: [3, 9, 11, 15], constant: 0x6ed9eba1, mix: (x, y, z) => x ^ y ^ z },
];

/** MD4 (RFC 1320), 16 bytes. Only the password hash needs it, and OpenSSL 3 no longer has it. */
export function md4(message: Uint8Array): Uint8Array {
  const padded = pad(message);
  const view = viewOf(padded);
  let sums: Sums = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let block = 0; block < padded.length; block += 64) sums = digestBlock(view, block, sums);
  const digest = new Uint8Array(16);
  const out = viewOf(digest);
  sums.forEach((sum, index) => out.setUint32(index * 4, sum >>> 0, true));
  return digest;
}

type Sums = readonly [number, number, number, number];

function pad(message: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  viewOf(padded).setBigUint64(padded.length - 8, BigInt(message.length) * 8n, true);
  return padded;
}

function digestBlock(view: DataView, block: number, sums: Sums): Sums {
  let [a, b, c, d] = sums;
  for (const round of ROUNDS)
    for (let step = 0; step < 16; step++) {
      const word = view.getUint32(block + (round.order[step] ?? 0) * 4, true);
      const turned = rotate(
        (a + round.mix(b, c, d) + word + round.constant) | 0,
        round.shifts[step % 4] ?? 0,
      );
      [a, b, c, d] = [d, turned, b, c];
    }
  return [(sums[0] + a) | 0, (sums[1] + b) | 0, (sums[2] + c) | 0, (sums[3] + d) | 0];
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
