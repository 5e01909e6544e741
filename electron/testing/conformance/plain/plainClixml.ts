import { emptyGraphObject } from "./graph.ts";
import type { Container, Graph, GraphObject } from "./graph.ts";
import { elementsOf, plainAttribute, plainText, plainXml } from "./plainXml.ts";
import type { PlainElement } from "./plainXml.ts";

const containers: ReadonlySet<string> = new Set(["LST", "IE", "STK", "QUE", "DCT"]);

/** The value of a message's text; Nil for an empty one. */
export function plainClixml(text: string): Graph {
  if (text === "") return { tag: "Nil", text: "" };
  return new PlainReading().value(plainXml(text));
}

/** The values of a file's text, with or without its Objs frame. */
export function plainClixmlFile(text: string): readonly Graph[] {
  const root = plainXml(text);
  const values = root.name === "Objs" ? elementsOf(root) : [root];
  return values.map((value) => new PlainReading().value(value));
}

class PlainReading {
  readonly #objects = new Map<string, GraphObject>();
  readonly #types = new Map<string, readonly string[]>();

  value(element: PlainElement): Graph {
    const id = plainAttribute(element, "RefId") ?? "";
    if (element.name === "Obj") return this.#object(element, id);
    if (element.name === "Ref") return this.#objects.get(id) ?? { tag: "Ref", text: "unknown" };
    if (element.name === "MS") return { ...emptyGraphObject(), members: this.#members(element) };
    if (element.name === "PR")
      return {
        tag: "PR",
        text: JSON.stringify(elementsOf(element).map((part) => [part.name, unescaped(plainText(part))])),
      };
    const text = unescaped(plainText(element));
    return { tag: element.name, text: element.name === "BA" ? text.replaceAll(/\s/g, "") : text };
  }

  #object(element: PlainElement, id: string): GraphObject {
    const object = emptyGraphObject();
    this.#objects.set(id, object);
    for (const part of elementsOf(element)) this.#part(object, part);
    return object;
  }

  #part(object: GraphObject, part: PlainElement): void {
    const id = plainAttribute(part, "RefId") ?? "";
    if (part.name === "TN") {
      object.types = elementsOf(part).map((name) => unescaped(plainText(name)));
      this.#types.set(id, object.types);
    } else if (part.name === "TNRef") object.types = this.#types.get(id) ?? ["unknown"];
    else if (part.name === "ToString") object.display = unescaped(plainText(part));
    else if (part.name === "Props") object.props = this.#members(part);
    else if (part.name === "MS") object.members = this.#members(part);
    else object.base = containers.has(part.name) ? this.#container(part) : this.value(part);
  }

  #container(element: PlainElement): Container {
    const items = elementsOf(element).map((item): readonly [Graph | null, Graph] => {
      if (element.name !== "DCT") return [null, this.value(item)];
      const [key, value] = elementsOf(item).toSorted((one) => (plainAttribute(one, "N") === "Key" ? -1 : 1));
      if (key === undefined || value === undefined) throw new Error("an entry without key and value");
      return [this.value(key), this.value(value)];
    });
    return { tag: element.name, items };
  }

  #members(element: PlainElement): readonly (readonly [string, Graph])[] {
    return elementsOf(element).map((member) => [
      unescaped(plainAttribute(member, "N") ?? ""),
      this.value(member),
    ]);
  }
}

/** `_xHHHH_` stands for one UTF-16 unit ([MS-PSRP] 2.2.5.3.2); .NET takes a capital X and eight digits as well. */
export function unescaped(text: string): string {
  return text.replaceAll(/_[xX]([0-9A-Fa-f]{4}|[0-9A-Fa-f]{8})_/g, (whole, digits: string) => {
    const value = Number.parseInt(digits, 16);
    if (digits.length === 4) return String.fromCharCode(value);
    return value > 0x10ffff ? whole : String.fromCodePoint(value);
  });
}
