/** Puts pieces end to end. */
export function concat(...pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Compares without telling by its duration where two texts differ; proofs, MICs and signatures are compared so. */
export function equalInConstantTime(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let at = 0; at < left.length; at++) difference |= (left[at] ?? 0) ^ (right[at] ?? 0);
  return difference === 0;
}

/** Four bytes, little-endian. */
export function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value >>> 0, true);
  return bytes;
}

/** A reader of integers over exactly these bytes. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** ASCII text as bytes; constants of the specifications only. */
export function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** UTF-16LE without terminator, as all NTLM texts are. */
export function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = viewOf(bytes);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), true);
  return bytes;
}

/** The text of UTF-16LE bytes; a last odd byte is the caller's to refuse. */
export function textOfUtf16(bytes: Uint8Array): string {
  const view = viewOf(bytes);
  const units: string[] = [];
  for (let at = 0; at + 1 < bytes.length; at += 2) units.push(String.fromCharCode(view.getUint16(at, true)));
  return units.join("");
}
