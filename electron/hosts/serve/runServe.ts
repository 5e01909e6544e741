import { rmSync } from "node:fs";
import { join } from "node:path";
import { dataFolder, prepareDataFolder } from "../dataFolder.ts";
import { builtPage } from "../start/build.ts";
import { hasDisplay, openBrowser } from "./openBrowser.ts";
import type { ServeOptions } from "./serveOptions.ts";
import { startServing } from "./startServing.ts";
import { newToken, readTokenFile } from "./token.ts";

/**
 * Serves the console until the signal is aborted; says where it is, in words or as JSON. Rejects with a sentence for the
 * person. `page` gives the folder of the built page.
 */
export async function runServe(
  options: ServeOptions,
  say: (line: string) => void,
  signal: AbortSignal,
  page: (say: (line: string) => void) => Promise<string> = builtPage,
): Promise<void> {
  const folder = dataFolder(options.data);
  prepareDataFolder(folder);
  const token = options.tokenFile === null ? newToken() : readTokenFile(options.tokenFile);
  const pageFolder = await page(options.json ? () => undefined : say);
  const serving = await startServing({ port: options.port, token, pageFolder, folder });
  for (const line of readyLines(serving.address, options)) say(line);
  if (options.open ?? hasDisplay()) openBrowser(serving.address, folder);
  await aborted(signal);
  await serving.close();
  rmSync(join(folder, "open.html"), { force: true });
}

const readyLines = (address: string, { json }: ServeOptions): readonly string[] =>
  json
    ? [JSON.stringify({ address, pid: process.pid })]
    : [
        `The console is at ${address}`,
        "Only this machine can reach it, and only with this address. Ctrl+C stops it.",
      ];

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
