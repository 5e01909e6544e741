import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { WebSocket } from "ws";
import { type ConsoleClient, consoleContract } from "#contract";
import { connect } from "#rpc";
import { socketChannel, socketPath, subprotocol } from "../hosts/serve/socketChannel.ts";

/** A served console as a process of its own, and a page that has come in. */
export type ServedConsole = Disposable & {
  readonly child: ChildProcess;
  readonly client: ConsoleClient;
};

/** `npm start -- --serve` without the builder. Settings and ledger lie in `data` below the folder. */
export async function servedConsole(folder: string): Promise<ServedConsole> {
  const page = join(folder, "page");
  mkdirSync(page, { recursive: true });
  writeFileSync(join(page, "index.html"), "<!doctype html><title>page</title>");
  const child = spawn(process.execPath, ["--input-type=module", "-e", programOf(folder, page)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const [, port, token] = /127\.0\.0\.1:(\d+)\/#token=(\S+)/.exec(line) ?? [];
    if (port === undefined || token === undefined) continue;
    return { child, client: await enter(port, token), [Symbol.dispose]: () => child.kill("SIGKILL") };
  }
  throw new Error("the host ended before it said where it is");
}

function programOf(folder: string, page: string): string {
  const at = (path: string): string =>
    JSON.stringify(pathToFileURL(join(import.meta.dirname, "../hosts", path)).href);
  const options = { port: 0, tokenFile: null, data: join(folder, "data"), open: false, json: false };
  return `
    import { runUntilStopped } from ${at("runUntilStopped.ts")};
    import { runServe } from ${at("serve/runServe.ts")};
    const page = async () => ${JSON.stringify(page)};
    await runUntilStopped((say, signal) => runServe(${JSON.stringify(options)}, say, signal, page));
  `;
}

async function enter(port: string, token: string): Promise<ConsoleClient> {
  const origin = `http://127.0.0.1:${port}`;
  const socket = new WebSocket(`ws://127.0.0.1:${port}${socketPath}`, [subprotocol, token], { origin });
  await once(socket, "open");
  return connect(consoleContract, socketChannel(socket));
}
