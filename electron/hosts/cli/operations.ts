import {
  type ConsoleClient,
  consoleContract,
  type GrantProgress,
  type GrantRequest,
  type Operation,
} from "#contract";
import { exitCode, UsageError } from "./exitCodes.ts";
import type { CliIo } from "./io.ts";
import { jsonLine } from "./print.ts";

/** Every operation of the contract by its dotted name, in the contract's order. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries(consoleContract).flatMap(([area, verbs]) =>
    Object.entries(verbs).map(([verb, operation]): [string, Operation] => [`${area}.${verb}`, operation]),
  ),
);

/** What gets into the ledger, and how a sentence calls it. */
const acts: ReadonlyMap<string, string> = new Map([
  ["grants.open", "the grant"],
  ["grants.revoke", "the revoke"],
]);

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
  const act = acts.get(name);
  if (act !== undefined) io.awaits?.(act);
  const answer = call(input, { signal: io.signal });
  if (answer instanceof Promise) io.out(jsonLine(await answer));
  else
    for await (const item of answer) {
      io.out(jsonLine(item));
      if (name === "grants.open")
        await stopUnanswerable(console, input as GrantRequest, item as GrantProgress);
    }
  return exitCode.done;
}

/**
 * A question that was not agreed to beforehand is stopped: no other process can answer it, and this line does nothing
 * but print. The stream goes on to its outcome.
 */
async function stopUnanswerable(
  console: ConsoleClient,
  { targetId, agreedTermsSha256 }: GrantRequest,
  { question }: GrantProgress,
): Promise<void> {
  if (question === null || agreedTermsSha256 !== null) return;
  // It may be over by itself by now.
  await console.grants.stop({ targetId }).catch(() => undefined);
}
