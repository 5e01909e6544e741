import { elementsOf, plainAttribute, plainText } from "../plain/plainXml.ts";
import type { PlainElement } from "../plain/plainXml.ts";
import type { Plain } from "../plain/graph.ts";
import { offeredOptions, uncomparedHeaders, unlikeBodyTexts, unlikeLanguages } from "./differences.ts";

/** Elements whose text is a payload: compared as messages and not as text. */
const payloads: ReadonlySet<string> = new Set(["creationXml", "connectXml", "Arguments", "Stream"]);
const guid = /(?:uuid:)?\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?/gi;

/** Numbers the GUIDs of one conversation in the order in which they first appear. */
export class GuidNumbers {
  readonly #numbers = new Map<string, number>();

  blank(text: string): string {
    return text.replaceAll(guid, (found) => {
      const plain = found.replaceAll(/uuid:|[{}]/gi, "").toLowerCase();
      const number = this.#numbers.get(plain) ?? this.#numbers.size + 1;
      this.#numbers.set(plain, number);
      return `guid ${number}`;
    });
  }
}

/** A request by the rules of comparison: no prefixes, no order in the header, no white space, no payloads. */
export function requestTree(envelope: PlainElement, guids: GuidNumbers): Plain {
  return elementsOf(envelope).map((part) => {
    const inHeader = part.name === "Header";
    const parts = elementsOf(part).filter((element) => !(inHeader && uncomparedHeaders.has(element.name)));
    const ordered = inHeader ? parts.toSorted((one, other) => compare(keyOf(one), keyOf(other))) : parts;
    return [part.name, ...ordered.map((element) => tree(element, guids))];
  });
}

const keyOf = (element: PlainElement): string => `${element.namespace} ${element.name}`;
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function tree(element: PlainElement, guids: GuidNumbers): Plain {
  const isUnlike = (attribute: string): boolean => attribute === "lang" && unlikeLanguages.has(element.name);
  const attributes = element.attributes
    .map(([namespace, name, value]) => [`${namespace} ${name}`, isUnlike(name) ? "" : value] as const)
    .toSorted(([one], [other]) => compare(one, other))
    .map(([name, value]): Plain => [name, guids.blank(value)]);
  const children = elementsOf(element).filter(
    (child) => child.name !== "Option" || offeredOptions.has(plainAttribute(child, "Name") ?? ""),
  );
  const skipped = payloads.has(element.name) || unlikeBodyTexts.has(element.name);
  const text = skipped || children.length > 0 ? "" : guids.blank(wholeSeconds(plainText(element).trim()));
  return [keyOf(element), attributes, text, ...children.map((child) => tree(child, guids))];
}

/** Zeros behind the point of a time are never stripped by us, and say nothing. */
const wholeSeconds = (text: string): string =>
  /^PT\d+\.\d+S$/.test(text) ? text.replace(/\.0*S$/, "S") : text;
