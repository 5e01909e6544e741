import { contractVersion, ConsoleError } from "#contract";
import type { Client, Contract, Operation } from "#contract";
import { cancelled } from "./cancelled.ts";
import type { Channel } from "./channel.ts";
import { createConversation } from "./conversation.ts";
import type { Conversation } from "./conversation.ts";
import { createSnapshotReader } from "./snapshotReader.ts";

type CallOptions = { readonly signal?: AbortSignal | undefined };

/**
 * The client of a contract over a channel. Calls reject with ConsoleErrors only; an aborted signal rejects with
 * "cancelled", whose cause is the signal's reason, in a request and in the loop of a stream alike. A stream is
 * asked for when it is first read.
 */
export function connect<C extends Contract>(
  contract: C,
  channel: Channel,
  options: { readonly version?: string } = {},
): Client<C> {
  const conversation = createConversation(channel, options.version ?? contractVersion);
  const areas = Object.entries(contract).map(([area, operations]) => {
    const calls = Object.entries(operations).map(([verb, operation]) => [
      verb,
      clientCall(conversation, `${area}.${verb}`, operation),
    ]);
    return [area, Object.fromEntries(calls)] as const;
  });
  return Object.fromEntries(areas) as Client<C>;
}

function clientCall(conversation: Conversation, name: string, operation: Operation) {
  const parse = (value: unknown): unknown => {
    const parsed = operation.output.safeParse(value);
    if (parsed.success) return parsed.data;
    const sentence = `The console's answer to ${name} is not what was agreed. This is a mistake of the console's.`;
    throw new ConsoleError("internal", sentence, { cause: parsed.error });
  };
  if (operation.kind === "request")
    return (input: unknown, { signal }: CallOptions = {}) => ask(conversation, name, input, parse, signal);
  return (input: unknown, { signal }: CallOptions = {}) =>
    createSnapshotReader((waiting) => conversation.call(name, input, waiting), parse, signal);
}

function ask(
  conversation: Conversation,
  name: string,
  input: unknown,
  parse: (value: unknown) => unknown,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(cancelled(signal));
    const onAbort = (): void => {
      leave();
      reject(cancelled(signal));
    };
    const finish = (act: () => void): void => {
      signal?.removeEventListener("abort", onAbort);
      try {
        act();
      } catch (error) {
        reject(error);
      }
    };
    const leave = conversation.call(name, input, {
      item: () => undefined,
      done: (value) => finish(() => resolve(parse(value))),
      fail: (error) => finish(() => reject(error)),
    });
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
