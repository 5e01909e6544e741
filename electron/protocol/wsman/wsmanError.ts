export type WsmanErrorCode =
  /** The configuration name does not fit its pattern; nothing was sent. */
  | "configurationName"
  /** No XML, or not the SOAP that was due: two bodies, a missing header, bad base64. */
  | "malformed"
  /** RelatesTo names another request, or what came belongs to another command. */
  | "foreignAnswer"
  /** The Action does not fit the request. */
  | "unexpectedAction"
  /** A time that is zero, negative or no number. */
  | "badDuration";

/** What came is not what was due. Holds no text of the peer. */
export class WsmanError extends Error {
  override readonly name = "WsmanError";
  readonly code: WsmanErrorCode;

  constructor(code: WsmanErrorCode, sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
