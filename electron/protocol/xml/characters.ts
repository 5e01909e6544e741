/* Character classes of XML 1.0 (fifth edition, 2.2 and 2.3), by UTF-16 unit or code point. */

const STARTS_NAME = 1;
const CONTINUES_NAME = 2;

const asciiClasses = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const letter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
  const digit = code >= 0x30 && code <= 0x39;
  if (letter || code === 0x5f) asciiClasses[code] = STARTS_NAME | CONTINUES_NAME;
  else if (digit || code === 0x2d || code === 0x2e) asciiClasses[code] = CONTINUES_NAME;
}

/** NameStartChar without the colon; a unit of a surrogate pair counts, since U+10000 to U+EFFFF may start names. */
export function startsName(unit: number): boolean {
  if (unit < 128) return ((asciiClasses[unit] ?? 0) & STARTS_NAME) !== 0;
  return startsNameBeyondAscii(unit);
}

/** NameChar without the colon. */
export function continuesName(unit: number): boolean {
  if (unit < 128) return ((asciiClasses[unit] ?? 0) & CONTINUES_NAME) !== 0;
  return startsNameBeyondAscii(unit) || continuesNameBeyondAscii(unit);
}

function startsNameBeyondAscii(unit: number): boolean {
  if (unit < 0x300) return unit >= 0xc0 && unit !== 0xd7 && unit !== 0xf7;
  if (unit < 0x2000) return unit >= 0x370 && unit !== 0x37e;
  if (unit < 0x3001) {
    if (unit < 0x2c00) return unit === 0x200c || unit === 0x200d || (unit >= 0x2070 && unit <= 0x218f);
    return unit <= 0x2fef;
  }
  return unit <= 0xdb7f || (unit >= 0xdc00 && unit <= 0xdfff) || isLateNameStart(unit);
}

const isLateNameStart = (unit: number): boolean =>
  (unit >= 0xf900 && unit <= 0xfdcf) || (unit >= 0xfdf0 && unit <= 0xfffd);

const continuesNameBeyondAscii = (unit: number): boolean =>
  unit === 0xb7 || (unit >= 0x300 && unit <= 0x36f) || unit === 0x203f || unit === 0x2040;

/** Char: what may stand in a document at all, by code point. */
export function isXmlCharacter(codePoint: number): boolean {
  if (codePoint < 0x20) return codePoint === 9 || codePoint === 10 || codePoint === 13;
  if (codePoint < 0xd800) return true;
  return (codePoint >= 0xe000 && codePoint <= 0xfffd) || (codePoint >= 0x10000 && codePoint <= 0x10ffff);
}

/** White space between things (S). */
export function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}
