import { continuesName, isXmlCharacter, startsName } from "./characters.ts";
import { XmlError } from "./xmlError.ts";

/** An element to be written. Names are `name` or `prefix:name`; namespaces are declared as `xmlns` attributes. */
export type XmlNode = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlNode | string)[];
};

/**
 * One element as data: `node("s:Envelope", { "xmlns:s": soap }, [node("s:Body")])`. A string child is text; nothing
 * is escaped by the caller, ever.
 */
export function node(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  children: readonly (XmlNode | string)[] | string = [],
): XmlNode {
  return { name, attributes, children: typeof children === "string" ? [children] : children };
}

/**
 * The text of an element, without an XML declaration. This is the one place that escapes. Throws XmlError "name" for a
 * name that is none, "character" for text that XML cannot hold.
 */
export function writeXml(root: XmlNode): string {
  checkName(root.name);
  let inside = "";
  for (const child of root.children)
    inside += typeof child === "string" ? escapeText(child) : writeXml(child);
  const start = `<${root.name}${writeAttributes(root.attributes)}`;
  return root.children.length === 0 ? `${start}/>` : `${start}>${inside}</${root.name}>`;
}

function writeAttributes(attributes: Readonly<Record<string, string>>): string {
  let text = "";
  for (const [name, value] of Object.entries(attributes)) {
    checkName(name);
    text += ` ${name}="${escapeAttribute(value)}"`;
  }
  return text;
}

// CR would be read back as LF, and white space in attributes would be folded (XML 1.0, 2.11 and 3.3.3).
const escapeText = (text: string): string => escape(text, /[&<>\r]/g);
const escapeAttribute = (text: string): string => escape(text, /[&<>"'\t\n\r]/g);

function escape(text: string, special: RegExp): string {
  checkCharacters(text);
  return text.replace(special, (character) => entities[character] ?? character);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
};

function checkCharacters(text: string): void {
  for (const character of text)
    if (!isXmlCharacter(character.codePointAt(0) ?? 0))
      throw new XmlError("character", "A text holds a character that XML cannot carry", -1);
}

function checkName(name: string): void {
  const parts = name.split(":");
  if (parts.length > 2 || !parts.every(isPlainName))
    throw new XmlError("name", "This is not an XML name", -1);
}

function isPlainName(name: string): boolean {
  if (!startsName(name.charCodeAt(0))) return false;
  for (let index = 1; index < name.length; index++) if (!continuesName(name.charCodeAt(index))) return false;
  return true;
}
