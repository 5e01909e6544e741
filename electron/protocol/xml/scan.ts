// One class on purpose, past the usual size: a scanner's inner loops share one index, and splitting them costs speed.
import { continuesName, isSpace, isXmlCharacter, startsName } from "./characters.ts";
import { type KnownTag, KnownTags, LONGEST_KNOWN } from "./knownTags.ts";
import { xmlLimits } from "./limits.ts";
import { NamespaceScope } from "./namespaces.ts";
import { NextPlace } from "./nextPlace.ts";
import { LONGEST_REFERENCE, replaceReferences } from "./references.ts";
import { sharedName } from "./sharedNames.ts";
import type { XmlAttribute, XmlLimits } from "./tree.ts";
import { XmlError, type XmlErrorCode } from "./xmlError.ts";

export type XmlEvent = "open" | "close" | "text" | "end";

/** A document, or what gives its parts, cut anywhere: one with each call, null after the last. What it throws passes. */
export type XmlSource = string | (() => string | null);

export type XmlScannerOptions = {
  readonly limits?: Partial<XmlLimits>;
  /** U+FFFE and U+FFFF pass, raw or numeric: PowerShell writes them (protocol 7.4). */
  readonly nonCharactersPass?: boolean;
  /** How much of a document in parts is held, beside the longest tag. */
  readonly window?: number;
};

const DECLARATION =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.[0-9]+"|'1\.[0-9]+')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z0-9._-]+)"|'([A-Za-z0-9._-]+)'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"yes"|"no"|'yes'|'no'))?[ \t\r\n]*\?>/;

const range = (first: number, last: number): string =>
  `${String.fromCharCode(first)}-${String.fromCharCode(last)}`;
/** Controls and, for a closer look, everything from the surrogates on. */
const UNUSUAL = new RegExp(
  `[${range(0, 0x08)}${range(0x0b, 0x0c)}${range(0x0e, 0x1f)}${range(0xd800, 0xffff)}]`,
  "g",
);

const NOTHING: readonly string[] = [];
/** Of a text, so that what is made of it is never in memory twice. */
const LONGEST_PIECE = 65_536;
const USUAL_WINDOW = 3 * 1024 * 1024;
/** ` a=""` */
const SHORTEST_ATTRIBUTE = 5;

/**
 * A pull reader of one XML document. `next` moves to the next event; what it says stands in the
 * fields until the call after. Comments and processing instructions are skipped, a DTD is refused, an empty element
 * is an "open" and a "close". Throws XmlError and nothing else. After "end" it stays at "end".
 */
export class XmlScanner {
  /** The document, or the window of it that holds what is being read. */
  #source = "";
  #passed = 0;
  #more: (() => string | null) | null;
  /** As long as the longest tag and the longest piece of a text. */
  readonly #reach: number;
  readonly #window: number;
  readonly #limits: XmlLimits;
  readonly #nonCharactersPass: boolean;
  readonly #scope = new NamespaceScope();
  readonly #openNames: string[] = [];
  readonly #tag = new NextPlace("<");
  readonly #unusual = new NextPlace(UNUSUAL);
  readonly #ampersand = new NextPlace("&");
  readonly #carriageReturn = new NextPlace("\r");
  readonly #sectionEnd = new NextPlace("]]>");
  /** Null under limits that a known tag might break. */
  readonly #knownTags: KnownTags | null;
  #attributeNames: readonly string[] = NOTHING;
  #attributeValues: readonly string[] = NOTHING;
  /** Shorter than the names where none has a prefix. */
  #attributeNamespaces: readonly string[] = NOTHING;
  #at = 0;
  #colon = -1;
  #elements = 0;
  #emptyElement = false;
  #rootSeen = false;

  /** Local name of the element opened last. */
  name = "";
  /** Namespace of the element opened last. */
  namespace = "";
  /** The text of a "text" event; entities are replaced. A text may come in several pieces. */
  text = "";

  constructor(source: XmlSource, options: XmlScannerOptions = {}) {
    this.#limits = { ...xmlLimits, ...options.limits };
    this.#nonCharactersPass = options.nonCharactersPass ?? false;
    const { attributes, nameLength, attributeLength } = this.#limits;
    const least = Math.min(attributes * SHORTEST_ATTRIBUTE, nameLength, attributeLength);
    this.#knownTags = least >= LONGEST_KNOWN ? new KnownTags() : null;
    this.#reach = LONGEST_PIECE + (attributes + 1) * (nameLength + attributeLength + SHORTEST_ATTRIBUTE);
    this.#window = options.window ?? USUAL_WINDOW;
    this.#more = typeof source === "string" ? null : source;
    if (typeof source === "string") this.#look(source);
    else this.#fill();
    if (this.#source.charCodeAt(0) === 0xfeff) this.#at = 1;
    this.#skipDeclaration();
  }

  /** How many elements are open. */
  get depth(): number {
    return this.#openNames.length;
  }

  /** Where the scanner stands, in UTF-16 units. */
  get position(): number {
    return this.#passed + this.#at;
  }

  /** Attributes of the element opened last; namespace declarations are not among them. */
  get attributeCount(): number {
    return this.#attributeNames.length;
  }

  attributeAt(index: number): XmlAttribute {
    return {
      namespace: this.#attributeNamespaces[index] ?? "",
      name: this.#attributeNames[index] ?? "",
      value: this.#attributeValues[index] ?? "",
    };
  }

  /** The value of an attribute in no namespace, or null. */
  attribute(name: string): string | null {
    for (let index = 0; index < this.#attributeNames.length; index++)
      if (this.#attributeNames[index] === name && (this.#attributeNamespaces[index] ?? "") === "")
        return this.#attributeValues[index] ?? null;
    return null;
  }

  next(): XmlEvent {
    if (this.#emptyElement) return this.#closeElement();
    for (;;) {
      if (this.#more !== null) this.#fill();
      const source = this.#source;
      if (this.#at >= source.length) return this.#finish();
      if (source.charCodeAt(this.#at) !== 0x3c) {
        if (this.#openNames.length > 0) return this.#readText();
        this.#skipOuterSpace();
        continue;
      }
      const unit = source.charCodeAt(this.#at + 1);
      if (unit === 0x2f) return this.#readCloseTag();
      if (unit === 0x3f) this.#skipInstruction();
      else if (unit !== 0x21) return this.#readOpenTag();
      else if (source.startsWith("<!--", this.#at)) this.#skipComment();
      else if (source.startsWith("<![CDATA[", this.#at)) return this.#readCdata();
      else throw this.#declarationError();
    }
  }

  /**
   * After an "open": all text up to and including the element's own close, in one string. Null when an element stands
   * inside; the scanner then stands at that "open".
   */
  readOnlyText(): string | null {
    let event = this.next();
    if (event === "close") return "";
    if (event === "open") return null;
    // One piece is the rule, so no joining for it.
    let text = this.text;
    for (event = this.next(); event === "text"; event = this.next()) text += this.text;
    return event === "close" ? text : null;
  }

  /** Moves the window on, unless it reaches far enough: whatever begins in it then ends in it, sections and comments apart. */
  #fill(): void {
    if (this.#source.length - this.#at >= this.#reach) return;
    let text = this.#source.slice(this.#at);
    while (this.#more !== null && text.length < this.#reach + this.#window) text += this.#nextPart();
    this.#passed += this.#at;
    this.#at = 0;
    this.#look(text);
  }

  #nextPart(): string {
    const part = this.#more?.() ?? null;
    if (part === null) this.#more = null;
    return part ?? "";
  }

  #look(source: string): void {
    this.#source = source;
    for (const place of [this.#tag, this.#unusual, this.#ampersand, this.#carriageReturn, this.#sectionEnd])
      place.restart(source);
  }

  #readText(): XmlEvent {
    const start = this.#at;
    const textEnd = Math.min(this.#tag.from(start), this.#source.length);
    const end = textEnd - start <= LONGEST_PIECE ? textEnd : this.#pieceEnd(start);
    if (this.#unusual.from(start) < end) this.#checkCharacters(start, end);
    if (this.#sectionEnd.from(start) < end)
      throw this.#error("malformed", "`]]>` stands in a text", this.#sectionEnd.from(start));
    const raw = this.#source.slice(start, end);
    const plain = this.#ampersand.from(start) >= end && this.#carriageReturn.from(start) >= end;
    this.text = plain ? raw : this.#replaced(withLineFeeds(raw), start);
    this.#at = end;
    return "text";
  }

  /** The end of the piece of a long text that begins at `start`: references, line ends and pairs stay whole. */
  #pieceEnd(start: number): number {
    const source = this.#source;
    const most = start + LONGEST_PIECE;
    let end = most;
    for (let index = most - 1; index > most - LONGEST_REFERENCE; index--)
      if (source.charCodeAt(index) === 0x26) end = index;
    const last = source.charCodeAt(end - 1);
    return last === 0x0d || (last >= 0xd800 && last <= 0xdbff) ? end - 1 : end;
  }

  #readCdata(): XmlEvent {
    if (this.#openNames.length === 0) throw this.#error("malformed", "Text stands outside the root element");
    const start = this.#at + 9;
    const end = this.#find("]]>", start);
    this.#checkCharacters(start, end);
    this.#at = end + 3;
    this.text = withLineFeeds(this.#source.slice(start, end));
    return "text";
  }

  #readOpenTag(): XmlEvent {
    const tag = this.#at;
    if (this.#openNames.length === 0 && this.#rootSeen)
      throw this.#error("malformed", "A second root element");
    if (this.#openNames.length >= this.#limits.depth)
      throw this.#error("depth", "Elements are nested too deep");
    if (++this.#elements > this.#limits.elements) throw this.#error("elements", "Too many elements");
    this.#rootSeen = true;
    const known = this.#knownTags?.find(this.#source, tag) ?? null;
    if (known === null) this.#parseOpenTag(tag);
    else this.#takeKnownTag(known);
    return "open";
  }

  #takeKnownTag(tag: KnownTag): void {
    this.#at += tag.text.length;
    this.#openNames.push(tag.name);
    this.#emptyElement = tag.empty;
    this.#attributeNames = tag.attributeNames;
    this.#attributeValues = tag.attributeValues;
    this.#attributeNamespaces = NOTHING;
    this.name = tag.name;
    this.namespace = this.#scope.defaultNamespace;
  }

  #parseOpenTag(tag: number): void {
    this.#at = tag + 1;
    const qualified = this.#readName();
    const colon = this.#colon;
    this.#openNames.push(qualified);
    this.#attributeNames = NOTHING;
    this.#attributeValues = NOTHING;
    this.#attributeNamespaces = NOTHING;
    const unit = this.#source.charCodeAt(this.#at);
    if (unit === 0x3e) this.#at++;
    else this.#readAttributes();
    this.#nameElement(qualified, colon, tag);
    this.#knownTags?.remember(this.#source, tag, {
      name: qualified,
      attributeNames: this.#attributeNames,
      attributeValues: this.#attributeValues,
      empty: this.#emptyElement,
    });
  }

  #nameElement(qualified: string, colon: number, tag: number): void {
    if (colon < 0) {
      this.name = qualified;
      this.namespace = this.#scope.defaultNamespace;
    } else {
      this.name = qualified.slice(colon + 1);
      this.namespace = this.#scope.resolve(qualified.slice(0, colon), tag);
    }
  }

  /** Everything between the name of an element and its `>` or `/>`, both included. */
  #readAttributes(): void {
    const source = this.#source;
    const tag = this.#at;
    const names: string[] = [];
    const values: string[] = [];
    let prefixed = false;
    for (let seen = 0; ; seen++) {
      const spaced = this.#skipSpace();
      const unit = source.charCodeAt(this.#at);
      if (unit === 0x3e) {
        this.#at++;
        break;
      }
      if (unit === 0x2f && source.charCodeAt(this.#at + 1) === 0x3e) {
        this.#at += 2;
        this.#emptyElement = true;
        break;
      }
      if (!spaced) throw this.#error("malformed", "A tag is not well formed");
      if (seen >= this.#limits.attributes) throw this.#error("attributes", "Too many attributes");
      if (this.#readAttribute(names, values)) prefixed = true;
    }
    this.#attributeNames = names;
    this.#attributeValues = values;
    if (prefixed) this.#resolveAttributes(names, values, tag);
  }

  /** One `name="value"`; true when it has a prefix or declares one, so that names must be resolved at the end. */
  #readAttribute(names: string[], values: string[]): boolean {
    const start = this.#at;
    const name = this.#readName();
    const prefixed = this.#colon >= 0 || name === "xmlns";
    if (names.includes(name)) throw this.#duplicate(start);
    this.#skipSpace();
    if (this.#source.charCodeAt(this.#at) !== 0x3d)
      throw this.#error("malformed", "An attribute has no value");
    this.#at++;
    this.#skipSpace();
    names.push(name);
    values.push(this.#readAttributeValue());
    return prefixed;
  }

  #readAttributeValue(): string {
    const source = this.#source;
    const quote = source.charCodeAt(this.#at);
    if (quote !== 0x22 && quote !== 0x27)
      throw this.#error("malformed", "An attribute's value has no quotes");
    const start = this.#at + 1;
    const last = start + this.#limits.attributeLength;
    let plain = true;
    let hash = 0;
    let index = start;
    for (; ; index++) {
      const unit = source.charCodeAt(index);
      if (unit === quote) break;
      hash = (Math.imul(hash, 31) + unit) | 0;
      if (index >= source.length) throw this.#error("malformed", "The text ends inside a tag", index);
      if (index >= last) throw this.#error("attributeLength", "An attribute's value is too long", start);
      if (unit === 0x3c) throw this.#error("malformed", "`<` stands in an attribute's value", index);
      if (unit === 0x26 || unit === 0x09 || unit === 0x0a || unit === 0x0d) plain = false;
      else if (unit < 0x20 || unit >= 0xd800) index = this.#passUnusual(unit, index);
    }
    this.#at = index + 1;
    // Property names come again and again, numbers do not.
    const first = source.charCodeAt(start);
    if (plain && (first < 0x30 || first > 0x39)) return sharedName(source, start, index - start, hash);
    const raw = source.slice(start, index);
    return plain ? raw : this.#replaced(folded(raw), start);
  }

  /** Takes the namespace declarations out of the lists, then resolves the prefixes of the rest. */
  #resolveAttributes(names: string[], values: string[], tag: number): void {
    let kept = 0;
    for (const [index, name] of names.entries()) {
      const value = values[index] ?? "";
      if (name === "xmlns") this.#scope.declare("", value, this.depth, tag);
      else if (name.startsWith("xmlns:")) this.#scope.declare(name.slice(6), value, this.depth, tag);
      else {
        names[kept] = name;
        values[kept++] = value;
      }
    }
    names.length = kept;
    values.length = kept;
    const namespaces: string[] = [];
    for (let index = 0; index < kept; index++) this.#resolveAttribute(names, namespaces, tag);
    this.#attributeNamespaces = namespaces;
  }

  /** The attribute behind those that have their namespaces. */
  #resolveAttribute(names: string[], namespaces: string[], tag: number): void {
    const index = namespaces.length;
    const name = names[index] ?? "";
    const colon = name.indexOf(":");
    const local = name.slice(colon + 1);
    const namespace = colon < 0 ? "" : this.#scope.resolve(name.slice(0, colon), tag);
    for (let before = 0; before < index; before++)
      if (names[before] === local && namespaces[before] === namespace) throw this.#duplicate(tag);
    names[index] = local;
    namespaces.push(namespace);
  }

  #readCloseTag(): XmlEvent {
    const source = this.#source;
    const name = this.#openNames.at(-1);
    if (name === undefined || !source.startsWith(name, this.#at + 2))
      throw this.#error("malformed", "An end tag does not fit the element that is open");
    this.#at += 2 + name.length;
    if (source.charCodeAt(this.#at) !== 0x3e) {
      this.#skipSpace();
      if (source.charCodeAt(this.#at) !== 0x3e)
        throw this.#error("malformed", "An end tag does not fit the element that is open");
    }
    this.#at++;
    return this.#closeElement();
  }

  #closeElement(): XmlEvent {
    this.#emptyElement = false;
    this.#scope.leave(this.#openNames.length);
    this.#openNames.pop();
    return "close";
  }

  /** A name with at most one colon; equal names are the same string, so that comparing them is cheap. */
  #readName(): string {
    const source = this.#source;
    const start = this.#at;
    let hash = 0;
    let index = start;
    let ascii = true;
    this.#colon = -1;
    for (; ; index++) {
      const unit = source.charCodeAt(index);
      const first = index === start || index === start + this.#colon + 1;
      if (unit === 0x3a && !first && this.#colon < 0) this.#colon = index - start;
      else if (!(first ? startsName(unit) : continuesName(unit))) break;
      if (unit >= 128) ascii = false;
      hash = (Math.imul(hash, 31) + unit) | 0;
    }
    const length = index - start;
    if (length === 0 || length === this.#colon + 1) throw this.#error("malformed", "A name is expected here");
    if (length > this.#limits.nameLength) throw this.#error("name", "A name is too long", start);
    if (!ascii) this.#checkCharacters(start, index);
    this.#at = index;
    return sharedName(source, start, length, hash);
  }

  /** The character at `index` is a surrogate, a control or another rarity: passes it or throws; gives its last unit. */
  #passUnusual(unit: number, index: number): number {
    const codePoint = this.#source.codePointAt(index) ?? 0;
    if (codePoint > 0xffff) return index + 1;
    const passes = this.#nonCharactersPass && (unit === 0xfffe || unit === 0xffff);
    if (!passes && !isXmlCharacter(codePoint))
      throw this.#error("character", "A character that XML does not allow", index);
    return index;
  }

  #checkCharacters(start: number, end: number): void {
    for (let index = start; index < end; index++) {
      const unit = this.#source.charCodeAt(index);
      if (unit < 0x20 || unit >= 0xd800) index = this.#passUnusual(unit, index);
    }
  }

  #skipComment(): void {
    const start = this.#at + 4;
    const end = this.#find("--", start);
    if (this.#source.charCodeAt(end + 2) !== 0x3e)
      throw this.#error("malformed", "`--` stands in a comment", end);
    this.#checkCharacters(start, end);
    this.#at = end + 3;
  }

  #skipInstruction(): void {
    const start = this.#at;
    this.#at += 2;
    const target = this.#readName();
    if (target.toLowerCase() === "xml" || this.#colon >= 0)
      throw this.#error("malformed", "A processing instruction is not well formed", start);
    const end = this.#find("?>", this.#at);
    if (end > this.#at && !isSpace(this.#source.charCodeAt(this.#at)))
      throw this.#error("malformed", "A processing instruction is not well formed", start);
    this.#checkCharacters(this.#at, end);
    this.#at = end + 2;
  }

  /** An XML declaration may stand at the very start, and only as UTF-8 (protocol 13). */
  #skipDeclaration(): void {
    if (!/^<\?xml[ \t\r\n]/.test(this.#source.slice(this.#at, this.#at + 6))) return;
    const match = DECLARATION.exec(this.#source.slice(this.#at, this.#at + 256));
    if (match === null) throw this.#error("encoding", "The XML declaration is not one of version 1");
    const encoding = match[1] ?? match[2] ?? "utf-8";
    if (encoding.toLowerCase() !== "utf-8")
      throw this.#error("encoding", "The declared encoding is not UTF-8");
    this.#at += match[0].length;
  }

  #skipOuterSpace(): void {
    if (!this.#skipSpace()) throw this.#error("malformed", "Text stands outside the root element");
  }

  /** True when there was some. */
  #skipSpace(): boolean {
    const start = this.#at;
    while (isSpace(this.#source.charCodeAt(this.#at))) this.#at++;
    return this.#at > start;
  }

  #replaced(text: string, start: number): string {
    return replaceReferences(text, this.#passed + start, this.#nonCharactersPass);
  }

  /** Sections and comments may be longer than any window. What is found has another character behind it, if there is one. */
  #find(end: string, from: number): number {
    let found = this.#source.indexOf(end, from);
    while ((found < 0 || found + end.length >= this.#source.length) && this.#more !== null) {
      this.#look(this.#source + this.#nextPart());
      found = this.#source.indexOf(end, from);
    }
    if (found < 0) throw this.#error("malformed", "The text ends too early");
    return found;
  }

  #finish(): XmlEvent {
    if (this.#openNames.length > 0 || !this.#rootSeen)
      throw this.#error("malformed", "The text ends too early");
    return "end";
  }

  #declarationError(): XmlError {
    if (/^<!doctype/i.test(this.#source.slice(this.#at, this.#at + 9)))
      return this.#error("dtd", "A document type declaration is never taken");
    return this.#error("malformed", "A tag is not well formed");
  }

  #duplicate(position: number): XmlError {
    return this.#error("duplicateAttribute", "An attribute stands twice on one element", position);
  }

  #error(code: XmlErrorCode, sentence: string, position = this.#at): XmlError {
    return new XmlError(code, sentence, this.#passed + position);
  }
}

/** Line ends as XML 1.0, 2.11 wants them. */
const withLineFeeds = (text: string): string => (text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text);

/** White space in attribute values (XML 1.0, 3.3.3); a CR LF is one character by then. */
const folded = (text: string): string => text.replace(/\r\n|[\t\n\r]/g, " ");
