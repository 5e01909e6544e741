export type PsrpErrorCode =
  | "badFragment"
  | "badMessage"
  | "tooLarge"
  | "versionNotSupported"
  | "badKey"
  | "otherSizes"
  | "notNow"
  | "unknownPipeline";

/** What came from the peer is not what [MS-PSRP] allows, or the conversation is broken. Holds ids, types and lengths only. */
export class PsrpError extends Error {
  override readonly name = "PsrpError";
  readonly code: PsrpErrorCode;

  constructor(code: PsrpErrorCode, sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** An act was asked for in a state that does not allow it. Nothing was changed. */
export class PsrpStateError extends Error {
  override readonly name = "PsrpStateError";
  readonly action: string;
  readonly state: string;
  readonly allowed: readonly string[];

  constructor(action: string, state: string, allowed: readonly string[]) {
    super(`${action} is not possible in state ${state}; allowed: ${allowed.join(", ")}`);
    this.action = action;
    this.state = state;
    this.allowed = allowed;
  }
}

/** Throws the state error unless `state` is one of `allowed`. */
export function demandState<State extends string>(
  action: string,
  state: State,
  allowed: readonly State[],
): void {
  if (!allowed.includes(state)) throw new PsrpStateError(action, state, allowed);
}
