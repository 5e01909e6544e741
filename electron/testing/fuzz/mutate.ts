import type { Seeded } from "../seeded.ts";

/** Texts that parsers have stumbled over: ends and beginnings of markup, entities, escapes, names with a meaning. */
const words: readonly Uint8Array[] = [
  "<",
  ">",
  "/>",
  "</",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "<?xml version='1.0'?>",
  "<!DOCTYPE a [<!ENTITY b 'c'>]>",
  "&b;",
  "&amp;",
  "&#0;",
  "&#xD800;",
  "&#x110000;",
  "_x0000_",
  "_xD800_",
  "_x0010FFFF_",
  "__proto__",
  "constructor",
  ' N="__proto__"',
  ' RefId="0"',
  '<Ref RefId="0" />',
  '<Obj RefId="0">',
  "<Nil />",
  "-1",
  "4294967296",
  "99999999999999999999",
  "NaN",
  "\0",
  "\r\n",
  "\r\n\r\n",
  "--",
  "--Encrypted Boundary",
  "Content-Length: 5\r\n",
  "Transfer-Encoding: chunked\r\n",
  "HTTP/1.1 100 Continue\r\n\r\n",
  "ffffffff",
  "AAAA",
  "====",
  "NTLMSSP\0",
].map((word) => Buffer.from(word, "latin1"));

const numbers = [0, 1, 0x7f, 0x80, 0xfe, 0xff] as const;

/** The same bytes with one to four faults in them, of the kinds that cut, flip, repeat and insert. */
export function mutated(sample: Uint8Array, chance: Seeded): Uint8Array {
  let bytes = sample.slice();
  for (let faults = 1 + chance.below(4); faults > 0 && bytes.length > 0; faults--)
    bytes = once(bytes, chance);
  return bytes;
}

function once(bytes: Uint8Array<ArrayBuffer>, chance: Seeded): Uint8Array<ArrayBuffer> {
  const at = chance.below(bytes.length);
  switch (chance.below(8)) {
    case 0:
      return changed(bytes, at, (bytes[at] ?? 0) ^ (1 << chance.below(8)));
    case 1:
      return changed(bytes, at, chance.pick(numbers));
    case 2:
      return changed(bytes, at, chance.below(256));
    case 3:
      return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + chance.below(16)));
    case 4:
      return joined(bytes.subarray(0, at + chance.below(64)), bytes.subarray(at));
    case 5:
      return joined(bytes.subarray(0, at), words[chance.below(words.length)] ?? bytes, bytes.subarray(at));
    case 6:
      return withNumber(bytes, at, chance);
    default:
      return chance.below(4) === 0 ? bytes.slice(0, at) : changed(bytes, at, chance.below(128));
  }
}

function changed(bytes: Uint8Array<ArrayBuffer>, at: number, value: number): Uint8Array<ArrayBuffer> {
  bytes[at] = value;
  return bytes;
}

/** A length, an offset or an id: four bytes in either order, small or as large as they get. */
function withNumber(bytes: Uint8Array<ArrayBuffer>, at: number, chance: Seeded): Uint8Array<ArrayBuffer> {
  const value = chance.pick([0, 1, 21, 255, 65_535, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff]);
  if (at + 4 <= bytes.length) new DataView(bytes.buffer).setUint32(at, value, chance.below(2) === 0);
  return bytes;
}

function joined(...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
