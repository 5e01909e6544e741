import { consoleContract, type ConsoleClient, type ConsoleHandlers } from "#contract";
import { connect, memoryPair, serve } from "#rpc";

type Fakes = { readonly [A in keyof ConsoleHandlers]?: Partial<ConsoleHandlers[A]> };

/** A real client over a memory pair; only the named handlers stand behind it. */
export function consoleOf(fakes: Fakes): { readonly client: ConsoleClient; readonly lose: () => void } {
  const [page, host] = memoryPair();
  serve(consoleContract, fakes as ConsoleHandlers, host, { log: { write: () => undefined } });
  return { client: connect(consoleContract, page), lose: () => host.close() };
}
