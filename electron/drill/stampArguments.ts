import { parseArgs } from "node:util";
import type { StampOptions } from "./runningStamp.ts";
import { describeSwitches, readSwitch } from "./stampSwitches.ts";
import type { StampSwitches } from "./stampSwitches.ts";

export type AccountArgument = { readonly account: string; readonly passwordFile: string };

export type StampArguments = {
  readonly ports: StampOptions["ports"];
  /** Who may sign in; the first is the one that a script is told of as the stamp's account. */
  readonly accounts: readonly [AccountArgument, ...AccountArgument[]];
  readonly stateFolder: string | null;
  readonly seed: number;
  readonly speed: number;
  readonly tls?: NonNullable<StampOptions["tls"]>;
  readonly switches: Partial<StampSwitches>;
  readonly json: boolean;
  readonly untilStdinEnds: boolean;
};

/** The line cannot be understood; the message says which part, and `stampUsage` what would be. */
export class StampUsageError extends Error {
  override readonly name = "StampUsageError";
}

/** Reads the command line of the stamp. Throws StampUsageError. */
export function readStampArguments(argv: readonly string[], usualSpeed: number): StampArguments {
  const values = parsed(argv);
  const port = wholeNumber("port", values.port ?? "15985", 0, 65_533);
  return {
    ports: port === 0 ? [0, 0, 0] : [port, port + 1, port + 2],
    accounts: accountsOf(values.account ?? [usualAccount], values["password-file"] ?? []),
    stateFolder: values.state === undefined ? null : given("state", values.state),
    seed: wholeNumber("seed", values.seed ?? "1", 0, 2_147_483_647),
    speed: wholeNumber("speed", values.speed ?? String(usualSpeed), 1, 100_000),
    ...tlsOf(values.tls === true, values["demand-channel-binding"] === true),
    switches: switchesOf(values.switch ?? []),
    json: values.json === true,
    untilStdinEnds: values["until-stdin-ends"] === true,
  };
}

/** What the command line takes, line by line. */
export function stampUsage(): readonly string[] {
  return [
    "usage: stamp [--account DOMAIN\\user] --password-file FILE [--port N] [--state DIR] [--seed N] [--speed N]",
    "             [--account B --password-file FILE]... [--switch NAME=VALUE]... [--tls [--demand-channel-binding]] [--json] [--until-stdin-ends]",
    "  --port N             ports N, N+1 and N+2 of 127.0.0.1; 0 takes free ones (15985)",
    "  --account A          who may sign in (AZS\\cloudadmin)",
    "  --password-file F    the first line of that file is the password; several accounts: one file for each, in their order",
    "  --state DIR          keeps the state there; without it nothing is kept",
    "  --seed N             decides all chance of a new state (1)",
    "  --speed N            1 works in believable minutes (30)",
    "  --tls                HTTPS, with a PRACTICE certificate made at this start; its SHA-256 is told when ready",
    "  --demand-channel-binding   refuses a sign-in that is not bound to the certificate",
    "  --json               one JSON line when ready, nothing else",
    "  --until-stdin-ends   also stops when standard input ends",
    "switches, the first value of each is the usual one:",
    ...describeSwitches().map((line) => `  ${line}`),
  ];
}

const options = {
  port: { type: "string" },
  account: { type: "string", multiple: true },
  "password-file": { type: "string", multiple: true },
  state: { type: "string" },
  seed: { type: "string" },
  speed: { type: "string" },
  switch: { type: "string", multiple: true },
  tls: { type: "boolean" },
  "demand-channel-binding": { type: "boolean" },
  json: { type: "boolean" },
  "until-stdin-ends": { type: "boolean" },
} as const;

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    throw new StampUsageError(cause instanceof Error ? cause.message : "The arguments cannot be read.", {
      cause,
    });
  }
}

function tlsOf(isOn: boolean, demandChannelBinding: boolean): Pick<StampArguments, "tls"> {
  if (isOn) return { tls: { demandChannelBinding } };
  if (demandChannelBinding) throw new StampUsageError("--demand-channel-binding needs --tls.");
  return {};
}

function given(name: string, value: string | undefined): string {
  if (value === undefined || value === "") throw new StampUsageError(`--${name} is missing.`);
  return value;
}

const usualAccount = "AZS\\cloudadmin";

/** One password file for each account, in the same order. */
function accountsOf(accounts: readonly string[], files: readonly string[]): StampArguments["accounts"] {
  const pairs = accounts.map((account, index) => ({
    account: accountOf(account),
    passwordFile: given("password-file", files[index]),
  }));
  const names = new Set(accounts.map((account) => account.toUpperCase()));
  const [first, ...others] = pairs;
  if (first !== undefined && files.length === pairs.length && names.size === pairs.length)
    return [first, ...others];
  throw new StampUsageError("Give each --account once, and one --password-file for each in the same order.");
}

function accountOf(value: string): string {
  if (/^[^\\]+\\[^\\]+$/.test(value)) return value;
  throw new StampUsageError("--account must be DOMAIN\\user.");
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const number = /^[0-9]{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new StampUsageError(`--${name} must be a whole number from ${least} to ${most}.`);
}

function switchesOf(texts: readonly string[]): Partial<StampSwitches> {
  return texts.reduce<Partial<StampSwitches>>((all, text) => {
    const one = readSwitch(text);
    if (one === null) throw new StampUsageError(`--switch ${text}: there is no such switch or value.`);
    return { ...all, ...one };
  }, {});
}
