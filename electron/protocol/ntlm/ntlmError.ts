export type NtlmErrorCode =
  | "badMessage"
  | "weakServer"
  | "weakClient"
  | "badProof"
  | "badMic"
  | "badChannelBinding"
  | "missingChannelBinding"
  | "badState"
  | "badSignature"
  | "badSequence";

/** Why an NTLM exchange ended. The sentence holds no secret and nothing of the peer's text. */
export class NtlmError extends Error {
  override readonly name = "NtlmError";
  readonly code: NtlmErrorCode;

  constructor(code: NtlmErrorCode, sentence: string) {
    super(sentence);
    this.code = code;
  }
}
