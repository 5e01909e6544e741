import type { ConsoleHandlers, Session } from "#contract";
import type { TargetReading } from "./doors/doorOf.ts";
import { snapshots } from "./streams/bell.ts";
import type { World } from "./world.ts";

/** sessions.*: one reading, or the shared watcher's readings for as long as somebody looks. */
export function sessionsHandlers(world: World): ConsoleHandlers["sessions"] {
  return {
    list: async ({ targetId, from }, signal) => {
      world.registry.find(targetId);
      return readingSince(await world.watcher(targetId).readNow(signal), from);
    },
    watch: async function* ({ targetId, from }, signal) {
      world.registry.find(targetId);
      const watcher = world.watcher(targetId);
      const release = watcher.hold();
      const told = () => {
        const reading = watcher.reading();
        return { reading: reading === null ? null : readingSince(reading, from), trouble: watcher.trouble() };
      };
      try {
        yield* snapshots(world.bell, told, signal, targetId);
      } finally {
        release();
      }
    },
  };
}

function readingSince({ sessions, endpoint, readAt, endpoints }: TargetReading, from: string | null) {
  return { sessions: sessions.filter((session) => isSince(session, from)), endpoint, readAt, endpoints };
}

/** A session without a start cannot be told to be too old. */
const isSince = (session: Session, from: string | null): boolean =>
  from === null || session.startedAt === null || Date.parse(session.startedAt) >= Date.parse(from);
