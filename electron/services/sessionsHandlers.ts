import type { ConsoleHandlers, Session } from "#contract";
import { historyLasts, newestFirst } from "./doors/mergeSessions.ts";
import { snapshots } from "./streams/bell.ts";
import type { World } from "./world.ts";

/** sessions.*: one reading, or the shared watcher's readings for as long as somebody looks. */
export function sessionsHandlers(world: World): ConsoleHandlers["sessions"] {
  const { clock } = world.ports;
  return {
    list: async ({ targetId, from }, signal) => {
      const target = world.registry.find(targetId);
      const since = from === null ? new Date(clock.now().getTime() - historyLasts) : new Date(from);
      const { endpoint, value } = await world.reach.first(target, signal, (runspace, inner) =>
        runspace.readSessions({ from: since, sessionId: null }, inner),
      );
      return { sessions: newestFirst(value), endpoint, readAt: clock.now().toISOString() };
    },
    watch: async function* ({ targetId, from }, signal) {
      world.registry.find(targetId);
      const watcher = world.watcher(targetId);
      const release = watcher.hold();
      try {
        yield* snapshots(
          world.bell,
          () => {
            const reading = watcher.reading();
            return {
              reading:
                reading === null
                  ? null
                  : {
                      sessions: reading.sessions.filter((session) => isSince(session, from)),
                      endpoint: reading.endpoint,
                      readAt: reading.readAt,
                    },
              trouble: watcher.trouble(),
            };
          },
          signal,
        );
      } finally {
        release();
      }
    },
  };
}

/** A session without a start cannot be told to be too old. */
const isSince = (session: Session, from: string | null): boolean =>
  from === null || session.startedAt === null || Date.parse(session.startedAt) >= Date.parse(from);
