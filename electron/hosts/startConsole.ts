import { join } from "node:path";
import type { HostDescription } from "#contract";
import { createLog, toFile, toStandardError } from "../adapters/node/log.ts";
import type { Log, SettingsStore } from "../services/ports.ts";
import { createConsole } from "./compose.ts";
import type { RunningConsole } from "./compose.ts";
import { openPorts, warmPractice } from "./ports.ts";

/** JSON lines in a file of the data folder; on the error stream where RSC_LOG=stderr says that something collects it. */
export function openLog(folder: string): Log {
  const collected = process.env["RSC_LOG"] === "stderr";
  return createLog(
    collected ? toStandardError : toFile(join(folder, "logs", "console.log")),
    () => new Date(),
  );
}

/** A console on the real world, with the practice stamp warm where nothing else is configured. */
export function startConsole(
  host: HostDescription["host"],
  folder: string,
  openSettings: (folder: string, log: Log) => SettingsStore,
): RunningConsole {
  const log = openLog(folder);
  const world = openPorts({ host, folder, settings: openSettings(folder, log), log });
  const console = createConsole(world.ports);
  const ending = new AbortController();
  warmPractice(world.ports, ending.signal);
  log.write("info", "console.started", { host });
  return {
    attach: console.attach,
    close: async () => {
      ending.abort();
      await console.close();
      await world.close();
      log.write("info", "console.stopped", { host });
    },
  };
}
