import { parseArgs, type ParseArgsConfig } from "node:util";
import { UsageError } from "./exitCodes.ts";

/** The options that every command takes, and those of single verbs. */
const known = {
  target: { type: "string" },
  endpoint: { type: "string", multiple: true },
  account: { type: "string" },
  "password-file": { type: "string" },
  configuration: { type: "string" },
  "certificate-sha256": { type: "string", multiple: true },
  "sign-in": { type: "string" },
  "client-certificate": { type: "string" },
  "client-key": { type: "string" },
  data: { type: "string" },
  json: { type: "boolean" },
  level: { type: "string" },
  minutes: { type: "string" },
  reason: { type: "string" },
  case: { type: "string" },
  operator: { type: "string" },
  "agree-terms-sha256": { type: "string" },
  session: { type: "string" },
  from: { type: "string" },
  out: { type: "string" },
  "trust-sha256": { type: "string" },
  end: { type: "string", multiple: true },
  "end-left": { type: "boolean" },
  "others-too": { type: "boolean" },
} as const;

export type Options = {
  readonly [K in keyof typeof known]?: (typeof known)[K] extends { multiple: true }
    ? readonly string[]
    : (typeof known)[K]["type"] extends "boolean"
      ? boolean
      : string;
};

/** The options that every command takes but `--help`; beside them a verb has its own, and anything else is a usage error. */
export const sharedOptions = [
  "target",
  "endpoint",
  "account",
  "password-file",
  "configuration",
  "certificate-sha256",
  "sign-in",
  "client-certificate",
  "client-key",
  "data",
  "json",
] as const;

export type VerbOption = Exclude<keyof typeof known, (typeof sharedOptions)[number]>;

/** Reads a verb's line. Throws UsageError with the offending word. */
export function readOptions(args: readonly string[], own: readonly VerbOption[]): Options {
  const names = [...sharedOptions, ...own];
  return parsed(args, Object.fromEntries(names.map((name) => [name, known[name]]))) as Options;
}

function parsed(
  args: readonly string[],
  options: NonNullable<ParseArgsConfig["options"]>,
): Readonly<Record<string, unknown>> {
  try {
    return parseArgs({ args: withNegatives(args), options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause));
  }
}

/** `--minutes -1` as `--minutes=-1`: a number below nothing is a wrong value, and no option. */
function withNegatives(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of args) {
    const last = joined.at(-1) ?? "";
    const isValue = /^-[\d.]/.test(word) && /^--[^=]+$/.test(last);
    if (isValue) joined[joined.length - 1] = `${last}=${word}`;
    else joined.push(word);
  }
  return joined;
}

/** A dotted operation's line: its shared options, and the fields of its input as they were typed. */
export type FieldLine = { readonly options: Options; readonly fields: ReadonlyMap<string, string> };

/**
 * Reads a dotted operation's line. What the operation has as a field is the field, also where a shared option has the
 * same name; every other shared option keeps its meaning. A password is no field: it is read from a file.
 */
export function readFields(args: readonly string[], names: ReadonlySet<string>): FieldLine {
  const fields = [...names];
  const options = Object.fromEntries([
    ...sharedOptions.map((name) => [name, known[name]]),
    ...[...fields, "password"].map((name) => [name, { type: "string", multiple: true }]),
  ]);
  const values = parsed(args, options);
  if (values["password"] !== undefined)
    throw new UsageError(
      "A password on the line shows in this machine's list of processes. Give --password-file FILE, or - for standard input.",
    );
  return {
    options: Object.fromEntries(Object.entries(values).filter(([name]) => !fields.includes(name))) as Options,
    fields: new Map(fields.flatMap((name) => given(name, values[name]))),
  };
}

function given(name: string, values: unknown): readonly (readonly [string, string])[] {
  if (!Array.isArray(values)) return [];
  if (values.length > 1) throw new UsageError(`--${name} is given more than once.`);
  return [[name, String(values[0])]];
}
