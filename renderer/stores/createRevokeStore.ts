import type { ConsoleClient, Failure, RevokeProgress, UnderWay } from "#contract";
import { createStore } from "zustand";
import type { StoreApi } from "zustand";
import { closedMeanwhile } from "./closedMeanwhile.ts";
import type { KeptPutAways } from "./keptPutAways.ts";
import { isNewerRevoke, isWorthShowing, phaseOf } from "./revokePhases.ts";
import { toFailure } from "./work.ts";

/**
 * One revoke as this page sees it, whoever asked for it. notSent: page and console were apart when it was asked for, and
 * nothing was heard of it. lost: it was seen, and is not seen any more. `since` is the console's time (ms).
 */
export type Revocation = {
  readonly phase: "running" | "ended" | "lost" | "notSent";
  readonly since: number;
  readonly operator: string;
  readonly progress: RevokeProgress | null;
  /** What ended the seeing, not the revoke. */
  readonly failure: Failure | null;
};

export type RevokeState = {
  readonly byTarget: Readonly<Record<string, Revocation>>;
  readonly revoke: (targetId: string, operator: string) => Promise<void>;
  /** What the console tells of every revoke there is. */
  readonly seen: (underWay: readonly UnderWay[]) => void;
  /** The console tells nothing any more. */
  readonly unseen: (failure: Failure) => void;
  readonly dismiss: (targetId: string) => void;
};

type Surroundings = {
  /** The console's time, as far as the page knows it (ms). */
  readonly now: () => number;
  readonly putAways: KeptPutAways;
};

/**
 * Shuts doors. A revoke is never refused here: one that already runs for the target is asked again, whatever its state.
 * Nothing is ever asked for by itself: what was not sent stays so until a person asks again.
 */
export function createRevokeStore(
  console: ConsoleClient,
  { now, putAways }: Surroundings,
): StoreApi<RevokeState> {
  return createStore<RevokeState>()((set, get) => {
    /** Revokes whose own stream tells how they go, by the attempt they belong to. */
    const followed = new Map<string, number>();
    const put = (targetId: string, revocation: Revocation): void =>
      set({ byTarget: { ...get().byTarget, [targetId]: revocation } });
    const show = (targetId: string, operator: string, progress: RevokeProgress, since: number): void =>
      put(targetId, { phase: phaseOf(progress), since, operator, progress, failure: null });
    /** The attempt of a stream, while no later one took its place. */
    const own = (targetId: string, since: number): Revocation | null => {
      const shown = get().byTarget[targetId];
      return shown !== undefined && followed.get(targetId) === since ? shown : null;
    };
    const follow = async (targetId: string, operator: string, since: number): Promise<void> => {
      let heard = false;
      const end = (failure: Failure): void => {
        const shown = own(targetId, since);
        if (shown === null || shown.phase !== "running") return;
        const phase = !heard && failure.code === "channelLost" ? "notSent" : "lost";
        put(targetId, { ...shown, phase, failure });
      };
      try {
        for await (const progress of console.grants.revoke({ targetId, operator, reason: "" })) {
          heard = true;
          const shown = own(targetId, since);
          if (shown !== null && isNewerRevoke(shown.progress, progress))
            show(targetId, operator, progress, since);
        }
        end(endedWithoutOutcome);
      } catch (cause) {
        end(toFailure(cause));
      } finally {
        if (followed.get(targetId) === since) followed.delete(targetId);
      }
    };
    const seenOne = (targetId: string, { operator, progress }: NonNullable<UnderWay["revoke"]>): void => {
      const { startedAt } = progress;
      if (putAways.isPutAway(targetId, startedAt)) return;
      const shown = get().byTarget[targetId];
      const since = Date.parse(startedAt);
      if (shown === undefined) {
        if (isWorthShowing(progress, now() - since)) show(targetId, operator, progress, since);
        return;
      }
      // What is older than the newest attempt here says nothing of it.
      const provedAt =
        progress.outcome?.kind === "closed" ? Date.parse(progress.outcome.receipt.finishedAt) : since;
      const isOfAttempt =
        Math.max(since, provedAt) >= shown.since - clockTolerance || progress.outcome === null;
      if (shown.progress === null && (shown.phase === "running" || !isOfAttempt)) return;
      const isSeenAgain = shown.phase === "lost" && shown.progress?.startedAt === startedAt;
      if (isSeenAgain || isNewerRevoke(shown.progress, progress))
        show(targetId, operator, progress, shown.progress?.startedAt === startedAt ? shown.since : since);
    };
    /** The console was started again meanwhile: its ledger alone knows. */
    const lookUp = async (targetId: string, lost: Revocation): Promise<void> => {
      const closed = await closedMeanwhile(console, targetId, lost);
      if (get().byTarget[targetId] !== lost) return;
      put(
        targetId,
        closed === null
          ? { ...lost, failure: startedAgain }
          : { ...lost, phase: "ended", progress: closed, failure: null },
      );
    };
    return {
      byTarget: {},
      revoke: async (targetId, operator) => {
        const since = now();
        followed.set(targetId, since);
        put(targetId, { phase: "running", since, operator, progress: null, failure: null });
        await follow(targetId, operator, since);
      },
      seen: (underWay) => {
        for (const { targetId, revoke, opening } of underWay) {
          if (revoke !== null) seenOne(targetId, revoke);
          // What is opened after a proof makes it a thing of the past.
          const { phase, progress } = get().byTarget[targetId] ?? {};
          const isPast =
            opening !== null &&
            progress?.outcome?.kind === "closed" &&
            Date.parse(opening.progress.startedAt) > Date.parse(progress.startedAt);
          if (isPast && phase === "ended") get().dismiss(targetId);
        }
        const told = new Set(underWay.flatMap(({ targetId, revoke }) => (revoke === null ? [] : [targetId])));
        for (const [targetId, revocation] of Object.entries(get().byTarget))
          if (revocation.phase === "lost" && revocation.progress !== null && !told.has(targetId))
            void lookUp(targetId, revocation);
      },
      unseen: (failure) => {
        for (const [targetId, revocation] of Object.entries(get().byTarget))
          if (revocation.phase === "running" && !followed.has(targetId))
            put(targetId, { ...revocation, phase: "lost", failure });
      },
      dismiss: (targetId) => {
        const { [targetId]: gone, ...byTarget } = get().byTarget;
        if (gone?.progress != null) putAways.putAway(targetId, gone.progress.startedAt);
        set({ byTarget });
      },
    };
  });
}

/** So exactly does the page know the console's time (ms). */
const clockTolerance = 2_000;

const endedWithoutOutcome: Failure = {
  code: "badAnswer",
  sentence: "The console stopped telling how the revoke went before it said what came of it.",
  remedy: "retry",
};

const startedAgain: Failure = {
  code: "notConfirmed",
  sentence:
    "The console was started again while this revoke was under way, and its ledger has no proof of it. Revoke again.",
  remedy: "retry",
};
