import { XmlScanner } from "../xml/scan.ts";
import { XmlError } from "../xml/xmlError.ts";
import { ClixmlError } from "./clixmlError.ts";
import { escapeString, unescapeString } from "./strings.ts";

/* A progress record in a file ([MS-PSRP] 2.2.5.1.25). Its scalar's text is the XML of its parts, in canonical form. */

const parts: ReadonlySet<string> = new Set(["AV", "AI", "S", "Nil", "PI", "PC", "T", "SR", "SD"]);

/** The parts of the PR element that the scanner has just opened, up to and including its close. */
export function readProgress(scanner: XmlScanner): string {
  let text = "";
  for (let event = scanner.next(); event !== "close"; event = scanner.next()) {
    if (event === "text" && scanner.text.trim() === "") continue;
    const name = scanner.name;
    const part = event === "open" && parts.has(name) ? scanner.readOnlyText() : null;
    if (part === null) throw new ClixmlError("structure", "A progress record has a part it cannot have");
    text += part === "" ? `<${name}/>` : `<${name}>${escapeString(unescapeString(part))}</${name}>`;
  }
  return text;
}

/** Reads the text again instead of trusting it: what is written are parts of a progress record and nothing else. */
export function writeProgress(text: string): string {
  const scanner = new XmlScanner(`<PR>${text}</PR>`);
  try {
    scanner.next();
    const written = readProgress(scanner);
    scanner.next();
    return written;
  } catch (cause) {
    if (cause instanceof XmlError) throw new ClixmlError("text", "This is no progress record", { cause });
    throw cause;
  }
}
