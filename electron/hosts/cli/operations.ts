import { type ConsoleClient, consoleContract, type Operation } from "#contract";
import { exitCode, UsageError } from "./exitCodes.ts";
import type { CliIo } from "./io.ts";

/** Every operation of the contract by its dotted name, in the contract's order. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries(consoleContract).flatMap(([area, verbs]) =>
    Object.entries(verbs).map(([verb, operation]): [string, Operation] => [`${area}.${verb}`, operation]),
  ),
);

/**
 * The input of an operation from texts: a field is taken as text where its shape takes text, else as JSON
 * (`--minutes 480`, `--from null`). Throws UsageError naming the field.
 */
export function readInput(operation: Operation, fields: ReadonlyMap<string, string>): unknown {
  const input: Record<string, unknown> = Object.fromEntries(fields);
  const first = operation.input.safeParse(input);
  if (first.success) return first.data;
  for (const issue of first.error?.issues ?? []) {
    const name = String(issue.path[0] ?? "");
    const text = fields.get(name);
    if (text !== undefined) input[name] = fromJson(text);
  }
  const second = operation.input.safeParse(input);
  if (second.success) return second.data;
  const issue = second.error?.issues[0];
  throw new UsageError(
    `${issue?.path.length ? `--${issue.path.join(".")}: ` : ""}${issue?.message ?? "not valid"}`,
  );
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

type Call = (
  input: unknown,
  options: { readonly signal: AbortSignal },
) => Promise<unknown> | AsyncIterable<unknown>;

/** Runs one operation: one JSON value a line on standard output. */
export async function runOperation(
  console: ConsoleClient,
  name: string,
  input: unknown,
  io: CliIo,
): Promise<number> {
  const [area = "", verb = ""] = name.split(".");
  const call = (console as unknown as Readonly<Record<string, Readonly<Record<string, Call>>>>)[area]?.[verb];
  if (call === undefined) throw new UsageError(`There is no operation ${name}.`);
  const answer = call(input, { signal: io.signal });
  if (answer instanceof Promise) io.out(JSON.stringify(await answer));
  else for await (const item of answer) io.out(JSON.stringify(item));
  return exitCode.done;
}
