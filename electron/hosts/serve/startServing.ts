import type { Server } from "node:http";
import { openSettings } from "../../adapters/node/openSettings.ts";
import type { RunningConsole } from "../compose.ts";
import { pageFiles } from "../pageFiles.ts";
import { startConsole } from "../startConsole.ts";
import { listenLocally, servePage } from "./httpServer.ts";
import { acceptSockets } from "./socketChannel.ts";

export type Serving = {
  /** Where a browser of this machine finds the console; the token stands in the fragment, which is never sent. */
  readonly address: string;
  close(): Promise<void>;
};

/** The console for browsers of this machine. `pageFolder` holds the built page, `folder` the console's data. */
export async function startServing(options: {
  readonly port: number;
  readonly token: string;
  readonly pageFolder: string;
  readonly folder: string;
}): Promise<Serving> {
  const { token, folder } = options;
  const { server, port } = await listenLocally(options.port);
  const console = consoleOrNobodyListens(server, folder);
  servePage(
    server,
    port,
    pageFiles(options.pageFolder, [`ws://127.0.0.1:${port}`, `ws://localhost:${port}`]),
  );
  const endSockets = acceptSockets(server, { port, token, onChannel: console.attach });
  return {
    address: `http://127.0.0.1:${port}/#token=${token}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await console.close();
      endSockets();
    },
  };
}

/** What cannot start leaves nothing that listens: the process can end. */
function consoleOrNobodyListens(server: Server, folder: string): RunningConsole {
  try {
    return startConsole("serve", folder, openSettings);
  } catch (cause) {
    server.close();
    throw cause;
  }
}
