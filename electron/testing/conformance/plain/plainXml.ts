import { SaxesParser } from "saxes";

/* A second reading of XML, by a parser that the product does not use, to compare the product's reading with. */

export type PlainElement = {
  readonly namespace: string;
  readonly name: string;
  /** Namespace, name and value; declarations of namespaces are left out. */
  readonly attributes: readonly (readonly [string, string, string])[];
  readonly children: (PlainElement | string)[];
};

const declarations = "http://www.w3.org/2000/xmlns/";

/** The root element. `&#xFFFE;`, which PowerShell writes and XML forbids, is read as the escape that CLIXML has for it. */
export function plainXml(text: string): PlainElement {
  const parser = new SaxesParser({ xmlns: true });
  const top: PlainElement = { namespace: "", name: "", attributes: [], children: [] };
  const path: PlainElement[] = [top];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", (tag) => {
    const attributes = Object.values(tag.attributes)
      .filter((attribute) => attribute.uri !== declarations)
      .map((attribute) => [attribute.uri, attribute.local, attribute.value] as const);
    const element: PlainElement = { namespace: tag.uri, name: tag.local, attributes, children: [] };
    path.at(-1)?.children.push(element);
    path.push(element);
  });
  parser.on("closetag", () => path.pop());
  const addText = (piece: string): unknown => path.length > 1 && path.at(-1)?.children.push(piece);
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.write(text.replaceAll(/&#x(FFF[EF]);/gi, "_x$1_")).close();
  const root = top.children.find((child) => typeof child !== "string");
  if (root === undefined) throw new Error("no element");
  return root;
}

export function elementsOf(element: PlainElement): readonly PlainElement[] {
  return element.children.filter((child) => typeof child !== "string");
}

/** The text that stands directly in the element. */
export function plainText(element: PlainElement): string {
  return element.children.filter((child) => typeof child === "string").join("");
}

/** An attribute by its local name, or null. */
export function plainAttribute(element: PlainElement, name: string): string | null {
  return element.attributes.find(([, local]) => local === name)?.[2] ?? null;
}

/** All elements of that local name below, at any depth, in order. */
export function below(element: PlainElement, name: string): readonly PlainElement[] {
  return elementsOf(element).flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...below(child, name),
  ]);
}

/** The first element of that local name below, or null. */
export function firstBelow(element: PlainElement, name: string): PlainElement | null {
  return below(element, name)[0] ?? null;
}
