import { consoleContract } from "#contract";
import { connect, memoryPair } from "#rpc";
import { openSettings } from "../../adapters/node/openSettings.ts";
import { stampUsage } from "../../drill/stampArguments.ts";
import { runStamp } from "../../drill/stampMain.ts";
import { createConsole } from "../compose.ts";
import { dataFolder } from "../dataFolder.ts";
import { openPorts } from "../ports.ts";
import { runServe } from "../serve/runServe.ts";
import { readServeOptions, serveUsage } from "../serve/serveOptions.ts";
import type { ServeOptions } from "../serve/serveOptions.ts";
import { openLog } from "../startConsole.ts";
import type { CliIo } from "./io.ts";
import { exitCode, UsageError } from "./exitCodes.ts";
import type { CliHost, OpenedConsole, Program } from "./cliHost.ts";
import { withTarget } from "./target.ts";

/** The command line's console: the real world of this process, and the client at the other end of a memory pair. */
export function nodeHost(io: CliIo): CliHost {
  return {
    openConsole: async ({ dataFolder: asked, extraTarget }): Promise<OpenedConsole> => {
      const folder = dataFolder(asked);
      const log = openLog(folder);
      const settings = withTarget(openSettings(folder, log), extraTarget);
      const world = openPorts({ host: "cli", folder, settings, log });
      const console = createConsole(world.ports);
      const [near, far] = memoryPair();
      console.attach(far);
      const client = connect(consoleContract, near);
      return {
        client,
        close: async () => {
          await console.close();
          await world.close();
        },
      };
    },
    programs: new Map<string, Program>([
      [
        "stamp",
        {
          usage: stampUsage(),
          run: (args) => runStamp(args, { out: io.out, say: io.say, signal: io.signal }),
        },
      ],
      [
        "serve",
        {
          usage: serveUsage,
          run: async (args) => {
            await runServe(readServeLine(args), io.out, io.signal);
            return exitCode.done;
          },
        },
      ],
    ]),
  };
}

function readServeLine(args: readonly string[]): ServeOptions {
  try {
    return readServeOptions(args);
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause));
  }
}
