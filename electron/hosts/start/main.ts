import { join } from "node:path";
import { dataFolder, prepareDataFolder } from "../dataFolder.ts";
import { runUntilStopped } from "../runUntilStopped.ts";
import { wantsHelp } from "../wantsHelp.ts";
import { hasDisplay } from "../serve/openBrowser.ts";
import { runServe } from "../serve/runServe.ts";
import { builtDesktop } from "./build.ts";
import { chooseHost } from "./chooseHost.ts";
import type { Choice } from "./chooseHost.ts";
import { fetchRuntime, findRuntime } from "./electronRuntime.ts";
import { runDesktop } from "./runDesktop.ts";
import { readStartOptions, startUsage } from "./startOptions.ts";
import type { StartOptions } from "./startOptions.ts";

const triedFile = join(import.meta.dirname, "../../../dist/.runtimeTried");

/** `npm start`: builds what is missing or old, then opens the window, or serves the same console where there can be none. */
async function start(options: StartOptions, say: (line: string) => void, signal: AbortSignal): Promise<void> {
  if (options.buildOnly) return void (await builtDesktop(say));
  const choice = await choose(options, say);
  if (choice.host === "desktop") {
    const folder = dataFolder(options.serve.data);
    prepareDataFolder(folder);
    if (await runDesktop(choice.program, await builtDesktop(say), folder, signal)) return;
    say("No desktop window: Electron ended before it could open one. The same console runs in a browser.");
  } else if (choice.because !== null) say(choice.because);
  await runServe(options.serve, say, signal);
}

function choose({ asked }: StartOptions, say: (line: string) => void): Promise<Choice> {
  return chooseHost({
    asked,
    display: hasDisplay(),
    runsAsRoot: process.platform === "linux" && process.getuid?.() === 0,
    runtime: async () => findRuntime() ?? (await fetchRuntime(triedFile, asked === "desktop", say)),
  });
}

const words = process.argv.slice(2);
await runUntilStopped(async (say, signal) =>
  wantsHelp(words)
    ? startUsage.forEach((line) => say(line))
    : await start(readStartOptions(words), say, signal),
);
