import { parseArgs } from "node:util";
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
  help: { type: "boolean", short: "h" },
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

/** Which options a verb takes beside the shared ones; anything else on its line is a usage error. */
const shared = [
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
  "help",
] as const;

export type VerbOption = Exclude<keyof typeof known, (typeof shared)[number]>;

/** Reads a verb's line. Throws UsageError with the offending word. */
export function readOptions(args: readonly string[], own: readonly VerbOption[]): Options {
  const names = [...shared, ...own];
  const options = Object.fromEntries(names.map((name) => [name, known[name]]));
  try {
    return parseArgs({ args: withNegatives(args), options, strict: true, allowPositionals: false })
      .values as Options;
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

/** Reads a dotted operation's line: shared options by name, every other `--name value` as a field of its input. */
export function readFields(args: readonly string[]): {
  readonly options: Options;
  readonly fields: ReadonlyMap<string, string>;
} {
  const options = Object.fromEntries(shared.map((name) => [name, known[name]]));
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const sharedArgs: string[] = [];
  const fields = new Map<string, string>();
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    if (token.kind !== "option")
      throw new UsageError(`What is "${args[token.index] ?? ""}"? Fields are given as --name value.`);
    const isShared = (shared as readonly string[]).includes(token.name);
    // An account is a shared option and a field of targets.signIn: it serves as both.
    if (isShared)
      sharedArgs.push(token.value === undefined ? token.rawName : `${token.rawName}=${token.value}`);
    if (isShared && token.name !== "account") continue;
    const next = tokens[index + 1];
    const value = token.value ?? (next?.kind === "positional" ? next.value : undefined);
    if (value === undefined) throw new UsageError(`--${token.name} needs a value.`);
    if (token.value === undefined) index += 1;
    fields.set(token.name, value);
  }
  return { options: readOptions(sharedArgs, []), fields };
}
