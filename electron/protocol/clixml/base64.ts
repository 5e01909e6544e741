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

/** Values by character code; 64 stands for what is no digit. */
const values = new Uint8Array(128).fill(64);
for (let value = 0; value < 64; value++) values[unitOf(value)] = value;
const valueOf = (text: string, at: number): number => values[text.charCodeAt(at)] ?? 64;

/** The bytes of base64 text with white space taken out, or null when it is none. Padding is demanded. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const whole = text.length - (padding === 0 ? 0 : 4);
  let at = 0;
  let seen = 0;
  for (let index = 0; index < whole; index += 4) {
    const [a, b] = [valueOf(text, index), valueOf(text, index + 1)];
    const [c, d] = [valueOf(text, index + 2), valueOf(text, index + 3)];
    seen |= a | b | c | d;
    bytes[at++] = (a << 2) | (b >> 4);
    bytes[at++] = (b << 4) | (c >> 2);
    bytes[at++] = (c << 6) | d;
  }
  return (seen | lastGroup(text, whole, padding, bytes)) > 63 ? null : bytes;
}

/** The group that ends in padding, if there is one: writes its one or two bytes and gives all values seen in it. */
function lastGroup(text: string, from: number, padding: number, bytes: Uint8Array): number {
  if (padding === 0) return 0;
  const [a, b] = [valueOf(text, from), valueOf(text, from + 1)];
  const c = padding === 1 ? valueOf(text, from + 2) : 0;
  const at = bytes.length - 3 + padding;
  bytes[at] = (a << 2) | (b >> 4);
  if (padding === 1) bytes[at + 1] = (b << 4) | (c >> 2);
  return a | b | c;
}
