import type { ConsoleClient, TranscriptFacts } from "#contract";
import { createStore } from "zustand";
import type { StoreApi } from "zustand";
import { done, failed, idle, wasLeft, waiting } from "./work.ts";
import type { Wait, Work } from "./work.ts";

/** Lines a page; the text is never asked for as a whole, except to export it. */
export const pageLines = 500;
const pagesKept = 60;
const rereadMilliseconds = 10_000;
const exportedAtOnce = 500_000;

export type Found = { readonly lines: readonly number[]; readonly total: number; readonly text: string };

export type TranscriptState = {
  /** `target/session` of what is open. */
  readonly key: string;
  readonly facts: Work<TranscriptFacts>;
  /** The newest re-reading of a live transcript failed: what is shown is older than it should be. */
  readonly trouble: Work<null>;
  readonly pages: ReadonlyMap<number, readonly string[]>;
  readonly found: Work<Found>;
  /** Characters collected so far for an export. */
  readonly exporting: Work<number>;
  readonly open: (targetId: string, sessionId: string, signal: AbortSignal) => Promise<void>;
  /** Asks for the pages that hold these lines (from 1), unless they are there or on their way. */
  readonly need: (from: number, to: number) => void;
  readonly find: (text: string, matchCase: boolean) => Promise<void>;
  /** The text to the letter, with its own line ends: what is saved has the SHA-256 of the facts. */
  readonly exportText: (save: (text: string) => void) => Promise<void>;
};

/** The transcript on the screen: its facts, and those pages of its text that were looked at. */
export function createTranscriptStore(console: ConsoleClient, wait: Wait): StoreApi<TranscriptState> {
  const onTheWay = new Set<string>();
  return createStore<TranscriptState>()((set, get) => {
    /** Nobody looks at that copy any more; the console may forget it. */
    const close = async (facts: Work<TranscriptFacts>): Promise<void> => {
      if (facts.phase !== "done") return;
      const { transcriptId } = facts.value;
      try {
        await console.transcripts.close({ transcriptId });
      } catch {
        // Only good manners: the console forgets the oldest copies by itself.
      }
    };
    const isShown = (transcriptId: string): boolean => {
      const { facts } = get();
      return facts.phase === "done" && facts.value.transcriptId === transcriptId;
    };
    const take = (facts: TranscriptFacts): void => {
      const before = get().facts;
      if (before.phase === "done" && before.value.transcriptId !== facts.transcriptId) void close(before);
      const grew = before.phase === "done" && before.value.lines <= facts.lines;
      const whole = grew ? Math.floor((before.value.lines - 1) / pageLines) : 0;
      const pages = new Map([...get().pages].filter(([page]) => page < whole));
      set({ facts: done(facts), pages, trouble: idle });
    };
    const readOnce = async (targetId: string, sessionId: string, signal: AbortSignal): Promise<boolean> => {
      try {
        const facts = await console.transcripts.open({ targetId, sessionId }, { signal });
        if (signal.aborted) return false;
        take(facts);
        return facts.live;
      } catch (cause) {
        if (wasLeft(cause, signal)) return false;
        const isThere = get().facts.phase === "done";
        set(isThere ? { trouble: failed(cause) } : { facts: failed(cause) });
        return isThere;
      }
    };
    const loadPage = async (transcriptId: string, page: number): Promise<void> => {
      const ticket = `${transcriptId} ${page}`;
      if (onTheWay.has(ticket) || get().pages.has(page)) return;
      onTheWay.add(ticket);
      try {
        const from = page * pageLines + 1;
        const { lines } = await console.transcripts.page({ transcriptId, from, count: pageLines });
        if (!isShown(transcriptId)) return;
        const kept = [...get().pages].slice(-pagesKept);
        set({ pages: new Map([...kept, [page, lines]]) });
      } catch (cause) {
        if (isShown(transcriptId)) set({ trouble: failed(cause) });
      } finally {
        onTheWay.delete(ticket);
      }
    };
    return {
      key: "",
      facts: idle,
      trouble: idle,
      pages: new Map(),
      found: idle,
      exporting: idle,
      open: async (targetId, sessionId, signal) => {
        const key = `${targetId}/${sessionId}`;
        if (get().key !== key || get().facts.phase !== "done")
          set({ key, facts: waiting, pages: new Map(), found: idle, trouble: idle, exporting: idle });
        signal.addEventListener("abort", () => {
          if (get().key === key) void close(get().facts);
        });
        while ((await readOnce(targetId, sessionId, signal)) && !signal.aborted)
          await wait(rereadMilliseconds, signal);
      },
      need: (from, to) => {
        const { facts } = get();
        if (facts.phase !== "done") return;
        const last = Math.floor((Math.min(to, facts.value.lines) - 1) / pageLines);
        for (let page = Math.floor((Math.max(from, 1) - 1) / pageLines); page <= last; page++)
          void loadPage(facts.value.transcriptId, page);
      },
      find: async (text, matchCase) => {
        const { facts } = get();
        if (facts.phase !== "done" || text === "") return set({ found: idle });
        set({ found: waiting });
        try {
          const { transcriptId } = facts.value;
          set({
            found: done({ ...(await console.transcripts.find({ transcriptId, text, matchCase })), text }),
          });
        } catch (cause) {
          set({ found: failed(cause) });
        }
      },
      exportText: async (save) => {
        const { facts } = get();
        if (facts.phase !== "done") return;
        const { transcriptId, characters } = facts.value;
        let all = "";
        set({ exporting: done(0) });
        try {
          while (all.length < characters) {
            const { text } = await console.transcripts.text({
              transcriptId,
              from: all.length,
              count: exportedAtOnce,
            });
            if (text === "") break;
            all += text;
            set({ exporting: done(all.length) });
          }
          save(all);
          set({ exporting: idle });
        } catch (cause) {
          set({ exporting: failed(cause) });
        }
      },
    };
  });
}
