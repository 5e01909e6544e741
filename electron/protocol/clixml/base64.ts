const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Bytes as padded base64 (RFC 4648 4), without line breaks. */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += digit(group >> 18) + digit(group >> 12);
    text += at + 1 < bytes.length ? digit(group >> 6) : "=";
    text += at + 2 < bytes.length ? digit(group) : "=";
  }
  return text;
}

const digit = (bits: number): string => DIGITS.charAt(bits & 63);
const values: ReadonlyMap<string, number> = new Map(Array.from(DIGITS, (letter, value) => [letter, value]));

/** The bytes of base64 text with white space taken out, or null when it is none. Padding is demanded. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let bits = 0;
  let at = 0;
  for (let index = 0; index < text.length - padding; index++) {
    const value = values.get(text.charAt(index));
    if (value === undefined) return null;
    bits = ((bits << 6) | value) & 0xffffff;
    if (index % 4 > 0) bytes[at++] = (bits >> (6 - 2 * (index % 4))) & 0xff;
  }
  return bytes;
}
