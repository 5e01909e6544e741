import { ConsoleError } from "#contract";
import { errorName } from "../../protocol/psrp/errorRecord.ts";
import type { ErrorRecord } from "../../protocol/psrp/errorRecord.ts";
import { hideSecrets } from "../records/hideSecrets.ts";
import type { Invoked } from "../wire/pipelineRun.ts";

/** The error with which an endpoint ended a command, or null where it had none. Decided on ids, never on words. */
export function refusalOf(invoked: Invoked, command: string, place: string): ConsoleError | null {
  const last = invoked.errors.at(-1);
  if (last !== undefined) return recordError(last, command, place);
  if (invoked.end === "completed") return null;
  return new ConsoleError("refused", `${place} ended ${command} without saying why.`);
}

/** An ErrorRecord as an operator reads it, with the endpoint's own words marked as such. */
export function recordError(record: ErrorRecord, command: string, place: string): ConsoleError {
  if (errorName(record) === "CommandNotFoundException")
    return new ConsoleError("commandMissing", `${place} does not offer ${command}.`);
  const words = hideSecrets(record.message.trim()).slice(0, 2_000);
  return new ConsoleError("refused", `${place} refused ${command}. Its own words: “${words}”`);
}

/** Throws the refusal, if there is one. */
export function demandAccepted(invoked: Invoked, command: string, place: string): void {
  const refusal = refusalOf(invoked, command, place);
  if (refusal !== null) throw refusal;
}
