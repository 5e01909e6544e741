import type { XmlElement } from "./tree.ts";

/** The first child element of that namespace and name, or null. */
export function child(element: XmlElement, namespace: string, name: string): XmlElement | null {
  for (const item of element.children)
    if (typeof item !== "string" && item.name === name && item.namespace === namespace) return item;
  return null;
}

/** All child elements of that namespace and name, in order. */
export function children(element: XmlElement, namespace: string, name: string): readonly XmlElement[] {
  return childElements(element).filter((item) => item.name === name && item.namespace === namespace);
}

/** All child elements, whatever their names. */
export function childElements(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((item) => typeof item !== "string");
}

/** The text that stands directly in the element, white space kept; "" when there is none. */
export function textOf(element: XmlElement): string {
  return element.children.filter((item) => typeof item === "string").join("");
}

/** An attribute's value, or null. Attributes without a prefix are in no namespace. */
export function attribute(element: XmlElement, name: string, namespace = ""): string | null {
  return element.attributes.find((item) => item.name === name && item.namespace === namespace)?.value ?? null;
}
