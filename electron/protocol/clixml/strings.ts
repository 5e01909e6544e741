/* Strings in CLIXML ([MS-PSRP] 2.2.5.3.2, protocol 7.4). */

const UNDERSCORE = 0x5f;

/** Text as it stands between tags and in attributes, ready to be written: `_xHHHH_` escapes, then XML ones. */
export function escapeString(text: string): string {
  let escaped = "";
  let after = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // Letters and digits first: most text needs nothing.
    if (unit > 0x3e && unit < 0x7f && unit !== UNDERSCORE) continue;
    const replaced = replacement(unit, text.charCodeAt(index + 1));
    if (replaced === null) continue;
    escaped += text.slice(after, index) + replaced;
    after = index + 1;
  }
  return after === 0 ? text : escaped + text.slice(after);
}

function replacement(unit: number, next: number): string | null {
  if (unit === UNDERSCORE) return next === 0x78 || next === 0x58 ? "_x005F_" : null;
  if (unit < 0x20 || (unit >= 0x7f && unit <= 0x9f) || (unit >= 0xd800 && unit <= 0xdfff) || unit >= 0xfffe)
    return `_x${unit.toString(16).toUpperCase().padStart(4, "0")}_`;
  return unit < 0x40 ? (entities.get(unit) ?? null) : null;
}

const entities: ReadonlyMap<number, string> = new Map([
  [0x26, "&amp;"],
  [0x3c, "&lt;"],
  [0x3e, "&gt;"],
  [0x22, "&quot;"],
  [0x27, "&apos;"],
]);

const ESCAPE = /_[xX](?:([0-9a-fA-F]{4})|([0-9a-fA-F]{8}))_/g;

/** Undoes `_xHHHH_` (and .NET's eight-digit form) from left to right, without a second look; other text stays. */
export function unescapeString(text: string): string {
  if (!text.includes("_")) return text;
  return text.replace(ESCAPE, (whole, unit: string | undefined, codePoint: string | undefined) => {
    if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
    const code = Number.parseInt(codePoint ?? "", 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
