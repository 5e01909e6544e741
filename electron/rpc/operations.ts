import { ConsoleError } from "#contract";
import type { Contract, Handlers, Operation } from "#contract";
import { invalidInput } from "./invalidInput.ts";

type AnyHandler = (input: unknown, signal: AbortSignal) => Promise<unknown> | AsyncIterable<unknown>;
export type Served = { readonly name: string; readonly operation: Operation; readonly handler: AnyHandler };

/** The operations of a contract with their handlers, by dotted name. */
export function servedOperations<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
): ReadonlyMap<string, Served> {
  const behind = handlers as Readonly<Record<string, Readonly<Record<string, AnyHandler>>>>;
  return new Map(
    Object.entries(contract).flatMap(([area, operations]) =>
      Object.entries(operations).map(([verb, operation]) => {
        const name = `${area}.${verb}`;
        const handler: AnyHandler = (input, signal) => behind[area]?.[verb]?.(input, signal) ?? missing(name);
        return [name, { name, operation, handler }] as const;
      }),
    ),
  );
}

function missing(name: string): never {
  throw new Error(`nothing stands behind ${name}`);
}

/**
 * Parses the input and runs the handler. A request resolves with its answer; a stream tells its snapshots and
 * resolves with null, early when the caller has left.
 */
export async function runOperation(
  served: Served,
  rawInput: unknown,
  signal: AbortSignal,
  onItem: (value: unknown) => Promise<void> | undefined,
): Promise<unknown> {
  const input = served.operation.input.safeParse(rawInput);
  if (!input.success) throw invalidInput(served.name, input.error);
  const result = served.handler(input.data, signal);
  if (served.operation.kind === "request") return await (result as Promise<unknown>);
  for await (const value of result as AsyncIterable<unknown>) {
    if (signal.aborted) break;
    const room = onItem(value);
    if (room !== undefined) await room;
  }
  return null;
}

/** The refusal of a name that the contract does not have. */
export function unknownOperation(name: string): ConsoleError {
  return new ConsoleError("invalidInput", `There is no operation of the name "${name}".`);
}
