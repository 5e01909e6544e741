import { arcWindowsServerTerms } from "../../published/arcWindowsServerTerms.ts";
import { azureStackHubTerms } from "../../published/azureStackHubTerms.ts";
import { CommandError } from "../stampCommand.ts";
import type { Invocation } from "../stampCommand.ts";
import type { StampSwitches } from "../stampSwitches.ts";

const question = "\r\nProceed with enabling remote support?";
const choices = [
  { label: "&Yes", help: "PRACTICE stamp: agrees to the terms and opens the practice door." },
  { label: "&No", help: "PRACTICE stamp: nothing is changed." },
];

/**
 * ShouldContinue as the published wrapper of the product family calls it: the terms are the caption. True for Yes and,
 * where the switch has it so and errors do not end the function, for a question that ended in an error (protocol 6.10).
 * A stopped pipeline rejects, and a Yes that comes after the stop counts for nothing.
 */
export async function isAgreed(invocation: Invocation, switches: StampSwitches): Promise<boolean> {
  if (needsNoQuestion(invocation, switches)) return true;
  try {
    const answer = await invocation.voice.choose(termsShown(switches), question, choices, 0);
    invocation.signal.throwIfAborted();
    if (answer !== 0 && answer !== 1) throw noSuchChoice(answer);
    return answer === 0;
  } catch (error) {
    invocation.signal.throwIfAborted();
    const goesOn = invocation.voice.errorsAreRedirected && switches.errorAtQuestion === "goesOnAndGrants";
    if (!goesOn || !(error instanceof CommandError)) throw error;
    invocation.voice.error(goneOnAfter(error));
    return true;
  }
}

/** Where the function goes on, its record names the exception alone ([R7] conformance 17). */
function goneOnAfter({ message, errorId, category, exceptionType }: CommandError): CommandError {
  const [whole = errorId] = errorId.split(",");
  return new CommandError(message, { errorId: whole, category, exceptionType, isWholeId: true });
}

/** The caption of the question under these switches. */
export function termsShown(switches: Pick<StampSwitches, "terms">): string {
  switch (switches.terms) {
    case "hub":
      return azureStackHubTerms.text;
    case "otherProduct":
      return arcWindowsServerTerms.text;
    case "changed":
      return azureStackHubTerms.text
        .replace("up to ninety (90) days", "up to one hundred and eighty (180) days")
        .concat("\n\nPRACTICE: these terms were changed on purpose.");
    case "empty":
      return "";
    default:
      return switches.terms satisfies never;
  }
}

function needsNoQuestion(invocation: Invocation, switches: StampSwitches): boolean {
  const agrees = invocation.parameters.get("AgreeToRemoteSupportConsent") === true;
  return switches.consent === "none" || (switches.consent === "agreeParameter" && agrees);
}

function noSuchChoice(answer: number): CommandError {
  return new CommandError(`PRACTICE: the question has no choice ${answer}.`, {
    errorId: "ArgumentOutOfRangeException,Enable-RemoteSupport",
    category: 0,
    exceptionType: "System.ArgumentOutOfRangeException",
  });
}
