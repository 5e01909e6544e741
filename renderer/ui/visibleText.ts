/**
 * Text from afar as it may be drawn: control characters, and characters that turn the direction of writing or take no
 * room, are written out, so that a line cannot look like another. Tabs stay.
 */
export function visibleText(text: string): string {
  return text.replace(hidden, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return "\u2421";
    return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
  });
}

/** The same for a text of several lines: line ends stay line ends. */
export function visibleParagraphs(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => visibleText(line))
    .join("\n");
}

// Every control (Cc) but tab, every format character (Cf: bidi, zero width, soft hyphen, BOM, tags), U+2028 and U+2029.
const hidden = /(?!\t)[\p{Cc}\p{Cf}\u2028\u2029]/gu;
