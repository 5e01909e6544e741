export type SpnegoErrorCode = "badToken" | "noCommonMechanism" | "rejected" | "badMechListMic" | "badState";

/** Why a SPNEGO negotiation ended. The sentence holds nothing of the peer's text. */
export class SpnegoError extends Error {
  override readonly name = "SpnegoError";
  readonly code: SpnegoErrorCode;

  constructor(code: SpnegoErrorCode, sentence: string) {
    super(sentence);
    this.code = code;
  }
}
