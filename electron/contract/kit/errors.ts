/** Every way in which an operation may fail; nothing else crosses a channel. */
export const errorCodes = [
  "invalidInput", // what was typed or sent does not fit; nothing was done
  "unreachable", // no answer at that address
  "conversationLost", // the endpoint answers, and its end of our conversation is gone
  "timedOut", // an answer did not come in time
  "untrusted", // the endpoint's certificate is not trusted, or not the one that was; nothing was sent
  "signInNeeded", // no credential is at hand for this target
  "signInRefused", // the endpoint did not take the account and password
  "forbidden", // signed in, but this account may not do that
  "noConfiguration", // the endpoint has no session configuration of that name
  "commandMissing", // the endpoint does not offer the command
  "refused", // the endpoint answered with an error of its own, or the practice stamp could not start
  "quota", // a limit of the endpoint is reached
  "badAnswer", // what came back is not what the protocol allows
  "notConfirmed", // sent, but no fresh reading proves it
  "notFound", // no such target, session, transcript or question
  "channelLost", // the page and the console lost each other
  "wrongVersion", // page and console are of different builds
  "cancelled", // the caller left
  "internal", // a bug of ours; the log has it whole
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** What the page may offer as the next step, where it must decide. */
export type Remedy = "signIn" | "trust" | "retry" | "none";

/**
 * The only error that crosses a channel: a code for programs, a sentence for people (what happened, to which
 * endpoint, what to do next), and a remedy where the page must decide.
 */
export class ConsoleError extends Error {
  override readonly name = "ConsoleError";
  readonly code: ErrorCode;
  readonly remedy: Remedy;

  constructor(
    code: ErrorCode,
    sentence: string,
    options: { readonly cause?: unknown; readonly remedy?: Remedy } = {},
  ) {
    super(sentence, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.remedy = options.remedy ?? "none";
  }
}
