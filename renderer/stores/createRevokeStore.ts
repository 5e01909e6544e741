import type { ConsoleClient, Failure, LedgerEntry, RevokeProgress } from "#contract";
import { createStore } from "zustand";
import type { StoreApi } from "zustand";
import { toFailure } from "./work.ts";

/** One revoke as this page saw it. `since` is the page's own clock (ms); `failure` ended the seeing, not the revoke. */
export type Revocation = {
  readonly phase: "running" | "ended" | "lost";
  readonly since: number;
  readonly operator: string;
  readonly progress: RevokeProgress | null;
  readonly failure: Failure | null;
};

export type RevokeState = {
  readonly byTarget: Readonly<Record<string, Revocation>>;
  readonly revoke: (targetId: string, operator: string) => Promise<void>;
  /** Page and console found each other again: what became of the revokes that were lost with the channel. */
  readonly rejoin: () => Promise<void>;
  readonly dismiss: (targetId: string) => void;
};

/** Shuts doors. A revoke is never refused here: one that already runs for the target is asked again, whatever its state. */
export function createRevokeStore(console: ConsoleClient, now: () => number): StoreApi<RevokeState> {
  return createStore<RevokeState>()((set, get) => {
    const put = (targetId: string, since: number, operator: string, change: Partial<Revocation>): void => {
      const before = get().byTarget[targetId];
      if (before !== undefined && before.since > since) return;
      const fresh: Revocation = { phase: "running", since, operator, progress: null, failure: null };
      const base = before?.since === since ? before : fresh;
      set({ byTarget: { ...get().byTarget, [targetId]: { ...base, ...change } } });
    };
    const follow = async (targetId: string, operator: string, since: number): Promise<void> => {
      try {
        for await (const progress of console.grants.revoke({ targetId, operator, reason: "" }))
          put(targetId, since, operator, {
            progress,
            phase: progress.outcome === null ? "running" : "ended",
          });
        if (get().byTarget[targetId]?.progress?.outcome == null)
          put(targetId, since, operator, { phase: "lost", failure: endedWithoutOutcome });
      } catch (cause) {
        put(targetId, since, operator, { phase: "lost", failure: toFailure(cause) });
      }
    };
    const rejoinOne = async (targetId: string, lost: Revocation): Promise<void> => {
      const { since, operator } = lost;
      const closed = await closedMeanwhile(console, targetId, lost);
      if (get().byTarget[targetId] !== lost) return;
      if (closed !== null)
        return put(targetId, since, operator, { phase: "ended", progress: closed, failure: null });
      put(targetId, since, operator, { phase: "running", failure: null });
      await follow(targetId, operator, since);
    };
    return {
      byTarget: {},
      revoke: async (targetId, operator) => {
        const since = now();
        put(targetId, since, operator, {});
        await follow(targetId, operator, since);
      },
      rejoin: async () => {
        const lost = Object.entries(get().byTarget).filter(
          ([, { phase, failure }]) => phase === "lost" && failure?.code === "channelLost",
        );
        await Promise.all(lost.map(([targetId, revocation]) => rejoinOne(targetId, revocation)));
      },
      dismiss: (targetId) => {
        const { [targetId]: _gone, ...byTarget } = get().byTarget;
        set({ byTarget });
      },
    };
  });
}

/** The proof, when the ledger has it already; else null, and asking again joins the running revoke or shuts anew. */
async function closedMeanwhile(
  console: ConsoleClient,
  targetId: string,
  { since, progress }: Revocation,
): Promise<RevokeProgress | null> {
  const from = progress === null ? since : Date.parse(progress.startedAt);
  const isOurs = ({ act, receipt, ...entry }: LedgerEntry): boolean =>
    entry.targetId === targetId &&
    act === "revoke" &&
    receipt?.outcome === "closed" &&
    Date.parse(receipt.startedAt) >= from;
  const entries = await console.ledger.list({}).then(
    (ledger) => ledger.entries,
    // A ledger that cannot be read delays no revoke.
    (): readonly LedgerEntry[] => [],
  );
  const receipt = entries.find(isOurs)?.receipt ?? null;
  if (receipt === null) return null;
  const milliseconds = Date.parse(receipt.finishedAt) - Date.parse(receipt.startedAt);
  return {
    startedAt: receipt.startedAt,
    facts: receipt.facts,
    doing: null,
    taken: true,
    readings: progress?.readings ?? [],
    outcome: { kind: "closed", milliseconds, receipt },
  };
}

const endedWithoutOutcome: Failure = {
  code: "badAnswer",
  sentence: "The console stopped telling how the revoke went before it said what came of it.",
  remedy: "retry",
};
