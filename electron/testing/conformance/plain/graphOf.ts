import type { ClixmlContainer, ClixmlObject, ClixmlValue } from "../../../protocol/clixml/value.ts";
import { emptyGraphObject } from "./graph.ts";
import type { Container, Graph, GraphObject } from "./graph.ts";
import { unescaped } from "./plainClixml.ts";
import { elementsOf, plainText, plainXml } from "./plainXml.ts";

const tags = { list: "LST", enumerable: "IE", stack: "STK", queue: "QUE" } as const;

/** What the product's reader gave, as the same graph that the plain reading gives. */
export function graphOf(value: ClixmlValue): Graph {
  return new Conversion().graph(value);
}

class Conversion {
  readonly #known = new Map<ClixmlObject, GraphObject>();

  graph(value: ClixmlValue): Graph {
    if (value === null) return { tag: "Nil", text: "" };
    if (typeof value === "string") return { tag: "S", text: value };
    if (typeof value === "boolean") return { tag: "B", text: String(value) };
    if (typeof value === "number") return { tag: "I32", text: String(value) };
    if (typeof value === "bigint") return { tag: "I64", text: String(value) };
    if (value.kind === "object") return this.#object(value);
    return { tag: value.tag, text: value.tag === "PR" ? progressParts(value.text) : value.text };
  }

  #object(value: ClixmlObject): GraphObject {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const object = emptyGraphObject();
    this.#known.set(value, object);
    object.types = value.typeNames;
    object.display = value.display;
    object.base = value.hasBase ? this.#base(value.base) : null;
    object.props = this.#members(value.adapted);
    object.members = this.#members(value.extended);
    return object;
  }

  #base(base: ClixmlValue | ClixmlContainer): Graph | Container {
    if (base === null || typeof base !== "object" || base.kind === "scalar" || base.kind === "object")
      return this.graph(base);
    if (base.kind === "dictionary")
      return { tag: "DCT", items: base.entries.map(([key, item]) => [this.graph(key), this.graph(item)]) };
    return { tag: tags[base.kind], items: base.items.map((item) => [null, this.graph(item)]) };
  }

  #members(properties: ReadonlyMap<string, ClixmlValue>): readonly (readonly [string, Graph])[] {
    return [...properties].map(([name, value]) => [name, this.graph(value)]);
  }
}

const progressParts = (text: string): string =>
  JSON.stringify(
    elementsOf(plainXml(`<PR>${text}</PR>`)).map((part) => [part.name, unescaped(plainText(part))]),
  );
