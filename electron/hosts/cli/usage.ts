import { operations } from "./operations.ts";
import { check } from "./verbs/check.ts";
import { grant } from "./verbs/grant.ts";
import { grants, sessions } from "./verbs/readings.ts";
import { revoke } from "./verbs/revoke.ts";
import { transcript } from "./verbs/transcript.ts";
import type { Verb } from "./verbs/verb.ts";

/** The friendly commands. */
export const verbs: ReadonlyMap<string, Verb> = new Map(
  Object.entries({ check, grant, grants, sessions, transcript, revoke }),
);

/** What `rsc help` prints. */
export function usage(): readonly string[] {
  return [
    "rsc <command> [options]",
    "",
    ...[...verbs].map(([name, { summary }]) => `  ${name.padEnd(11)} ${summary}`),
    "  stamp       run the practice stamp: --port N --account A --password-file F --state DIR --seed N [--json]",
    "  serve       serve the console to a browser on this machine: [--port N] [--no-open]",
    "",
    "Which target:  --target NAME | --target practice | --endpoint http://HOST:PORT (up to three)",
    "Who signs in:  --account DOMAIN\\user --password-file FILE (or typed at the terminal)",
    "               --configuration NAME (PrivilegedEndpoint unless said) --data DIR --json",
    "",
    "Every operation is also a command by its dotted name, with its input as --field value and one JSON value a line:",
    `  ${[...operations.keys()].join(", ")}`,
    "",
    "Exit status: 0 done and confirmed, 1 refused or failed, 2 usage, 3 sent but not confirmed, 4 unreachable, 5 sign-in refused.",
  ];
}
