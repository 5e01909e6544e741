import { errorRecord } from "../../protocol/psrp/errorRecord.ts";
import type { ErrorRecord } from "../../protocol/psrp/errorRecord.ts";
import { CommandError } from "../stampCommand.ts";

const automation = "System.Management.Automation";

const shortName = (type: string): string => type.slice(type.lastIndexOf(".") + 1);

/** What a command threw, as a record. Anything but a CommandError is a fault of the practice stamp itself. */
export function recordOf(error: unknown, command: string): ErrorRecord {
  const told =
    error instanceof CommandError
      ? error
      : new CommandError("PRACTICE: the command failed inside the practice stamp.", {
          errorId: `PracticeFault,${command}`,
          category: 0,
        });
  return errorRecord({
    message: told.message,
    errorId: told.isWholeId || told.errorId.includes(",") ? told.errorId : `${told.errorId},${command}`,
    category: told.category,
    // An id without a command belongs to an error without one ([R7] conformance 04, 17).
    activity: told.isWholeId ? "" : command,
    reason: shortName(told.exceptionType),
    targetName: told.target ?? "",
    targetType: told.targetType,
    exceptionType: told.exceptionType,
    target: told.target,
  });
}

/** Every script, even an empty one, is refused before it is parsed ([R], protocol 6.7). */
export function scriptsNotAllowed(script: string): ErrorRecord {
  return errorRecord({
    message:
      "The syntax is not supported by this runspace. This can occur if the runspace is in no-language mode.",
    errorId: "ScriptsNotAllowed",
    category: 17,
    reason: "ParseException",
    targetName: script,
    targetType: "String",
    exceptionType: `${automation}.ParseException`,
    target: script,
  });
}

export function commandNotFound(name: string): ErrorRecord {
  return errorRecord({
    message: `The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.`,
    errorId: "CommandNotFoundException",
    category: 13,
    reason: "CommandNotFoundException",
    targetName: name,
    targetType: "String",
    exceptionType: `${automation}.CommandNotFoundException`,
    target: name,
  });
}

export function pipelineStopped(): ErrorRecord {
  return errorRecord({
    message: "The pipeline has been stopped.",
    errorId: "PipelineStopped",
    category: 14,
    reason: "PipelineStoppedException",
    exceptionType: `${automation}.PipelineStoppedException`,
  });
}

/** A parameter whose name or place cannot be bound: InvalidArgument. */
export function bindingError(id: string, message: string): CommandError {
  const exceptionType = `${automation}.ParameterBindingException`;
  return new CommandError(message, { errorId: id, category: 5, exceptionType });
}

/** A value that its parameter's attributes refuse: InvalidData. */
export function validationError(id: string, message: string): CommandError {
  const exceptionType = `${automation}.ParameterBindingValidationException`;
  return new CommandError(message, { errorId: id, category: 6, exceptionType });
}

/** A value that cannot be made into its parameter's type: InvalidData. */
export function transformationError(message: string): CommandError {
  const exceptionType = `${automation}.ParameterBindingArgumentTransformationException`;
  return new CommandError(message, {
    errorId: "ParameterArgumentTransformationError",
    category: 6,
    exceptionType,
  });
}
