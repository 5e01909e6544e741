import { isObject, itemsOf, textOf } from "../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";
import { HIDDEN, isSecretName } from "../records/hideSecrets.ts";

/** The line that a person would type for the command, so that PowerShell reads the same; without its secrets. */
export function commandLine({ name, parameters }: ClientCommand): string {
  return [name, ...parameters.map((parameter) => argument(parameter.name, parameter.value))].join(" ");
}

function argument(name: string, value: ClixmlValue): string {
  if (value === true) return `-${name}`;
  if (value === false) return `-${name}:$false`;
  return `-${name} ${isSecretName(name) ? HIDDEN : literal(value)}`;
}

function literal(value: ClixmlValue): string {
  if (value === null) return "$null";
  if (typeof value === "boolean") return value ? "$true" : "$false";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (isObject(value) && itemsOf(value)[0] !== value) return itemsOf(value).map(literal).join(",");
  if (typeof value === "object" && value.kind === "scalar" && value.tag === "SS") return HIDDEN;
  const text = textOf(value);
  return text === null ? HIDDEN : quoted(text);
}

/** A plain word needs no quotes. PowerShell takes typographic quotes for quotes too. */
const quoted = (text: string): string =>
  /^[A-Za-z][A-Za-z0-9]*$/.test(text) ? text : `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`;
