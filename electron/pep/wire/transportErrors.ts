import { ConsoleError } from "#contract";
import type { ErrorCode, Remedy } from "#contract";
import { PsrpError } from "../../protocol/psrp/psrpError.ts";
import { WsmanError } from "../../protocol/wsman/wsmanError.ts";
import { TransportError } from "../../transport/winrmConnection.ts";
import type { TransportErrorCode } from "../../transport/winrmConnection.ts";
import { TooMuchOutput } from "./measure.ts";
import { PoolLost, PoolSilent } from "./poolLost.ts";
import { TooManyQuestions, UnexpectedQuestion } from "./unexpectedQuestion.ts";

const codes: Readonly<Record<TransportErrorCode, readonly [ErrorCode, Remedy]>> = {
  nameNotResolved: ["unreachable", "retry"],
  connectionRefused: ["unreachable", "retry"],
  connectTimedOut: ["unreachable", "retry"],
  tlsFailed: ["unreachable", "none"],
  certificateUntrusted: ["untrusted", "trust"],
  certificateChanged: ["untrusted", "trust"],
  signInOverHttp: ["invalidInput", "none"],
  clientCertificateUnusable: ["invalidInput", "none"],
  // No password was tried: another endpoint may be asked with it, and it is not forgotten.
  schemeNotOffered: ["badAnswer", "none"],
  signInRefused: ["signInRefused", "signIn"],
  weakServer: ["badAnswer", "none"],
  badServerToken: ["badAnswer", "none"],
  staleContext: ["conversationLost", "retry"],
  closedBeforeAnswer: ["unreachable", "retry"],
  cutInAnswer: ["badAnswer", "retry"],
  answerTimedOut: ["timedOut", "retry"],
  badSeal: ["badAnswer", "retry"],
  unsealedAnswer: ["badAnswer", "none"],
  notWinrm: ["badAnswer", "none"],
  redirected: ["badAnswer", "none"],
  proxyAnswered: ["unreachable", "none"],
  wrongPath: ["unreachable", "none"],
  unavailable: ["unreachable", "retry"],
  tooLarge: ["badAnswer", "none"],
  badHttp: ["badAnswer", "none"],
  cancelled: ["cancelled", "none"],
};

/** A failure below the commands as an operator reads it. ConsoleErrors pass; what is no failure of the wire passes too. */
export function wireError(error: unknown, place: string): unknown {
  if (error instanceof TransportError) {
    const [code, remedy] = codes[error.code];
    return new ConsoleError(code, namedOnce(error.message, place), { cause: error, remedy });
  }
  if (error instanceof WsmanError && error.code === "configurationName")
    return new ConsoleError("invalidInput", `${place}: ${error.message}.`, { cause: error });
  if (error instanceof WsmanError || error instanceof PsrpError)
    return new ConsoleError(
      "badAnswer",
      `${place} sent what the protocol does not allow: ${error.message}. Check what stands between here and the endpoint, then try again.`,
      {
        cause: error,
        remedy: "retry",
      },
    );
  if (error instanceof UnexpectedQuestion)
    return new ConsoleError(
      "refused",
      `${place} asked something that the console does not answer. The command was stopped and nothing was agreed to.`,
    );
  if (error instanceof TooManyQuestions)
    return new ConsoleError(
      "refused",
      `${place} asked more than ${error.most} times in one command, which was stopped. Read the state before anything else.`,
    );
  if (error instanceof TooMuchOutput)
    return new ConsoleError(
      "quota",
      `${place} sent more than ${error.bound} in answer to one command, which was stopped. Ask for less at a time, or ask its administrators why it sends so much.`,
    );
  if (!(error instanceof PoolLost)) return error;
  if (error.cause !== undefined) return wireError(error.cause, place);
  // The endpoint answered all along, but for what it left unsaid.
  const code = error instanceof PoolSilent ? "timedOut" : "conversationLost";
  return new ConsoleError(code, `${place}: ${error.message} Try again.`, { remedy: "retry" });
}

/** Transport sentences name host and port; the place's own name stands beside them, without saying both twice. */
function namedOnce(sentence: string, place: string): string {
  // An endpoint that is named by its address has no parentheses.
  const hostAndPort = /\(([^()]*)\)$/.exec(place)?.[1] ?? place;
  return sentence.includes(hostAndPort)
    ? sentence.replace(hostAndPort, () => place)
    : `${place}: ${sentence}`;
}

/** Tried again by itself it could lock the account. */
export function isSignInRefused(error: unknown): boolean {
  return error instanceof TransportError && error.code === "signInRefused";
}

/** "no" only where the endpoint cannot have acted on the request. */
export function actedOf(error: unknown): "no" | "maybe" {
  return error instanceof TransportError || error instanceof PoolLost ? error.acted : "maybe";
}
