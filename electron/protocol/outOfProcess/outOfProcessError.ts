export type OutOfProcessErrorCode =
  /** A line that is not one XML element. */
  | "notXml"
  /** An element that has no place on this side of the wire. */
  | "unknownElement"
  /** An attribute missing, twice, unknown, or with a value that it cannot have. */
  | "badAttribute"
  | "badBase64"
  /** Text or an element where none belongs. */
  | "unexpectedContent"
  /** A line, or a tag in it, over its limit. */
  | "tooLong"
  /** An empty line from a client, or the end of the input: the other end is gone. */
  | "ended"
  /** An ack that nobody waits for, or a Command or Signal for the session. */
  | "outOfOrder";

/** What came over the line is not the framing, or breaks its order. Holds no content. */
export class OutOfProcessError extends Error {
  override readonly name = "OutOfProcessError";
  readonly code: OutOfProcessErrorCode;

  constructor(code: OutOfProcessErrorCode, sentence: string) {
    super(sentence);
    this.code = code;
  }
}
