import { ConsoleError, type ErrorCode } from "#contract";

/** What a script learns from the exit status alone. */
export const exitCode = {
  /** Done, and a fresh reading confirms it. */
  done: 0,
  /** Refused by the endpoint, declined by a person, or failed. */
  refused: 1,
  /** The command line does not say something that can be done; nothing was sent. */
  usage: 2,
  /** Sent, but no fresh reading proves what came of it. */
  notConfirmed: 3,
  /** No endpoint answered. */
  unreachable: 4,
  /** The endpoint did not take the account and password. */
  signInRefused: 5,
} as const;

const codes: Readonly<Record<ErrorCode, number>> = {
  invalidInput: exitCode.usage,
  unreachable: exitCode.unreachable,
  conversationLost: exitCode.refused,
  untrusted: exitCode.refused,
  timedOut: exitCode.unreachable,
  signInNeeded: exitCode.signInRefused,
  signInRefused: exitCode.signInRefused,
  forbidden: exitCode.refused,
  noConfiguration: exitCode.refused,
  commandMissing: exitCode.refused,
  refused: exitCode.refused,
  quota: exitCode.refused,
  badAnswer: exitCode.refused,
  notConfirmed: exitCode.notConfirmed,
  notFound: exitCode.refused,
  channelLost: exitCode.refused,
  wrongVersion: exitCode.refused,
  cancelled: exitCode.refused,
  internal: exitCode.refused,
};

/** The exit status for a failure, told by its code alone. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return exitCode.usage;
  return error instanceof ConsoleError ? codes[error.code] : exitCode.refused;
}

/** The exit status for a failure that came as data in an outcome. */
export function exitCodeOfFailure(code: string): number {
  return code in codes ? codes[code as ErrorCode] : exitCode.refused;
}

/** What was typed cannot be done as it stands; the sentence says what is allowed. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
