import type { Operation } from "#contract";
import type { CliHost } from "./cliHost.ts";
import { exitCode, UsageError } from "./exitCodes.ts";
import type { CliIo } from "./io.ts";
import { runOperation } from "./operations.ts";
import { type FieldLine, type Options, readFields } from "./options.ts";
import { readSecret } from "./passwordFile.ts";
import { fieldNames, readInput } from "./readInput.ts";
import { findTarget, signIn } from "./target.ts";
import { withConsole } from "./withConsole.ts";

/** What comes before a sign-in, or is one. */
const withoutSignIn: ReadonlySet<string> = new Set([
  "targets.signIn",
  "targets.certificate",
  "targets.trust",
]);

/** Runs one operation of the contract by its dotted name: its input from the line, one JSON value a line out. */
export async function runDotted(
  name: string,
  operation: Operation,
  args: readonly string[],
  io: CliIo,
  host: CliHost,
): Promise<number> {
  const names = fieldNames(operation);
  const { options, fields } = await readLine(args, names, io);
  // Without a target on the line the input must be whole by itself, and a wrong one opens nothing.
  const isNamed = names.has("targetId") && (options.target ?? options.endpoint) !== undefined;
  if (!isNamed) readInput(operation, fields);
  const signsIn = isNamed && !withoutSignIn.has(name);
  return withConsole(options, { signsIn }, host, async (console) => {
    if (!isNamed) return runOperation(console, name, readInput(operation, fields), io);
    const target = await findTarget(console, options, io.signal);
    if (signsIn) await signIn(console, target, options, io);
    const whole = new Map(fields).set("targetId", target.id);
    return runOperation(console, name, readInput(operation, whole), io);
  });
}

/** What `--help` prints of an operation. */
export function tellShape(name: string, { input }: Operation, io: CliIo): number {
  io.out(`${name} takes ${JSON.stringify(input.toJSONSchema({ io: "input" }))}`);
  return exitCode.done;
}

/** The line, and the password from its file where the operation takes one: it never stands on the line. */
async function readLine(
  args: readonly string[],
  names: ReadonlySet<string>,
  io: CliIo,
): Promise<{ readonly options: Options; readonly fields: FieldLine["fields"] }> {
  const { options: shared, fields } = readFields(args, names);
  // Whom the input names as the account is who signs in, where the line names nobody else.
  const account = shared.account ?? fields.get("account");
  const options = account === undefined ? shared : { ...shared, account };
  if (!names.has("password")) return { options, fields };
  const file = options["password-file"];
  if (file === undefined)
    throw new UsageError("--password-file FILE is needed, or - for standard input: it holds the password.");
  return { options, fields: new Map(fields).set("password", await readSecret(file, io)) };
}
