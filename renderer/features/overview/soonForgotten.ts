import type { Session } from "#contract";

type Forgotten = {
  readonly count: number /** The earliest of them, as printed. */;
  readonly first: string | null;
};

/** The transcripts that a target deletes within so many days from `now` (ms). */
export function soonForgotten(sessions: readonly Session[], now: number, days: number): Forgotten {
  const until = now + days * 86_400_000;
  const soon = sessions
    .flatMap(({ transcriptForgottenAt: at }) => (at === null ? [] : [at]))
    .filter((at) => Date.parse(at) >= now && Date.parse(at) < until)
    .toSorted((a, b) => Date.parse(a) - Date.parse(b));
  return { count: soon.length, first: soon[0] ?? null };
}
