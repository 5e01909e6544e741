import { ConsoleError } from "#contract";
import type { ErrorCode, Remedy } from "#contract";
import { errorCategories, errorName } from "../../protocol/psrp/errorRecord.ts";
import type { ErrorRecord } from "../../protocol/psrp/errorRecord.ts";
import { hideSecrets } from "../records/hideSecrets.ts";
import { commandMissing } from "./commandMissing.ts";
import type { Invoked } from "../wire/commandOptions.ts";

/** The error with which an endpoint ended a command, or null where it had none. Decided on ids, never on words. */
export function refusalOf(invoked: Invoked, command: string, place: string): ConsoleError | null {
  const last = invoked.errors.at(-1);
  if (last !== undefined) return recordError(last, command, place);
  if (invoked.end === "completed") return null;
  return new ConsoleError("refused", `${place} ended ${command} without saying why.`);
}

/** Throws the refusal, if there is one. */
export function demandAccepted(invoked: Invoked, command: string, place: string): void {
  const refusal = refusalOf(invoked, command, place);
  if (refusal !== null) throw refusal;
}

/** True where the endpoint turned the command down for what it was asked, and not because it could not do it. */
export function isRefusal(error: unknown): error is ConsoleError {
  return error instanceof ConsoleError && (error.code === "refused" || error.code === "invalidInput");
}

/** An ErrorRecord as an operator reads it, with the endpoint's own words marked as such, and its id and category. */
export function recordError(record: ErrorRecord, command: string, place: string): ConsoleError {
  const name = errorName(record);
  if (name === "CommandNotFoundException" && isAbout(record, command)) return commandMissing(command, place);
  const { code, says, remedy = "none" } = meaningOf(name, record.category);
  const words = hideSecrets(record.message.trim()).slice(0, 2_000);
  return new ConsoleError(code, `${place} ${says(command)} Its own words: “${words}” (${originOf(record)})`, {
    remedy,
  });
}

/** A command of the endpoint may itself call one that its session hides: then it is there all the same. */
const isAbout = ({ targetName }: ErrorRecord, command: string): boolean =>
  targetName === "" || targetName.toLowerCase() === command.toLowerCase();

type Meaning = {
  readonly code: ErrorCode;
  readonly says: (command: string) => string;
  readonly remedy?: Remedy;
};

const refused: Meaning = { code: "refused", says: (command) => `refused ${command}.` };
const misfit: Meaning = {
  code: "invalidInput",
  says: (command) => `does not take ${command} with the values that it was given.`,
};
const forbidding: Meaning = {
  code: "refused",
  says: (command) => `refused ${command}: the account, or the endpoint itself, lacks a right for it.`,
};
const busy: Meaning = {
  code: "refused",
  says: (command) => `cannot do ${command} just now. Try again later.`,
  remedy: "retry",
};
const late: Meaning = {
  code: "timedOut",
  says: (command) => `did not get done with ${command} in its own time. Read the state, then try again.`,
  remedy: "retry",
};
const limited: Meaning = {
  code: "quota",
  says: (command) => `has reached a limit of its own with ${command}. Try again later.`,
  remedy: "retry",
};
const scriptRefused: Meaning = {
  code: "badAnswer",
  says: (command) => `took ${command} for a script, which its configuration refuses.`,
};

/** Parts before the comma of a FullyQualifiedErrorId; [MS-PSRP] 2.2.3.15. */
const byName: ReadonlyMap<string, Meaning> = new Map([
  ["NamedParameterNotFound", misfit],
  ["PositionalParameterNotFound", misfit],
  ["AmbiguousParameterSet", misfit],
  ["MissingMandatoryParameter", misfit],
  ["ParameterArgumentValidationError", misfit],
  ["ParameterArgumentTransformationError", misfit],
  ["ScriptsNotAllowed", scriptRefused],
]);

/** ErrorCategory numbers ([MS-PSRP] 2.2.3.9). */
const byCategory: ReadonlyMap<number, Meaning> = new Map([
  [15, late],
  [18, forbidding],
  [25, forbidding],
  [28, forbidding],
  [19, busy],
  [21, busy],
  [27, busy],
  [29, limited],
  [30, limited],
]);

/** The id says more than its category. */
const meaningOf = (name: string, category: number): Meaning =>
  byName.get(name) ?? byCategory.get(category) ?? refused;

const originOf = ({ errorId, category }: ErrorRecord): string => {
  const name = errorCategories[category] ?? `category ${category}`;
  const id = hideSecrets(errorId.trim()).slice(0, 200);
  return id === "" ? name : `${id}, ${name}`;
};
