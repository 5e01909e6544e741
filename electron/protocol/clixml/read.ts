// One class on purpose, a little past the usual size: each kind of element is a short method over one shared scanner.
import { XmlScanner, type XmlSource } from "../xml/scan.ts";
import { XmlError } from "../xml/xmlError.ts";
import { ClixmlError } from "./clixmlError.ts";
import { DictionaryKeys } from "./dictionaryKeys.ts";
import { type ClixmlLimits, clixmlLimits } from "./limits.ts";
import { checkedScalar, readBoolean, readInt32, readInt64 } from "./primitives.ts";
import { readProgress } from "./progress.ts";
import { NameOrders, NO_PROPERTIES, PropertyBag } from "./propertyBag.ts";
import { References } from "./references.ts";
import { UnescapedPieces, unescapeString } from "./strings.ts";
import type { ClixmlContainer, ClixmlObject, ClixmlValue, ScalarTag } from "./value.ts";

const NAMESPACE = "http://schemas.microsoft.com/powershell/2004/04";

/**
 * The value of one CLIXML element, as a message body holds it (protocol 7.1). Throws ClixmlError and nothing else.
 * A value that holds itself comes back as a cyclic tree: walk it with a set of what was visited.
 */
export function readClixml(text: XmlSource, limits: Partial<ClixmlLimits> = {}): ClixmlValue {
  return reading(() => {
    const reader = new Reader(text, limits);
    reader.open();
    const value = reader.value();
    reader.end();
    return value;
  });
}

/** The values of an Export-Clixml text: an Objs frame; a single element without frame is taken too. */
export function readClixmlFile(text: string, limits: Partial<ClixmlLimits> = {}): readonly ClixmlValue[] {
  return reading(() => {
    const reader = new Reader(text, limits);
    const values = reader.open() === "Objs" ? reader.frame() : [reader.value()];
    reader.end();
    return values;
  });
}

function reading<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof XmlError)
      throw new ClixmlError("xml", `Not readable XML: ${cause.message}`, { cause });
    throw cause;
  }
}

type OpenObject = { -readonly [Part in keyof ClixmlObject]: ClixmlObject[Part] };

const scalarTags: ReadonlySet<string> = new Set<ScalarTag>([
  "C",
  "By",
  "SB",
  "I16",
  "U16",
  "U32",
  "U64",
  "Sg",
  "Db",
  "D",
  "DT",
  "TS",
  "G",
  "URI",
  "Version",
  "XD",
  "SBK",
  "BA",
  "SS",
]);
const containerKinds: ReadonlyMap<string, "list" | "enumerable" | "stack" | "queue"> = new Map([
  ["LST", "list"],
  ["IE", "enumerable"],
  ["STK", "stack"],
  ["QUE", "queue"],
]);

/** Reads straight from the scanner, without a tree between. Every method begins after an "open" and ends after its "close". */
class Reader {
  readonly #scanner: XmlScanner;
  readonly #limits: ClixmlLimits;
  readonly #objects = new References<ClixmlObject>();
  readonly #typeNames = new References<readonly string[]>();
  readonly #orders = new NameOrders();
  /** The objects begun and not ended, outermost first. */
  readonly #open: ClixmlObject[] = [];

  constructor(text: XmlSource, limits: Partial<ClixmlLimits>) {
    this.#limits = { ...clixmlLimits, ...limits };
    this.#scanner = new XmlScanner(text, { limits: this.#limits, nonCharactersPass: true });
  }

  /** Enters the root element and gives its name. */
  open(): string {
    this.#scanner.next();
    return this.#scanner.name;
  }

  /** Makes sure that nothing follows the root element. */
  end(): void {
    this.#scanner.next();
  }

  /** The values in an Objs frame. RefIds may start anew with each. */
  frame(): readonly ClixmlValue[] {
    this.#checkNamespace();
    const values: ClixmlValue[] = [];
    while (this.#nextElement()) {
      this.#objects.restart();
      this.#typeNames.restart();
      values.push(this.value());
    }
    return values;
  }

  value(): ClixmlValue {
    this.#checkNamespace();
    const tag = this.#scanner.name;
    switch (tag) {
      case "S":
        return this.#string();
      case "Obj":
        return this.#object();
      case "I32":
        return readInt32(this.#text());
      case "B":
        return readBoolean(this.#text());
      case "I64":
        return readInt64(this.#text());
      case "Nil":
        return this.#nil();
      case "Ref":
        return this.#reference();
      case "PR":
        return { kind: "scalar", tag, text: readProgress(this.#scanner) };
      default:
        return this.#scalar(tag);
    }
  }

  #scalar(tag: string): ClixmlValue {
    if (!isScalarTag(tag)) throw structureError("An element has a name that no value has");
    return { kind: "scalar", tag, text: checkedScalar(tag, this.#string()) };
  }

  #nil(): null {
    if (this.#text().trim() !== "") throw structureError("Nil has content");
    return null;
  }

  #reference(): ClixmlObject {
    const object = this.#objects.find(this.#scanner.attribute("RefId"));
    this.#nil();
    return object;
  }

  #object(): ClixmlObject {
    if (this.#open.length >= this.#limits.objects)
      throw new ClixmlError("depth", "Objects are nested too deep");
    const object = emptyObject();
    // Known from its beginning on: what is inside may point back to it.
    this.#objects.add(this.#scanner.attribute("RefId"), object);
    this.#open.push(object);
    while (this.#nextElement()) this.#part(object);
    this.#open.pop();
    return object;
  }

  #part(object: OpenObject): void {
    switch (this.#scanner.name) {
      case "TN":
        object.typeNames = this.#readTypeNames();
        return;
      case "TNRef":
        object.typeNames = this.#typeNames.find(this.#scanner.attribute("RefId"));
        this.#nil();
        return;
      case "ToString":
        object.display = this.#string();
        return;
      case "Props":
        object.adapted = this.#members(object.adapted);
        return;
      case "MS":
        object.extended = this.#members(object.extended);
        return;
      default:
        this.#base(object);
    }
  }

  #base(object: OpenObject): void {
    if (object.hasBase) throw structureError("An object has two base values");
    object.hasBase = true;
    object.base = this.#container() ?? this.value();
  }

  #container(): ClixmlContainer | null {
    const name = this.#scanner.name;
    if (name === "DCT") return { kind: "dictionary", entries: this.#entries() };
    const kind = containerKinds.get(name);
    if (kind === undefined) return null;
    const items: ClixmlValue[] = [];
    while (this.#nextElement()) items.push(this.value());
    return { kind, items };
  }

  #entries(): readonly (readonly [ClixmlValue, ClixmlValue])[] {
    const entries: (readonly [ClixmlValue, ClixmlValue])[] = [];
    const keys = new DictionaryKeys();
    while (this.#nextElement()) {
      if (this.#scanner.name !== "En") throw structureError("A dictionary holds something that is no entry");
      const [key, value] = this.#entry();
      keys.add(key, this.#open);
      entries.push([key, value]);
    }
    return entries;
  }

  #entry(): readonly [ClixmlValue, ClixmlValue] {
    const found = new Map<string | null, ClixmlValue>();
    while (this.#nextElement()) found.set(this.#scanner.attribute("N"), this.value());
    const [key, value] = [found.get("Key"), found.get("Value")];
    if (key === undefined || value === undefined || found.size > 2)
      throw structureError("An entry of a dictionary has not exactly a key and a value");
    return [key, value];
  }

  #members(before: ReadonlyMap<string, ClixmlValue>): ReadonlyMap<string, ClixmlValue> {
    const bag = new PropertyBag(before, this.#orders);
    while (this.#nextElement()) {
      const name = this.#scanner.attribute("N");
      if (name === null) throw structureError("A property has no name");
      const value = this.#scanner.name === "MS" ? this.#memberSet() : this.value();
      bag.add(unescapeString(name), value);
    }
    return bag.end();
  }

  /** A nested member set is an object with extended properties only. */
  #memberSet(): ClixmlObject {
    if (this.#open.length >= this.#limits.objects)
      throw new ClixmlError("depth", "Objects are nested too deep");
    const set = emptyObject();
    this.#open.push(set);
    set.extended = this.#members(NO_PROPERTIES);
    this.#open.pop();
    return set;
  }

  #readTypeNames(): readonly string[] {
    const names: string[] = [];
    this.#typeNames.add(this.#scanner.attribute("RefId"), names);
    while (this.#nextElement()) {
      if (this.#scanner.name !== "T") throw structureError("A list of type names holds something else");
      if (names.length >= this.#limits.typeNames) throw new ClixmlError("typeNames", "Too many type names");
      names.push(this.#string());
    }
    return names;
  }

  /** Nearly always in one piece. */
  #string(): string {
    const scanner = this.#scanner;
    let event = scanner.next();
    if (event === "close") return "";
    const text = scanner.text;
    if (event === "text") event = scanner.next();
    if (event === "close") return unescapeString(text);
    const pieces = new UnescapedPieces();
    pieces.add(text);
    for (; event === "text"; event = scanner.next()) pieces.add(scanner.text);
    if (event === "open") throw structureError("A value holds an element");
    return pieces.end();
  }

  #text(): string {
    const text = this.#scanner.readOnlyText();
    if (text === null) throw structureError("A value holds an element");
    return text;
  }

  /** Moves to the next child; false at the end of the parent. Only white space may stand between. */
  #nextElement(): boolean {
    for (;;) {
      const event = this.#scanner.next();
      if (event !== "text") return event === "open";
      if (this.#scanner.text.trim() !== "") throw structureError("Text stands between elements");
    }
  }

  #checkNamespace(): void {
    const namespace = this.#scanner.namespace;
    if (namespace !== "" && namespace !== NAMESPACE)
      throw structureError("An element is not in the namespace of CLIXML");
  }
}

const NO_NAMES: readonly string[] = [];

const emptyObject = (): OpenObject => ({
  kind: "object",
  typeNames: NO_NAMES,
  display: null,
  base: null,
  hasBase: false,
  adapted: NO_PROPERTIES,
  extended: NO_PROPERTIES,
});

const isScalarTag = (tag: string): tag is ScalarTag => scalarTags.has(tag);

const structureError = (sentence: string): ClixmlError => new ClixmlError("structure", sentence);
