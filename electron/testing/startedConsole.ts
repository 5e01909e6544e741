import { createHash } from "node:crypto";
import { usualPreferences, type ConsoleHandlers, type SettingsDocument, type Target } from "#contract";
import { createHandlers } from "../services/createHandlers.ts";
import type { ConsolePorts, LedgerStore, SettingsStore } from "../services/ports.ts";
import { Secret } from "../services/secret.ts";
import { aNewTarget } from "./builders.ts";
import { scriptedEndpoints, type ScriptedEndpoints } from "./scriptedEndpoints.ts";
import { stillClock, type StillClock } from "./stillClock.ts";

export const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** A ledger in memory; `full` makes every append fail. */
export type MemoryLedger = LedgerStore & { readonly written: string[]; full: boolean };

export function memoryLedger(): MemoryLedger {
  const ledger: MemoryLedger = {
    written: [],
    full: false,
    append: async (line) => {
      if (ledger.full) throw new Error("no space left on device");
      ledger.written.push(line);
    },
    lines: async function* () {
      yield* ledger.written;
    },
    lastLine: async () => ledger.written.at(-1) ?? null,
    alone: (act) => act(),
    mark: async () => ledger.written.join("\n"),
    process: { own: "this process", isAtWork: (mark) => mark === "another that runs" },
  };
  return ledger;
}

export function memorySettings(): SettingsStore {
  let document: SettingsDocument = { version: 1, preferences: usualPreferences, targets: [] };
  return {
    read: () => document,
    write: (next) => {
      document = next;
    },
    alone: (act) => act(),
  };
}

export type StartedConsole = {
  readonly handlers: ConsoleHandlers;
  readonly close: () => Promise<void>;
  readonly clock: StillClock;
  readonly stamp: ScriptedEndpoints;
  readonly ledger: MemoryLedger;
  readonly settings: SettingsStore;
  /** A configured target, signed in. */
  readonly target: Target;
  /** Everything that was logged, as one text. */
  readonly logged: () => string;
};

/** The use cases over fakes at every port, with one target that is signed in. */
export async function startedConsole(about: Partial<ConsolePorts> = {}): Promise<StartedConsole> {
  const clock = stillClock();
  const stamp = scriptedEndpoints(clock);
  const ledger = memoryLedger();
  const settings = memorySettings();
  const log: unknown[] = [];
  let ids = 0;
  const { handlers, close } = createHandlers({
    clock,
    log: { write: (...entry) => log.push(entry) },
    settings,
    ledger,
    chance: { uuid: () => `id-${(ids += 1)}`, sha256 },
    endpoints: stamp,
    practice: {
      start: async () => ({
        name: "Practice stamp",
        account: "AZS\\cloudadmin",
        password: new Secret(stamp.password),
        configuration: "PrivilegedEndpoint",
        endpoints: aNewTarget().endpoints,
      }),
    },
    host: {
      host: "cli",
      version: "0",
      canSaveFile: false,
      canNotify: false,
      canOpenExternal: false,
      canPractise: true,
      suggestedOperator: "alex",
      shell: { data: null, rsc: null },
    },
    ...about,
  });
  const signal = new AbortController().signal;
  const [known] = await handlers.targets.list({}, signal);
  const { id, account } = known ?? (await handlers.targets.add(aNewTarget(), signal));
  const target = await handlers.targets.signIn({ targetId: id, account, password: stamp.password }, signal);
  stamp.arrived.length = 0;
  return { handlers, close, clock, stamp, ledger, settings, target, logged: () => JSON.stringify(log) };
}
