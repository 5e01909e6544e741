/** What was wrong with a text that should be XML. */
export type XmlErrorCode =
  /** A document type declaration, of any kind. */
  | "dtd"
  /** A reference to anything but the five named entities and characters that XML allows. */
  | "entity"
  /** More nested elements than the limit. */
  | "depth"
  /** More elements than the limit. */
  | "elements"
  /** More attributes on one element than the limit. */
  | "attributes"
  /** A name over the limit, or one that is no name. */
  | "name"
  | "attributeLength"
  | "duplicateAttribute"
  /** A prefix that no enclosing element declares, or a reserved one declared wrongly. */
  | "prefix"
  /** A declared encoding or version that is not UTF-8 and 1.0. */
  | "encoding"
  /** A character that XML forbids. */
  | "character"
  | "malformed";

/** Never carries content of the text, only where reading stopped: the text may hold secrets. */
export class XmlError extends Error {
  override readonly name = "XmlError";
  readonly code: XmlErrorCode;
  /** Index in UTF-16 units; -1 when something of ours could not be written. */
  readonly position: number;

  constructor(code: XmlErrorCode, sentence: string, position: number) {
    super(position < 0 ? sentence : `${sentence} (at ${position})`);
    this.code = code;
    this.position = position;
  }
}
