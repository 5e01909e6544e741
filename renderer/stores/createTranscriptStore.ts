import type { ConsoleClient, TranscriptFacts } from "#contract";
import { createStore } from "zustand";
import type { StoreApi } from "zustand";
import { collectText, findIn, readPages } from "./transcriptCalls.ts";
import type { Query } from "./transcriptCalls.ts";
import { atNextFound, pagesBetween, pagesOnScreen, versionOf, withPages } from "./transcriptVersion.ts";
import type { TranscriptVersion } from "./transcriptVersion.ts";
import { createVersionsInUse } from "./versionsInUse.ts";
import { done, failed, idle, wasLeft, waiting } from "./work.ts";
import type { Wait, Work } from "./work.ts";

const rereadMilliseconds = 10_000;
const nothingYet = { from: 1, to: 0 };

export type TranscriptState = {
  /** `target/session` of what is open. */
  readonly key: string;
  readonly version: Work<TranscriptVersion>;
  /** The newest re-reading of a live transcript failed: what is shown is older than it should be. */
  readonly trouble: Work<null>;
  /** Characters collected so far for an export. */
  readonly exporting: Work<number>;
  readonly open: (targetId: string, sessionId: string, signal: AbortSignal) => Promise<void>;
  /** Says which lines (from 1) are on the screen, and asks for their pages unless they are there or on their way. */
  readonly need: (from: number, to: number) => void;
  /** Looks for a text, and again in each version that comes; an empty one ends it. */
  readonly find: (text: string, matchCase: boolean) => Promise<void>;
  readonly goTo: (line: number) => void;
  /** To the next line found, or the one before: from where the newest version stands, drawn or not. */
  readonly goToFound: (by: 1 | -1) => void;
  readonly showWhole: (line: number | null) => void;
  /** The text to the letter, with its own line ends: what is saved has the SHA-256 of the facts. */
  readonly exportText: (save: (text: string) => void) => Promise<void>;
};

/** The transcript on the screen: its newest version, replaced as a whole when a live text was read again. */
export function createTranscriptStore(console: ConsoleClient, wait: Wait): StoreApi<TranscriptState> {
  const onTheWay = new Set<string>();
  const inUse = createVersionsInUse(console);
  let onScreen = nothingYet;
  let query: Query | null = null;
  /** The console may have forgotten what is shown: nothing more of it is asked for until it was read again. */
  let isLeft = false;

  return createStore<TranscriptState>()((set, get) => {
    const shown = (): TranscriptVersion | null => {
      const { version } = get();
      return version.phase === "done" ? version.value : null;
    };
    const shownId = (): string | undefined => shown()?.facts.transcriptId;
    /** What belongs to another version than the one that is shown comes too late, and is dropped. */
    const change = (id: string | undefined, by: (version: TranscriptVersion) => TranscriptVersion): void => {
      const version = shown();
      if (version !== null && version.facts.transcriptId === id) set({ version: done(by(version)) });
    };
    const search = async (): Promise<void> => {
      const asked = query;
      const id = isLeft ? undefined : shownId();
      change(id, (version) => ({ ...version, found: asked === null ? idle : waiting }));
      if (asked === null || id === undefined) return;
      const found = await findIn(console, id, asked);
      if (query === asked) change(id, (version) => ({ ...version, found }));
    };
    /** What of a new version will be on the screen is read first, so that nothing of the old one stands beside it. */
    const prepare = async (facts: TranscriptFacts) => {
      const asked = query;
      const id = facts.transcriptId;
      const [pages, found] = await Promise.all([
        readPages(console, id, pagesOnScreen(versionOf(facts, shown()), onScreen)),
        asked === null ? idle : findIn(console, id, asked),
      ]);
      return { pages, found, asked };
    };
    const show = async (facts: TranscriptFacts, signal: AbortSignal): Promise<void> => {
      const { pages, found, asked } = await prepare(facts);
      signal.throwIfAborted();
      const before = shown();
      const version = withPages(versionOf(facts, before), pages);
      isLeft = false;
      set({ version: done({ ...version, found: asked === query ? found : waiting }), trouble: idle });
      if (before?.facts.transcriptId !== facts.transcriptId) inUse.leave(before?.facts.transcriptId);
      if (asked !== query) void search();
    };
    const readOnce = async (targetId: string, sessionId: string, signal: AbortSignal): Promise<boolean> => {
      try {
        const facts = await console.transcripts.open({ targetId, sessionId }, { signal });
        await show(facts, signal).catch((cause: unknown) => {
          inUse.leave(facts.transcriptId);
          throw cause;
        });
        return facts.live;
      } catch (cause) {
        if (wasLeft(cause, signal)) return false;
        const isThere = shown() !== null;
        set(isThere ? { trouble: failed(cause) } : { version: failed(cause) });
        return isThere;
      }
    };
    const loadPage = async (id: string, page: number): Promise<void> => {
      const ticket = `${id} ${page}`;
      if (onTheWay.has(ticket) || shown()?.pages.has(page) === true) return;
      onTheWay.add(ticket);
      try {
        const pages = await readPages(console, id, [page]);
        change(id, (version) => withPages(version, pages));
      } catch (cause) {
        if (shownId() === id) set({ trouble: failed(cause) });
      } finally {
        onTheWay.delete(ticket);
      }
    };
    const begin = (key: string): void => {
      query = null;
      onScreen = nothingYet;
      isLeft = false;
      set({ key, version: waiting, trouble: idle, exporting: idle });
    };
    return {
      key: "",
      version: idle,
      trouble: idle,
      exporting: idle,
      open: async (targetId, sessionId, signal) => {
        const key = `${targetId}/${sessionId}`;
        if (get().key !== key || shown() === null) begin(key);
        signal.addEventListener("abort", () => {
          if (get().key !== key) return;
          isLeft = true;
          inUse.leave(shownId());
        });
        while ((await readOnce(targetId, sessionId, signal)) && !signal.aborted)
          await wait(rereadMilliseconds, signal);
      },
      need: (from, to) => {
        onScreen = { from, to };
        const facts = shown()?.facts;
        if (facts === undefined || isLeft) return;
        for (const page of pagesBetween(from, to, facts.lines)) void loadPage(facts.transcriptId, page);
      },
      find: (text, matchCase) => {
        query = text === "" ? null : { text, matchCase };
        return search();
      },
      goTo: (line) => change(shownId(), (version) => ({ ...version, place: { line } })),
      goToFound: (by) => change(shownId(), (version) => atNextFound(version, by)),
      showWhole: (wholeLine) => change(shownId(), (version) => ({ ...version, wholeLine })),
      exportText: async (save) => {
        const facts = shown()?.facts;
        if (facts === undefined) return;
        const { key } = get();
        const tell = (exporting: Work<number>): void => (get().key === key ? set({ exporting }) : undefined);
        try {
          const collected = (characters: number): void => tell(done(characters));
          save(await inUse.during(facts.transcriptId, () => collectText(console, facts, collected)));
          tell(idle);
        } catch (cause) {
          tell(failed(cause));
        }
      },
    };
  });
}
