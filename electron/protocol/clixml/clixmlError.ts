/** What was wrong with a CLIXML text, or with a value that should become one. */
export type ClixmlErrorCode =
  /** Not well-formed XML, or over a limit of the scanner; the cause is an XmlError. */
  | "xml"
  /** An element that has no place where it stands. */
  | "structure"
  /** The text of a primitive does not have the form of its type. */
  | "text"
  /** A number outside its type. */
  | "range"
  /** A Ref or TNRef to something that was never begun. */
  | "reference"
  /** A RefId given twice, or one that is no number. */
  | "refId"
  /** More type names than the limit. */
  | "typeNames"
  /** A dictionary key that is Nil, stands twice or holds its own dictionary. */
  | "key"
  /** More nested objects than the limit. */
  | "depth";

/** Never carries content of the text: it may hold secrets. */
export class ClixmlError extends Error {
  override readonly name = "ClixmlError";
  readonly code: ClixmlErrorCode;

  constructor(code: ClixmlErrorCode, sentence: string, options?: { readonly cause: unknown }) {
    super(sentence, options);
    this.code = code;
  }
}
