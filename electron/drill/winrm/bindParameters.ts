import { textOf } from "../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { PipelineArgument } from "../../protocol/psrp/pipelineDescription.ts";
import type { SessionCipher } from "../../protocol/psrp/sessionKey.ts";
import type { BoundValue, ParameterDeclaration } from "../stampCommand.ts";
import { convertArgument } from "./convertArgument.ts";
import { bindingError } from "./pipelineErrors.ts";

/** What every advanced function and cmdlet takes besides its own (about_CommonParameters). */
const commonParameters: readonly ParameterDeclaration[] = [
  { name: "Verbose", type: "Switch", aliases: ["vb"] },
  { name: "Debug", type: "Switch", aliases: ["db"] },
  { name: "ErrorAction", type: "Object", aliases: ["ea"] },
  { name: "WarningAction", type: "Object", aliases: ["wa"] },
  { name: "InformationAction", type: "Object", aliases: ["infa"] },
  { name: "ErrorVariable", type: "String", aliases: ["ev"] },
  { name: "WarningVariable", type: "String", aliases: ["wv"] },
  { name: "InformationVariable", type: "String", aliases: ["iv"] },
  { name: "OutVariable", type: "String", aliases: ["ov"] },
  { name: "OutBuffer", type: "Int32", aliases: ["ob"] },
  { name: "PipelineVariable", type: "String", aliases: ["pv"] },
];

/**
 * Arguments to declared names, in all the forms clients send (protocol 6.7): plain names, tokens with dash, blank or
 * colon, a dashed name and its value as two items, prefixes, places. Throws CommandError with PowerShell's ids.
 */
export function bindParameters(
  declarations: readonly ParameterDeclaration[],
  given: readonly PipelineArgument[],
  options: { readonly hasInput: boolean; readonly cipher: SessionCipher | null },
): ReadonlyMap<string, BoundValue> {
  const all = [...declarations, ...commonParameters];
  const bound = new Map<string, BoundValue>();
  const placed: ClixmlValue[] = [];
  for (let index = 0; index < given.length; index++) {
    const argument = given[index];
    if (argument === undefined) continue;
    if (argument.name === null) {
      placed.push(argument.value);
      continue;
    }
    const declaration = findDeclaration(all, plainName(argument.name));
    let { value } = argument;
    if (wantsNext(argument, declaration)) value = valueAfter(given[++index], declaration);
    bind(bound, declaration, value, options.cipher);
  }
  bindPlaced(declarations, bound, placed, options.cipher);
  demandMandatory(declarations, bound, options.hasInput);
  return bound;
}

const plainName = (token: string): string => token.replace(/^-/, "").replace(/[\s:]+$/, "");

/** A dashed name without value takes the nameless item behind it, unless it is a switch or a colon bound its value. */
function wantsNext(argument: PipelineArgument, declaration: ParameterDeclaration): boolean {
  const token = argument.name ?? "";
  const isSplit = token.startsWith("-") && !token.trimEnd().endsWith(":");
  return isSplit && argument.value === null && declaration.type !== "Switch";
}

function valueAfter(next: PipelineArgument | undefined, declaration: ParameterDeclaration): ClixmlValue {
  if (next !== undefined && next.name === null) return next.value;
  throw bindingError("MissingArgument", 5, `Missing an argument for parameter '${declaration.name}'.`);
}

/** Exact names and aliases go before prefixes. */
function findDeclaration(all: readonly ParameterDeclaration[], name: string): ParameterDeclaration {
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
      5,
      `A parameter cannot be found that matches parameter name '${name}'.`,
    );
  if (candidates.length > 1)
    throw bindingError("AmbiguousParameter", 5, `The parameter name '${name}' is ambiguous.`);
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
      5,
      `Parameter '${declaration.name}' is given more than once.`,
    );
  const converted = convertArgument(declaration, value, cipher);
  validate(declaration, converted);
  bound.set(declaration.name, converted);
}

function validate(declaration: ParameterDeclaration, value: BoundValue): void {
  const { name, oneOf, range } = declaration;
  const refuse = (why: string) =>
    bindingError(
      "ParameterArgumentValidationError",
      6,
      `Cannot validate argument on parameter '${name}'. ${why}`,
    );
  if (oneOf !== undefined) {
    const text =
      typeof value === "string" ? value.toLowerCase() : (textOf(value as ClixmlValue) ?? "").toLowerCase();
    if (!oneOf.some((one) => one.toLowerCase() === text))
      throw refuse(`The argument does not belong to the set "${oneOf.join(",")}".`);
  }
  if (range !== undefined && (typeof value !== "number" || value < range[0] || value > range[1]))
    throw refuse(`The argument is not within the range ${range[0]} to ${range[1]}.`);
  const isMandatoryText = declaration.mandatory === true && declaration.type === "String";
  if (isMandatoryText && value === "")
    throw bindingError(
      "ParameterArgumentValidationErrorEmptyStringNotAllowed",
      6,
      `Cannot bind argument to parameter '${name}' because it is an empty string.`,
    );
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
        5,
        `A positional parameter cannot be found that accepts argument '${textOf(value) ?? ""}'.`,
      );
    bind(bound, declaration, value, cipher);
  }
}

function demandMandatory(
  declarations: readonly ParameterDeclaration[],
  bound: ReadonlyMap<string, BoundValue>,
  hasInput: boolean,
): void {
  const missing = declarations.filter(
    (one) => one.mandatory === true && !bound.has(one.name) && !(one.fromPipeline === true && hasInput),
  );
  if (missing.length === 0) return;
  const names = missing.map((one) => one.name).join(" ");
  throw bindingError(
    "MissingMandatoryParameter",
    5,
    `Cannot process command because of one or more missing mandatory parameters: ${names}.`,
  );
}
