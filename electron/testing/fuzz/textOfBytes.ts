import type { Seeded } from "../seeded.ts";

/** Mostly one character for each byte; now and then one that UTF-8 cannot say, such as half a pair. */
export function textOfBytes(bytes: Uint8Array, chance: Seeded): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  if (chance.below(16) > 0) return text;
  const at = chance.below(text.length + 1);
  return (
    text.slice(0, at) +
    String.fromCharCode(chance.pick([0xd800, 0xdfff, 0xfffe, 0xfeff, 0x2028])) +
    text.slice(at)
  );
}
