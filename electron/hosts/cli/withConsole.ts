import type { ConsoleClient } from "#contract";
import type { CliHost } from "./cliHost.ts";
import type { Options } from "./options.ts";
import { adHocTarget } from "./target.ts";

/** Opens the console that a line asks for, and closes it whatever comes of the act. */
export async function withConsole(
  options: Options,
  { signsIn }: { readonly signsIn: boolean },
  host: CliHost,
  act: (console: ConsoleClient) => Promise<number>,
): Promise<number> {
  const extraTarget = adHocTarget(options, signsIn);
  const opened = await host.openConsole({ dataFolder: options.data ?? null, extraTarget });
  try {
    return await act(opened.client);
  } finally {
    await opened.close();
  }
}
