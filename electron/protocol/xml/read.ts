import { XmlScanner } from "./scan.ts";
import type { XmlAttribute, XmlElement, XmlLimits } from "./tree.ts";

type Open = {
  readonly element: XmlElement;
  readonly children: (XmlElement | string)[];
};

/**
 * The root element of a document. Comments and processing instructions are dropped; neighbouring texts are one.
 * Throws XmlError and nothing else (protocol 9 and 13: limits, DTD, entities, prefixes, encodings).
 */
export function readXml(text: string, limits: Partial<XmlLimits> = {}): XmlElement {
  const scanner = new XmlScanner(text, { limits });
  scanner.next();
  const root = begin(scanner);
  const path: Open[] = [root];
  for (let event = scanner.next(); event !== "end"; event = scanner.next()) {
    const parent = path.at(-1);
    if (parent === undefined) continue;
    if (event === "close") path.pop();
    else if (event === "text") addText(parent.children, scanner.text);
    else {
      const opened = begin(scanner);
      parent.children.push(opened.element);
      path.push(opened);
    }
  }
  return root.element;
}

function begin(scanner: XmlScanner): Open {
  const children: (XmlElement | string)[] = [];
  const attributes: XmlAttribute[] = [];
  for (let index = 0; index < scanner.attributeCount; index++) attributes.push(scanner.attributeAt(index));
  return { element: { namespace: scanner.namespace, name: scanner.name, attributes, children }, children };
}

function addText(children: (XmlElement | string)[], text: string): void {
  const last = children.length - 1;
  const before = children[last];
  if (typeof before === "string") children[last] = before + text;
  else children.push(text);
}
