const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Bytes as padded base64 (RFC 4648 4), without line breaks. */
export function toBase64(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  let to = 0;
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text[to++] = unitOf(group >> 18);
    text[to++] = unitOf(group >> 12);
    text[to++] = at + 1 < bytes.length ? unitOf(group >> 6) : PADDING;
    text[to++] = at + 2 < bytes.length ? unitOf(group) : PADDING;
  }
  return new TextDecoder().decode(text);
}

const PADDING = 0x3d;
const units = Uint8Array.from(DIGITS, (digit) => digit.charCodeAt(0));
const unitOf = (bits: number): number => units[bits & 63] ?? 0;

/** Values by character code; -1, which keeps its sign however it is shifted, stands for what is no digit. */
const values = new Int8Array(256).fill(-1);
for (let value = 0; value < 64; value++) values[unitOf(value)] = value;

/** The bytes of base64 text with white space taken out, or null when it is none. Padding is demanded. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const digits = new TextEncoder().encode(text);
  if (digits.length % 4 !== 0 || digits.length !== text.length) return null;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  digits.fill(unitOf(0), digits.length - padding);
  const bytes = new Uint8Array((digits.length / 4) * 3);
  let seen = 0;
  let at = 0;
  for (let index = 0; index < digits.length; index += 4) {
    const group =
      (valueOf(digits, index) << 18) |
      (valueOf(digits, index + 1) << 12) |
      (valueOf(digits, index + 2) << 6) |
      valueOf(digits, index + 3);
    seen |= group;
    bytes[at++] = group >> 16;
    bytes[at++] = group >> 8;
    bytes[at++] = group;
  }
  return seen < 0 ? null : bytes.subarray(0, bytes.length - padding);
}

const valueOf = (digits: Uint8Array, at: number): number => values[digits[at] ?? 0] ?? -1;
