import { operations } from "./operations.ts";
import { certificate } from "./verbs/certificate.ts";
import { check } from "./verbs/check.ts";
import { grant } from "./verbs/grant.ts";
import { grants, sessions } from "./verbs/readings.ts";
import { revoke } from "./verbs/revoke.ts";
import { shells } from "./verbs/shells.ts";
import { transcript } from "./verbs/transcript.ts";
import type { Verb } from "./verbs/verb.ts";

/** The friendly commands. */
export const verbs: ReadonlyMap<string, Verb> = new Map(
  Object.entries({ check, certificate, grant, grants, sessions, transcript, revoke, shells }),
);

const whichTarget = [
  "Which target:  --target NAME | --target practice | --endpoint http://HOST:PORT (up to three)",
  "Who signs in:  --account DOMAIN\\user --password-file FILE (- for standard input; or typed at the terminal)",
  "               --configuration NAME (PrivilegedEndpoint unless said) --data DIR --json",
  "Over HTTPS:    --endpoint https://HOST:PORT --certificate-sha256 HASH (the one certificate to take; check shows it)",
  "Lab only:      --sign-in basic | --sign-in certificate --client-certificate FILE --client-key FILE (HTTPS, never HTTP)",
];

const exitStatus =
  "Exit status: 0 done and confirmed, 1 refused or failed, 2 usage, 3 sent but not confirmed, 4 unreachable, 5 sign-in refused.";

/** What `rsc <verb> --help` prints. */
export function verbUsage(name: string, { summary, options }: Verb): readonly string[] {
  const own = options.length === 0 ? "none" : options.map((option) => `--${option}`).join(" ");
  return [`rsc ${name}: ${summary}`, "", `Its options:   ${own}`, ...whichTarget, "", exitStatus];
}

/** What `rsc help` prints. */
export function usage(): readonly string[] {
  return [
    "rsc <command> [options]",
    "",
    ...[...verbs].map(([name, { summary }]) => `  ${name.padEnd(11)} ${summary}`),
    "  stamp       run the practice stamp: --port N --account A --password-file F --state DIR --seed N [--json]",
    "  serve       serve the console to a browser on this machine: [--port N] [--no-open] [--json]",
    "  help        all of this; `rsc help COMMAND` or `rsc COMMAND --help` tells what one command takes",
    "",
    ...whichTarget,
    "",
    "Every operation is also a command by its dotted name, with its input as --field value and one JSON value a line:",
    `  ${[...operations.keys()].join(", ")}`,
    "",
    exitStatus,
  ];
}
