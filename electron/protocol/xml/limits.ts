import type { XmlLimits } from "./tree.ts";

/** What a reader takes when nothing else is said (protocol 9). */
export const xmlLimits: XmlLimits = {
  depth: 100,
  elements: 2_000_000,
  attributes: 16,
  nameLength: 1_024,
  attributeLength: 65_536,
};
