import type { Session } from "#contract";

/** One session for each id: what an answer lists twice is one, and it runs where either of them does. */
export function oneOfEach(sessions: readonly Session[]): readonly Session[] {
  const byId = new Map<string, Session>();
  for (const session of sessions) {
    const key = session.id.toLowerCase();
    const before = byId.get(key);
    byId.set(key, before === undefined ? session : joined(before, session));
  }
  return [...byId.values()];
}

function joined(one: Session, other: Session): Session {
  const [first, second] = fullness(other) > fullness(one) ? [other, one] : [one, other];
  const running = first.running || second.running;
  const names = new Set(first.other.map(({ name }) => name.toLowerCase()));
  return {
    ...first,
    level: first.level ?? second.level,
    levelAsPrinted: first.levelAsPrinted === "" ? second.levelAsPrinted : first.levelAsPrinted,
    startedAt: first.startedAt ?? second.startedAt,
    running,
    endedAt: running ? null : (first.endedAt ?? second.endedAt),
    remoteApplication: first.remoteApplication ?? second.remoteApplication,
    transcriptPath: first.transcriptPath ?? second.transcriptPath,
    transcriptForgottenAt: running ? null : (first.transcriptForgottenAt ?? second.transcriptForgottenAt),
    other: [...first.other, ...second.other.filter(({ name }) => !names.has(name.toLowerCase()))],
  };
}

/** One that runs goes before, then the one that says more. */
const fullness = (session: Session): number =>
  (session.running ? 100 : 0) +
  [
    session.level,
    session.startedAt,
    session.endedAt,
    session.remoteApplication,
    session.transcriptPath,
  ].filter((value) => value !== null).length;
