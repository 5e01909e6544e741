import { consoleContract } from "#contract";
import type { ConsoleClient } from "#contract";

type Call = (input: unknown, options?: unknown) => unknown;
type Area = Readonly<Record<string, Call>>;

/** One client for the life of the page: each call goes to the client of the channel that is open now. */
export function reconnectingClient(current: () => ConsoleClient): ConsoleClient {
  const now = (): Readonly<Record<string, Area>> => current() as unknown as Readonly<Record<string, Area>>;
  const areas = Object.entries(consoleContract).map(([area, operations]) => [
    area,
    Object.fromEntries(
      Object.keys(operations).map((verb): [string, Call] => [
        verb,
        (input, options) => now()[area]?.[verb]?.(input, options),
      ]),
    ),
  ]);
  // Built by walking the contract, so it has exactly the client's keys; the types of a walk cannot say so.
  return Object.fromEntries(areas) as unknown as ConsoleClient;
}
