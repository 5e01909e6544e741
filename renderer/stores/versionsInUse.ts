import type { ConsoleClient } from "#contract";

/** Gives versions of a transcript back to the console, which keeps a few of them in memory. */
export type VersionsInUse = {
  /** Nobody looks at it any more: it is given back at once, or when what works on it is done. */
  readonly leave: (transcriptId: string | undefined) => void;
  /** Keeps a version for as long as something works on it, whatever is shown meanwhile. */
  readonly during: <T>(transcriptId: string, work: () => Promise<T>) => Promise<T>;
};

/** None in use. */
export function createVersionsInUse(console: ConsoleClient): VersionsInUse {
  const worked = new Map<string, number>();
  const left = new Set<string>();
  const close = async (transcriptId: string): Promise<void> => {
    left.delete(transcriptId);
    try {
      await console.transcripts.close({ transcriptId });
    } catch {
      // Only good manners: the console forgets the oldest copies by itself.
    }
  };
  const count = (transcriptId: string, by: 1 | -1): number => {
    const works = (worked.get(transcriptId) ?? 0) + by;
    worked.set(transcriptId, works);
    if (works === 0) worked.delete(transcriptId);
    return works;
  };
  return {
    leave: (transcriptId) => {
      if (transcriptId === undefined) return;
      if (worked.has(transcriptId)) left.add(transcriptId);
      else void close(transcriptId);
    },
    during: async (transcriptId, work) => {
      count(transcriptId, 1);
      try {
        return await work();
      } finally {
        if (count(transcriptId, -1) === 0 && left.has(transcriptId)) void close(transcriptId);
      }
    },
  };
}
