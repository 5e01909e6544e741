import { textOf } from "../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { PipelineArgument } from "../../protocol/psrp/pipelineDescription.ts";
import type { SessionCipher } from "../../protocol/psrp/sessionKey.ts";
import type { BoundValue, CommandError, ParameterDeclaration } from "../stampCommand.ts";
import { commonParameters } from "./commonParameters.ts";
import { convertArgument } from "./convertArgument.ts";
import { netTypes } from "./netTypes.ts";
import { bindingError, validationError } from "./pipelineErrors.ts";

/** Carries the values of `$using:` variables, which mean nothing without a script ([R7], protocol 6.7). */
const verbatimArgument = "--%";

/**
 * Arguments to declared names, in all the forms clients send (protocol 6.7): plain names, tokens with dash, blank or
 * colon, a dashed name and its value as two items, prefixes, places. Throws CommandError with PowerShell's ids.
 * Mandatory ones that were not given are another matter: `missingMandatory`.
 */
export function bindGiven(
  declarations: readonly ParameterDeclaration[],
  given: readonly PipelineArgument[],
  cipher: SessionCipher | null,
): ReadonlyMap<string, BoundValue> {
  const bound = new Map<string, BoundValue>();
  const placed: ClixmlValue[] = [];
  const items = given.filter(({ name }) => name !== verbatimArgument);
  for (let index = 0; index < items.length; index++) {
    const argument = items[index];
    if (argument === undefined) continue;
    if (argument.name === null) {
      placed.push(argument.value);
      continue;
    }
    const declaration = findDeclaration(declarations, plainName(argument.name));
    let { value } = argument;
    if (wantsNext(argument, declaration)) value = valueAfter(items[++index], declaration);
    bind(bound, declaration, value, cipher);
  }
  bindPlaced(declarations, bound, placed, cipher);
  return bound;
}

/** Binds one value by its name, alias or prefix. */
export function bindOne(
  bound: Map<string, BoundValue>,
  declarations: readonly ParameterDeclaration[],
  name: string,
  value: ClixmlValue,
  cipher: SessionCipher | null,
): void {
  bind(bound, findDeclaration(declarations, name), value, cipher);
}

/** Mandatory parameters without a value; what comes down the pipe counts where it can be bound. */
export function missingMandatory(
  declarations: readonly ParameterDeclaration[],
  bound: ReadonlyMap<string, BoundValue>,
  hasInput: boolean,
): readonly ParameterDeclaration[] {
  return declarations.filter(
    (one) => one.mandatory === true && !bound.has(one.name) && !(one.fromPipeline === true && hasInput),
  );
}

/** The error of a call whose mandatory parameters nobody can be asked for. */
export function missingParameters(missing: readonly ParameterDeclaration[]): CommandError {
  const names = missing.map((one) => one.name).join(" ");
  return bindingError(
    "MissingMandatoryParameter",
    `Cannot process command because of one or more missing mandatory parameters: ${names}.`,
  );
}

/** Without its dash, and without the blanks and colons at its end. */
function plainName(token: string): string {
  let end = token.length;
  while (end > 0 && /[\s:]/.test(token.charAt(end - 1))) end--;
  return token.slice(token.startsWith("-") ? 1 : 0, end);
}

/** A dashed name without value takes the nameless item behind it, unless it is a switch or a colon bound its value. */
function wantsNext(argument: PipelineArgument, declaration: ParameterDeclaration): boolean {
  const token = argument.name ?? "";
  const isSplit = token.startsWith("-") && !token.trimEnd().endsWith(":");
  return isSplit && argument.value === null && declaration.type !== "Switch";
}

function valueAfter(next: PipelineArgument | undefined, declaration: ParameterDeclaration): ClixmlValue {
  if (next !== undefined && next.name === null) return next.value;
  throw bindingError(
    "MissingArgument",
    `Missing an argument for parameter '${declaration.name}'. Specify a parameter of type '${netTypes[declaration.type]}' and try again.`,
  );
}

/** Exact names and aliases go before prefixes. */
function findDeclaration(own: readonly ParameterDeclaration[], name: string): ParameterDeclaration {
  const all = [...own, ...commonParameters];
  const wanted = name.toLowerCase();
  const namesOf = (one: ParameterDeclaration): readonly string[] =>
    [one.name, ...(one.aliases ?? [])].map((each) => each.toLowerCase());
  const exact = all.find((one) => namesOf(one).includes(wanted));
  if (exact !== undefined) return exact;
  const candidates = wanted === "" ? [] : all.filter((one) => one.name.toLowerCase().startsWith(wanted));
  const [only] = candidates;
  if (only === undefined)
    throw bindingError(
      "NamedParameterNotFound",
      `A parameter cannot be found that matches parameter name '${name}'.`,
    );
  if (candidates.length > 1)
    throw bindingError(
      "AmbiguousParameter",
      `Parameter cannot be processed because the parameter name '${name}' is ambiguous. Possible matches include: ${candidates.map((one) => `-${one.name}`).join(" ")}.`,
    );
  return only;
}

function bind(
  bound: Map<string, BoundValue>,
  declaration: ParameterDeclaration,
  value: ClixmlValue,
  cipher: SessionCipher | null,
): void {
  if (bound.has(declaration.name))
    throw bindingError(
      "ParameterAlreadyBound",
      `Cannot bind parameter because parameter '${declaration.name}' is specified more than once. To provide multiple values to parameters that can accept multiple values, use the array syntax. For example, "-parameter value1,value2,value3".`,
    );
  const converted = convertArgument(declaration, value, cipher);
  validate(declaration, converted);
  bound.set(declaration.name, converted);
}

/** ValidateSet, ValidatePattern, ValidateRange, and what mandatory texts must not be, in the words of 5.1. */
function validate(declaration: ParameterDeclaration, value: BoundValue): void {
  const { name, oneOf, pattern, range } = declaration;
  const why = setTrouble(oneOf, value) ?? patternTrouble(pattern, value) ?? rangeTrouble(range, value);
  if (why !== null)
    throw validationError(
      "ParameterArgumentValidationError",
      `Cannot validate argument on parameter '${name}'. ${why}`,
    );
  if (declaration.mandatory === true && declaration.type === "String" && value === "")
    throw validationError(
      "ParameterArgumentValidationErrorEmptyStringNotAllowed",
      `Cannot bind argument to parameter '${name}' because it is an empty string.`,
    );
}

function setTrouble(oneOf: ParameterDeclaration["oneOf"], value: BoundValue): string | null {
  if (oneOf === undefined) return null;
  const known = oneOf.map((one) => one.toLowerCase());
  const unknown = textsOf(value).find((text) => !known.includes(text.toLowerCase()));
  if (unknown === undefined) return null;
  return `The argument "${unknown}" does not belong to the set "${oneOf.join(",")}" specified by the ValidateSet attribute. Supply an argument that is in the set and then try the command again.`;
}

function patternTrouble(pattern: ParameterDeclaration["pattern"], value: BoundValue): string | null {
  const [unlike] = pattern === undefined ? [] : textsOf(value).filter((text) => !pattern.matches.test(text));
  if (pattern === undefined || unlike === undefined) return null;
  return `The argument "${unlike}" does not match the "${pattern.text}" pattern. Supply an argument that matches "${pattern.text}" and try the command again.`;
}

/** A list item by item, anything else as one text. */
const textsOf = (value: BoundValue): readonly string[] =>
  Array.isArray(value) ? value : [typeof value === "string" ? value : (textOf(value as ClixmlValue) ?? "")];

function rangeTrouble(range: ParameterDeclaration["range"], value: BoundValue): string | null {
  if (range === undefined || typeof value !== "number") return null;
  const [least, most] = range;
  if (value < least)
    return `The ${value} argument is less than the minimum allowed range of ${least}. Supply an argument that is greater than or equal to ${least} and then try the command again.`;
  return value > most
    ? `The ${value} argument is greater than the maximum allowed range of ${most}. Supply an argument that is less than or equal to ${most} and then try the command again.`
    : null;
}

function bindPlaced(
  declarations: readonly ParameterDeclaration[],
  bound: Map<string, BoundValue>,
  placed: readonly ClixmlValue[],
  cipher: SessionCipher | null,
): void {
  const places = declarations
    .filter((one) => one.position !== undefined && !bound.has(one.name))
    .sort((one, other) => (one.position ?? 0) - (other.position ?? 0));
  for (const [index, value] of placed.entries()) {
    const declaration = places[index];
    if (declaration === undefined)
      throw bindingError(
        "PositionalParameterNotFound",
        `A positional parameter cannot be found that accepts argument '${textOf(value) ?? ""}'.`,
      );
    bind(bound, declaration, value, cipher);
  }
}
