/** An element as read: names resolved to namespaces, entities replaced. Text is kept in place between elements. */
export type XmlElement = {
  readonly namespace: string;
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly (XmlElement | string)[];
};

export type XmlAttribute = { readonly namespace: string; readonly name: string; readonly value: string };

/** Bounds of what a reader takes; each is enforced with a named error. */
export type XmlLimits = {
  readonly depth: number;
  readonly elements: number;
  readonly attributes: number;
  readonly nameLength: number;
  readonly attributeLength: number;
};
