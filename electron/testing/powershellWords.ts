/*
 * The words of a line as PowerShell reads the arguments of a command (src/System.Management.Automation/engine/parser/
 * tokenizer.cs: ScanStringLiteral, ScanStringExpandable, ScanGenericToken). Only what a shown line may hold: whatever
 * PowerShell would run, expand or take for the end of the command throws.
 */

const isSingleQuote = (character: string): boolean => /['\u2018-\u201b]/.test(character);
const isDoubleQuote = (character: string): boolean => /["\u201c-\u201e]/.test(character);

/** Reads the words. Throws where PowerShell would do anything but pass a text on. */
export function powershellWords(line: string): readonly string[] {
  const words: string[] = [];
  for (let rest = line.trimStart(); rest !== ""; rest = rest.trimStart()) {
    const { word, after } = isQuote(rest) ? quoted(rest) : generic(rest);
    words.push(word);
    rest = after;
  }
  return words;
}

type Read = { readonly word: string; readonly after: string };

const isQuote = (rest: string): boolean => isSingleQuote(rest.charAt(0)) || isDoubleQuote(rest.charAt(0));

/** A quoted text ends at the next quote of its kind; twice is the quote itself. */
function quoted(rest: string): Read {
  const isEnd = isSingleQuote(rest.charAt(0)) ? isSingleQuote : isDoubleQuote;
  let word = "";
  for (let at = 1; at < rest.length; at += 1) {
    const character = rest.charAt(at);
    if (isEnd(character)) {
      if (!isEnd(rest.charAt(at + 1))) return { word, after: rest.slice(at + 1) };
      at += 1;
    } else if (isEnd === isDoubleQuote && /[$`]/.test(character)) throw new Error(`expanded: ${rest}`);
    word += character;
  }
  throw new Error(`no end of the text: ${rest}`);
}

/** A bare word; quoted pieces in it belong to it. */
function generic(rest: string): Read {
  let word = "";
  let after = rest;
  while (after !== "" && !/^\s/.test(after)) {
    if (isQuote(after)) {
      const piece = quoted(after);
      word += piece.word;
      after = piece.after;
      continue;
    }
    const character = after.charAt(0);
    if (/[$`;,(){}|&<>@#%*]/.test(character)) throw new Error(`no text: ${after}`);
    word += character;
    after = after.slice(1);
  }
  return { word, after };
}
