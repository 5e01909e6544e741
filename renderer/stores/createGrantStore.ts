import type {
  CommandLines,
  ConsoleClient,
  Failure,
  Grant,
  Preferences,
  SupportOperation,
  Terms,
  UnderWay,
} from "#contract";
import { createStore } from "zustand";
import type { StoreApi } from "zustand";
import { draftOfRunning } from "./draftOfRunning.ts";
import { grantWizard, newWizard, wizardOf } from "./grantWizard.ts";
import type { WizardEvent, WizardState } from "./grantWizard.ts";
import type { KeptDrafts } from "./keptDrafts.ts";
import { openingReceipt } from "./openingReceipt.ts";
import { parseMinutes } from "./parseMinutes.ts";
import { done, failed, idle, toFailure, waiting } from "./work.ts";
import type { Work } from "./work.ts";

export type GrantState = {
  /** One wizard a target: going to another target and back loses nothing. */
  readonly wizards: Readonly<Record<string, WizardState>>;
  readonly terms: Readonly<Record<string, Work<Terms>>>;
  readonly preview: Readonly<Record<string, Work<CommandLines>>>;
  readonly operations: Work<readonly SupportOperation[]>;
  /**
   * Makes the wizard of a target unless there is one. What was typed for it before the page was loaded again is there
   * again, else what was typed for `from` comes along.
   */
  readonly start: (targetId: string, beginning: Beginning) => void;
  /** Forgets an opening that has come to its end, so that the next wizard of the target is a fresh one. */
  readonly forgetEnded: (targetId: string) => void;
  /** Forgets what was typed and what came of it. */
  readonly discard: (targetId: string) => void;
  readonly dispatch: (targetId: string, event: WizardEvent) => void;
  readonly readTerms: (targetId: string) => Promise<void>;
  readonly readOperations: () => Promise<void>;
  readonly readPreview: (targetId: string) => Promise<void>;
  readonly open: (targetId: string) => Promise<void>;
  readonly answer: (targetId: string, questionId: string, answer: "yes" | "no") => Promise<void>;
  readonly stop: (targetId: string) => Promise<void>;
  /** What the console tells of every opening there is. */
  readonly seen: (underWay: readonly UnderWay[]) => void;
  /** The console tells nothing any more. */
  readonly unseen: (failure: Failure) => void;
};

type Beginning = {
  readonly preferences: Preferences;
  readonly suggestedOperator: string;
  readonly from: string | null;
  /** The grant in force, which the wizard then changes. */
  readonly running: Grant | null;
};

export type GrantSurroundings = {
  /** In ms. */
  readonly now: () => number;
  readonly drafts: KeptDrafts;
  /** Told after each opening: the console may have remembered what was chosen. */
  readonly onOver: () => void;
};

/** The grant wizards and the openings that come of them. */
export function createGrantStore(
  console: ConsoleClient,
  { now, drafts, onOver }: GrantSurroundings,
): StoreApi<GrantState> {
  return createStore<GrantState>()((set, get) => {
    const dispatch = (targetId: string, event: WizardEvent): void => {
      const wizard = get().wizards[targetId];
      if (wizard === undefined) return;
      const next = grantWizard(wizard, event);
      if (next.draft !== wizard.draft) drafts.keep(targetId, next.draft);
      if (wasGranted(next) && !wasGranted(wizard)) drafts.forget(targetId);
      set({ wizards: { ...get().wizards, [targetId]: next } });
    };
    const asked = (targetId: string) => {
      const wizard = get().wizards[targetId];
      const minutes = parseMinutes(wizard?.draft.minutes ?? "");
      if (wizard === undefined || minutes.kind === "refused") return null;
      return { wizard, minutes: minutes.minutes };
    };
    const setTerms = (targetId: string, work: Work<Terms>): void =>
      set({ terms: { ...get().terms, [targetId]: work } });
    const setPreview = (targetId: string, work: Work<CommandLines>): void =>
      set({ preview: { ...get().preview, [targetId]: work } });
    /** An opening that is told no more is over; the ledger says what came of it. */
    const settle = async (targetId: string, startedAt: string): Promise<void> => {
      const receipt = await openingReceipt(console, targetId, startedAt);
      if (startOf(get().wizards[targetId]) !== startedAt) return;
      dispatch(
        targetId,
        receipt === null ? { type: "lost", failure: overWithoutRecord } : { type: "settled", receipt },
      );
      onOver();
    };
    return {
      wizards: {},
      terms: {},
      preview: {},
      operations: idle,
      start: (targetId, { preferences, suggestedOperator, from, running }) => {
        const { wizards } = get();
        if (wizards[targetId] !== undefined) return;
        const before = from === null ? undefined : wizards[from];
        const fresh = newWizard(preferences, suggestedOperator);
        const typed = before === undefined ? fresh.draft : before.draft;
        const first = running === null ? typed : draftOfRunning(running, typed, now());
        const draft = drafts.read(targetId) ?? first;
        set({ wizards: { ...wizards, [targetId]: { ...fresh, draft } } });
      },
      forgetEnded: (targetId) => {
        if (get().wizards[targetId]?.opening.phase === "ended") get().discard(targetId);
      },
      discard: (targetId) => {
        drafts.forget(targetId);
        const { [targetId]: _gone, ...wizards } = get().wizards;
        set({ wizards });
      },
      dispatch,
      readTerms: async (targetId) => {
        if (get().terms[targetId]?.phase !== "done") setTerms(targetId, waiting);
        try {
          const terms = await console.consent.terms({ targetId });
          setTerms(targetId, done(terms));
          dispatch(targetId, { type: "termsRead", sha256: terms.sha256 });
        } catch (cause) {
          setTerms(targetId, failed(cause));
        }
      },
      readOperations: async () => {
        if (get().operations.phase === "done") return;
        set({ operations: waiting });
        try {
          set({ operations: done(await console.consent.operations({})) });
        } catch (cause) {
          set({ operations: failed(cause) });
        }
      },
      readPreview: async (targetId) => {
        const what = asked(targetId);
        if (what === null) return;
        setPreview(targetId, waiting);
        try {
          const { wizard, minutes } = what;
          setPreview(targetId, done(await console.grants.preview({ targetId, ...wizard.draft, minutes })));
        } catch (cause) {
          setPreview(targetId, failed(cause));
        }
      },
      open: async (targetId) => {
        const what = asked(targetId);
        dispatch(targetId, { type: "openingStarted" });
        if (what === null || get().wizards[targetId]?.step !== "opening") return;
        const { minutes: _typed, ...draft } = what.wizard.draft;
        try {
          const request = { targetId, ...draft, minutes: what.minutes, agreedTermsSha256: null };
          for await (const progress of console.grants.open(request))
            dispatch(targetId, { type: "progressed", progress });
          dispatch(targetId, { type: "lost", failure: endedWithoutOutcome });
        } catch (cause) {
          dispatch(targetId, { type: "lost", failure: toFailure(cause) });
        }
        onOver();
      },
      answer: async (targetId, questionId, answer) => {
        dispatch(targetId, { type: "answering", answer });
        try {
          await console.consent.answer({ questionId, answer });
        } catch (cause) {
          dispatch(targetId, { type: "notSent", failure: toFailure(cause) });
        }
      },
      stop: async (targetId) => {
        dispatch(targetId, { type: "stopping" });
        try {
          await console.grants.stop({ targetId });
        } catch (cause) {
          dispatch(targetId, { type: "notSent", failure: toFailure(cause) });
        }
      },
      seen: (underWay) => {
        const running = new Map<string, string>();
        for (const { targetId, opening } of underWay) {
          if (opening === null) continue;
          running.set(targetId, opening.progress.startedAt);
          const { wizards } = get();
          if (wizards[targetId] === undefined)
            set({ wizards: { ...wizards, [targetId]: wizardOf(opening.request) } });
          dispatch(targetId, { type: "found", found: opening });
        }
        for (const [targetId, wizard] of Object.entries(get().wizards)) {
          const startedAt = startOf(wizard);
          if (startedAt !== null && isOnlyTold(wizard) && running.get(targetId) !== startedAt)
            void settle(targetId, startedAt);
        }
      },
      unseen: (failure) => {
        for (const [targetId, { opening }] of Object.entries(get().wizards))
          if (opening.phase === "running" && opening.request !== null)
            dispatch(targetId, { type: "lost", failure });
      },
    };
  });
}

const startOf = (wizard: WizardState | undefined): string | null =>
  wizard === undefined || wizard.opening.phase === "none"
    ? null
    : (wizard.opening.progress?.startedAt ?? null);

/** No stream of this page brings its outcome: another page began it, or its own stream was lost with the channel. */
function isOnlyTold({ opening }: WizardState): boolean {
  if (opening.phase === "running") return opening.request !== null;
  return opening.phase === "lost" && opening.failure.code === "channelLost";
}

function wasGranted({ opening }: WizardState): boolean {
  return opening.phase === "ended" && opening.receipt.outcome === "granted";
}

/** Only seen when the stream ends without an outcome; after an outcome the wizard no longer listens. */
const endedWithoutOutcome = {
  code: "badAnswer",
  sentence: "The console stopped telling how the opening went before it said what came of it.",
  remedy: "none",
} as const;

const overWithoutRecord = {
  code: "badAnswer",
  sentence: "The opening is over, and the ledger does not say what came of it.",
  remedy: "none",
} as const;
