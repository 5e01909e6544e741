/** Sixteen bytes as they stand in messages. Opaque: only ever compared with bytes ([MS-PSRP] 2.2.1). */
export type MessageId = Uint8Array;

export const noId: MessageId = new Uint8Array(16);

/** The order in which .NET writes the bytes of a GUID's text: the first three groups little-endian. */
const netOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/** The bytes of a GUID text, with or without dashes, in .NET order. Throws a RangeError on any other text. */
export function idOf(guid: string): MessageId {
  const digits = guid.replaceAll("-", "");
  if (!/^[0-9a-fA-F]{32}$/.test(digits)) throw new RangeError("a GUID has 32 hexadecimal digits");
  return Uint8Array.from(netOrder, (at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16));
}

/** Lower-case hex of the bytes, in the order in which they stand. */
export function hexOf(id: MessageId): string {
  return Array.from(id, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function sameId(one: MessageId, other: MessageId): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

export function isNoId(id: MessageId): boolean {
  return sameId(id, noId);
}
