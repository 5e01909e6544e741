import type { ConsoleHandlers } from "#contract";
import { consentHandlers } from "./consent/consentHandlers.ts";
import { createQuestions } from "./consent/createQuestions.ts";
import { createWatcher, type Watcher, type WatcherWorld } from "./doors/createWatcher.ts";
import { createActs, isOpening } from "./grants/acts.ts";
import { grantsHandlers } from "./grants/grantsHandlers.ts";
import { resolveActs } from "./grants/resolveActs.ts";
import { createLedger } from "./ledger/createLedger.ts";
import type { ConsolePorts } from "./ports.ts";
import { sessionsHandlers } from "./sessionsHandlers.ts";
import { createBell } from "./streams/bell.ts";
import { createLookers } from "./streams/lookers.ts";
import { createReach } from "./targets/reach.ts";
import { createRegistry } from "./targets/registry.ts";
import { targetsHandlers } from "./targets/targetsHandlers.ts";
import { transcriptsHandlers } from "./transcripts/transcriptsHandlers.ts";
import type { Patience, World } from "./world.ts";

/** The use cases behind the contract, and how they end. */
export type Handling = {
  readonly handlers: ConsoleHandlers;
  /** Stops every watcher and act, waits for what must still be recorded, forgets credentials. Never throws. */
  readonly close: () => Promise<void>;
};

const usualPatience: Patience = { mayBeBack: 15_000 };

/** The whole console behind its contract, hostless: everything it touches comes in as a port. */
export function createHandlers(ports: ConsolePorts, patience = usualPatience): Handling {
  const closing = new AbortController();
  const watchers = new Map<string, Watcher>();
  const world = createWorld(ports, patience, watchers, closing.signal);
  const handlers: ConsoleHandlers = {
    targets: targetsHandlers(world),
    consent: consentHandlers(world),
    grants: grantsHandlers(world),
    sessions: sessionsHandlers(world),
    transcripts: transcriptsHandlers(world),
    ledger: { list: () => world.ledger.list() },
    settings: {
      read: async () => world.registry.preferences(),
      write: async (preferences) => world.registry.writePreferences(preferences),
    },
    host: { describe: async () => ports.host },
  };
  return {
    handlers,
    close: async () => {
      closing.abort(new Error("the console is closing"));
      for (const watcher of watchers.values()) watcher.stop();
      const { opens, revokes } = world.acts;
      await Promise.allSettled([...opens.values(), ...revokes.values()].map((act) => act.done));
      await world.ledger.settled();
      await ports.endpoints.close();
      world.registry.forgetAll();
    },
  };
}

function createWorld(
  ports: ConsolePorts,
  patience: Patience,
  watchers: Map<string, Watcher>,
  closing: AbortSignal,
): World {
  const bell = createBell();
  const registry = createRegistry(ports, bell);
  const reach = createReach(ports.endpoints, registry);
  const ledger = createLedger(ports.ledger, ports.chance);
  const acts = createActs();
  const { clock, log } = ports;
  const actsOn: WatcherWorld["actsOn"] = async (targetId) => {
    try {
      return await ledger.actsOn(targetId);
    } catch (cause) {
      log.write("warn", "the ledger cannot be read", {}, cause);
      return null;
    }
  };
  const watcher = (targetId: string): Watcher => {
    const existing = watchers.get(targetId);
    if (existing !== undefined) return existing;
    const created = createWatcher(targetId, {
      clock,
      log,
      reach,
      registry,
      bell,
      actsOn,
      isOpening: (id) => isOpening(acts, id),
      onReading: async (id, reading) => {
        await resolveActs(world, id, reading);
        // What goes on after a revoke ends with the reading that settles it.
        if (watcher(id).revokeMark().state === "none") acts.lastRevokes.get(id)?.enough.abort();
      },
    });
    watchers.set(targetId, created);
    return created;
  };
  const lookers = createLookers(clock);
  const questions = createQuestions();
  const actsBell = createBell();
  const world: World = {
    ports,
    bell,
    actsBell,
    registry,
    reach,
    ledger,
    questions,
    acts,
    watcher,
    lookers,
    patience,
    closing,
  };
  return world;
}
