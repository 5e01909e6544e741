import { ConsoleError, type ErrorCode, type Failure } from "#contract";

/** A failure as data, for streams that go on after it. What is not a ConsoleError is a bug of ours and says only so. */
export function failureOf(cause: unknown): Failure {
  if (cause instanceof ConsoleError)
    return { code: cause.code, sentence: cause.message, remedy: cause.remedy };
  return {
    code: "internal",
    sentence: "The console made a mistake of its own. Its log has the details; try again.",
    remedy: "retry",
  };
}

/** The code of a ConsoleError, or `internal`. */
export function codeOf(cause: unknown): ErrorCode {
  return cause instanceof ConsoleError ? cause.code : "internal";
}

const anotherMayDoBetter: ReadonlySet<string> = new Set<ErrorCode>([
  "unreachable",
  "conversationLost",
  "timedOut",
  "quota",
  "badAnswer",
  "refused",
  "notConfirmed",
]);

/** True for what another endpoint, or the same one later, may do better. */
export const anotherTryMayHelp = (code: string): boolean => anotherMayDoBetter.has(code);

/**
 * True when another endpoint of the same target may do better. A refused sign-in is never among them: trying the same
 * password at three endpoints locks an account (domain controllers count per account, not per endpoint). Nor is a
 * certificate that nobody trusted: going elsewhere would make an alarm go unheard.
 */
export const nextEndpointMayHelp = (cause: unknown): boolean => anotherTryMayHelp(codeOf(cause));
