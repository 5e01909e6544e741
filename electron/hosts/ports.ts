import { join } from "node:path";
import type { HostDescription } from "#contract";
import { nodeChance } from "../adapters/node/chance.ts";
import { nodeClock } from "../adapters/node/clock.ts";
import { openLedgerStore } from "../adapters/node/ledgerStore.ts";
import { openRunspaceJournal } from "../adapters/node/runspaceJournal.ts";
import { openShapes } from "../adapters/node/shapesFile.ts";
import { createEndpoints } from "../pep/createEndpoints.ts";
import type { ConsolePorts, Log, SettingsStore } from "../services/ports.ts";
import { describeHost } from "./hostDescription.ts";
import { holdPractice } from "./practice.ts";

/** The world a host runs in, and how it is left. */
export type OpenedPorts = {
  readonly ports: ConsolePorts;
  /** To be called after the console was closed: stops the practice stamp. */
  close(): Promise<void>;
};

/** The real world of a Node process, Electron's main process included. `folder` is the data folder. */
export function openPorts(options: {
  readonly host: HostDescription["host"];
  readonly folder: string;
  readonly settings: SettingsStore;
  readonly log: Log;
}): OpenedPorts {
  const { host, folder, settings, log } = options;
  const practice = holdPractice(join(folder, "practice"), log);
  const journal = openRunspaceJournal(folder, log, () => nodeClock.now());
  const ports: ConsolePorts = {
    clock: nodeClock,
    log,
    settings,
    ledger: openLedgerStore(folder, log),
    chance: nodeChance,
    endpoints: createEndpoints({ clock: nodeClock, log, journal, shapes: openShapes(folder, log) }),
    practice,
    host: describeHost(host, folder),
  };
  return { ports, close: () => practice.stop() };
}

/** Starts the practice stamp in the background where no other target is configured, so that it is there when chosen. */
export function warmPractice({ settings, practice, log }: ConsolePorts, signal: AbortSignal): void {
  if (practice === null || settings.read().targets.some((target) => !target.practice)) return;
  practice.start(signal).catch((cause: unknown) => log.write("warn", "practice.notStarted", {}, cause));
}
