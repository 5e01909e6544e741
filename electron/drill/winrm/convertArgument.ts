import {
  bigIntegerOf,
  booleanOf,
  instantOf,
  isObject,
  itemsOf,
  property,
  textOf,
} from "../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { revealSecureString } from "../../protocol/psrp/sessionKey.ts";
import type { SessionCipher } from "../../protocol/psrp/sessionKey.ts";
import { PsrpError } from "../../protocol/psrp/psrpError.ts";
import type { BoundValue, ParameterDeclaration } from "../stampCommand.ts";
import { dateOfText } from "./dateOfText.ts";
import { netTypes } from "./netTypes.ts";
import { transformationError } from "./pipelineErrors.ts";

/**
 * The value as PowerShell converts it to the parameter's type. Throws CommandError
 * ParameterArgumentTransformationError where there is no way.
 */
export function convertArgument(
  declaration: ParameterDeclaration,
  value: ClixmlValue,
  cipher: SessionCipher | null,
): BoundValue {
  const converted = convert(declaration, value, cipher);
  if (converted !== undefined) return converted;
  throw transformationError(
    `Cannot process argument transformation on parameter '${declaration.name}'. ${whyNot(declaration, value)}`,
  );
}

/** The reason in the words of 5.1; a list or an object is named by its type. */
function whyNot(declaration: ParameterDeclaration, value: ClixmlValue): string {
  const type = netTypes[declaration.type];
  if (value === null) return `Cannot convert null to type "${type}".`;
  const text = textOf(value) ?? (isObject(value) ? (value.typeNames[0] ?? "") : "");
  const because = typeof value === "string" ? parsingTroubles[declaration.type] : undefined;
  const error = because === undefined ? "" : ` Error: "${because}"`;
  return `Cannot convert value "${text}" to type "${type}".${error}`;
}

const parsingTroubles: Partial<Record<ParameterDeclaration["type"], string>> = {
  Int32: "Input string was not in a correct format.",
  DateTime: "The string was not recognized as a valid DateTime.",
};

/** Undefined: cannot be converted. */
function convert(
  declaration: ParameterDeclaration,
  value: ClixmlValue,
  cipher: SessionCipher | null,
): BoundValue | undefined {
  switch (declaration.type) {
    case "String":
      return value === null ? "" : isList(value) ? undefined : (textOf(value) ?? undefined);
    case "Int32":
      return toInt32(value);
    case "Switch":
      // Nil means present, as a bare switch of a Windows client does (protocol 6.7).
      return value === null ? true : (booleanOf(value) ?? undefined);
    case "DateTime":
      return toDate(value);
    case "Object":
      return value;
    case "StringArray":
      return itemsOf(value).map((item) => textOf(item) ?? "");
    case "PSCredential":
      return toCredential(value, cipher);
    default:
      return declaration.type satisfies never;
  }
}

function toInt32(value: ClixmlValue): number | undefined {
  if (value === null || value === "") return 0;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (isList(value)) return undefined;
  const whole = typeof value === "string" ? null : bigIntegerOf(value);
  const number = whole === null ? numberOf(textOf(value) ?? "") : Number(whole);
  if (number === null) return undefined;
  const rounded = bankersRound(number);
  return rounded >= -(2 ** 31) && rounded < 2 ** 31 ? rounded : undefined;
}

/** ASCII digits only: .NET's invariant numbers have no others, whatever Number() or a Unicode digit class may think. */
function numberOf(text: string): number | null {
  const trimmed = text.trim();
  if (/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(trimmed)) return Number(trimmed);
  return /^0[xX][0-9a-fA-F]{1,8}$/.test(trimmed) ? Number.parseInt(trimmed, 16) | 0 : null;
}

/** .NET rounds halves to the even neighbour: 60.5 is 60, 61.5 is 62. */
function bankersRound(number: number): number {
  const floor = Math.floor(number);
  const rest = number - floor;
  if (rest !== 0.5) return Math.round(number);
  return floor % 2 === 0 ? floor : floor + 1;
}

function toDate(value: ClixmlValue): Date | undefined {
  if (typeof value === "string") return dateOfText(value) ?? undefined;
  const instant = value === null ? null : instantOf(value);
  return instant instanceof Date ? instant : undefined;
}

/** The password is tried with the session key, and forgotten at once: nobody here needs it. */
function toCredential(value: ClixmlValue, cipher: SessionCipher | null): ClixmlValue | undefined {
  if (value === null) return null;
  if (textOf(property(value, "UserName")) === null) return undefined;
  const password = property(value, "Password") ?? null;
  if (password === null) return value;
  if (cipher === null) return undefined;
  try {
    revealSecureString(password, cipher);
    return value;
  } catch (error) {
    if (error instanceof PsrpError) return undefined;
    throw error;
  }
}

const isList = (value: ClixmlValue): boolean =>
  isObject(value) && typeof value.base === "object" && value.base !== null && "items" in value.base;
