import type { ConsoleClient, Failure, Ladder, NewTarget, TargetOverview } from "#contract";
import { createStore } from "zustand";
import type { StoreApi } from "zustand";
import { outdatedDoors } from "./outdatedDoors.ts";
import { done, failed, idle, toFailure, wasLeft, waiting } from "./work.ts";
import type { Wait, Work } from "./work.ts";

/** One connection check: the rungs so far, and what ended it early. */
export type Check = {
  readonly ladder: Ladder | null;
  readonly failure: Failure | null;
  readonly running: boolean;
  /** The console's time, ms. */
  readonly startedAt: number;
};

/** Something asked of one target. Each attempt is an object of its own, so that a late end is told from the next one's. */
export type Attempt = { readonly targetId: string; readonly work: Work<string> } | null;

/** What is to be shown of it where this target is meant. */
export const workOn = (attempt: Attempt, targetId: string): Work<string> =>
  attempt?.targetId === targetId ? attempt.work : idle;

export type TargetsState = {
  /** Null until the first snapshot. */
  readonly overviews: readonly TargetOverview[] | null;
  readonly trouble: Failure | null;
  /** How far the console's clock is ahead of this page's (ms), by the newest snapshot; null until one told. */
  readonly consoleAheadMs: number | null;
  readonly adding: Work<string>;
  readonly practice: Work<string>;
  /** The attempt of the dialog that is open. */
  readonly signingIn: Attempt;
  /** Sign-outs that failed, by target. */
  readonly signOutTroubles: Readonly<Record<string, Failure>>;
  readonly removing: Attempt;
  readonly checks: Readonly<Record<string, Check>>;
  readonly watch: (signal: AbortSignal) => Promise<void>;
  readonly add: (target: NewTarget, then: (targetId: string) => void) => Promise<void>;
  readonly forgetAdding: () => void;
  readonly startPractice: () => Promise<void>;
  /** The password passes through: it is never part of the state. */
  readonly signIn: (
    credential: { targetId: string; account: string; password: string },
    signal: AbortSignal,
  ) => Promise<void>;
  readonly forgetSigningIn: () => void;
  readonly signOut: (targetId: string) => Promise<void>;
  readonly remove: (targetId: string) => Promise<void>;
  readonly forgetRemoving: () => void;
  readonly check: (targetId: string, signal: AbortSignal) => Promise<void>;
};

/** Targets and their doors. */
export function createTargetsStore(
  console: ConsoleClient,
  now: () => number,
  wait: Wait,
): StoreApi<TargetsState> {
  return createStore<TargetsState>()((set, get) => {
    const consoleNow = (): number => now() + (get().consoleAheadMs ?? 0);
    const setCheck = (targetId: string, change: Partial<Check>): void => {
      const before = get().checks[targetId] ?? { ladder: null, failure: null, running: false, startedAt: 0 };
      set({ checks: { ...get().checks, [targetId]: { ...before, ...change } } });
    };
    /** Whatever the console tells or does not tell: each door becomes unknown when its last answer is too old. */
    const growOld = async (signal: AbortSignal): Promise<void> => {
      while (!signal.aborted) {
        const before = get().overviews ?? [];
        const { overviews, nextAt } = outdatedDoors(before, consoleNow());
        if (overviews !== before) set({ overviews });
        if (nextAt === null) return;
        await wait(nextAt - consoleNow(), signal);
      }
    };
    /** Its end is put down only while nobody forgot it or began another one. */
    const attempt = async (
      slot: "signingIn" | "removing",
      targetId: string,
      act: () => Promise<unknown>,
    ): Promise<void> => {
      const begun = { targetId, work: waiting };
      const end = (work: Work<string>): void => {
        if (get()[slot] === begun) set({ [slot]: { targetId, work } });
      };
      set({ [slot]: begun });
      try {
        await act();
        end(done(targetId));
      } catch (cause) {
        end(failed(cause));
      }
    };
    return {
      overviews: null,
      trouble: null,
      consoleAheadMs: null,
      adding: idle,
      practice: idle,
      signingIn: null,
      signOutTroubles: {},
      removing: null,
      checks: {},
      watch: async (signal) => {
        let next = new AbortController();
        let aging = growOld(AbortSignal.any([signal, next.signal]));
        try {
          for await (const overviews of console.targets.watch({}, { signal })) {
            next.abort();
            next = new AbortController();
            const toldAt = overviews[0]?.toldAt;
            if (toldAt !== undefined) set({ consoleAheadMs: Date.parse(toldAt) - now() });
            set({ overviews, trouble: null });
            aging = growOld(AbortSignal.any([signal, next.signal]));
          }
        } catch (cause) {
          if (wasLeft(cause, signal)) return;
          set({ trouble: toFailure(cause) });
        }
        await aging;
      },
      add: async (target, then) => {
        set({ adding: waiting });
        try {
          const { id } = await console.targets.add(target);
          set({ adding: done(id) });
          then(id);
        } catch (cause) {
          set({ adding: failed(cause) });
        }
      },
      forgetAdding: () => set({ adding: idle }),
      startPractice: async () => {
        set({ practice: waiting });
        try {
          set({ practice: done((await console.targets.startPractice({})).id) });
        } catch (cause) {
          set({ practice: failed(cause) });
        }
      },
      signIn: async (credential, signal) => {
        await attempt("signingIn", credential.targetId, () => console.targets.signIn(credential, { signal }));
      },
      forgetSigningIn: () => set({ signingIn: null }),
      signOut: async (targetId) => {
        const { [targetId]: _, ...others } = get().signOutTroubles;
        set({ signOutTroubles: others });
        try {
          await console.targets.signOut({ targetId });
        } catch (cause) {
          set({ signOutTroubles: { ...get().signOutTroubles, [targetId]: toFailure(cause) } });
        }
      },
      remove: async (targetId) => {
        if (workOn(get().removing, targetId).phase === "waiting") return;
        await attempt("removing", targetId, () => console.targets.remove({ targetId }));
      },
      forgetRemoving: () => set({ removing: null }),
      check: async (targetId, signal) => {
        setCheck(targetId, { ladder: null, failure: null, running: true, startedAt: consoleNow() });
        try {
          for await (const ladder of console.targets.check({ targetId }, { signal }))
            setCheck(targetId, { ladder });
          setCheck(targetId, { running: false });
        } catch (cause) {
          setCheck(targetId, { running: false, failure: wasLeft(cause, signal) ? null : toFailure(cause) });
        }
      },
    };
  });
}
