import { consoleContract } from "#contract";
import type { ConsoleClient } from "#contract";
import { connect, memoryPair, serve } from "#rpc";
import fc from "fast-check";
import type { Scheduler } from "fast-check";
import { expect, test } from "vitest";
import { aSession } from "../../electron/testing/builders.ts";
import { sha256, startedConsole } from "../../electron/testing/startedConsole.ts";
import { createTranscriptStore } from "./createTranscriptStore.ts";
import { pageLines } from "./transcriptVersion.ts";
import type { TranscriptVersion } from "./transcriptVersion.ts";

const { id: sessionId } = aSession();

/** What may happen to a live text and what an operator may do meanwhile, in any order. */
const acts = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ act: fc.constant("grow" as const), by: fc.nat(900) }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant("rewrite" as const), lines: fc.nat(1_500) }) },
    { weight: 3, arbitrary: fc.record({ act: fc.constant("look" as const), at: fc.nat(2_000) }) },
    {
      weight: 2,
      arbitrary: fc.record({ act: fc.constant("find" as const), text: fc.constantFrom("", "7", "12") }),
    },
    { weight: 2, arbitrary: fc.record({ act: fc.constant("goTo" as const), line: fc.nat(2_000) }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant("rest" as const) }) },
  ),
  { minLength: 5, maxLength: 40 },
);

/** A text whose every line names its own place and the writing it is of. */
class LiveText {
  #writing = 0;
  #lines: string[] = [];
  /** Every text there was, by its hash. */
  readonly known = new Map<string, readonly string[]>();
  readonly #publish: (text: string) => void;

  constructor(publish: (text: string) => void) {
    this.#publish = publish;
    this.rewrite(20);
  }

  grow(by: number): void {
    const first = this.#lines.length;
    this.#lines.push(
      ...Array.from({ length: by }, (_, at) => `line ${first + at + 1} of writing ${this.#writing}`),
    );
    const text = this.#lines.map((line) => `${line}\n`).join("");
    this.known.set(sha256(text), [...this.#lines]);
    this.#publish(text);
  }

  rewrite(lines: number): void {
    this.#writing += 1;
    this.#lines = [];
    this.grow(lines + 1);
  }
}

/** The client of a real console whose answers come in the order that the scheduler likes. */
function lateClient(client: ConsoleClient, scheduler: Scheduler): ConsoleClient {
  const late =
    <A extends readonly unknown[], R>(call: (...input: A) => Promise<R>) =>
    async (...input: A): Promise<R> => {
      const [answer] = await Promise.allSettled([call(...input)]);
      await scheduler.schedule(Promise.resolve());
      if (answer.status === "rejected") throw answer.reason;
      return answer.value;
    };
  const { open, page, find, ...others } = client.transcripts;
  return { ...client, transcripts: { ...others, open: late(open), page: late(page), find: late(find) } };
}

/** What is shown of a text, and the same of the text that has the hash that is shown. */
function held({ facts, pages, found }: TranscriptVersion, text: LiveText): readonly [unknown, unknown] {
  const lines = text.known.get(facts.sha256) ?? [];
  const own = [...pages.keys()].map((page) => [page, lines.slice(page * pageLines, (page + 1) * pageLines)]);
  const looked = found.phase === "done" ? found.value : null;
  const hits = lines.flatMap((line, at) => (looked !== null && line.includes(looked.text) ? [at + 1] : []));
  return [
    [facts.lines, [...pages], looked?.lines ?? []],
    [lines.length, own, hits],
  ];
}

test("facts, lines, what was found and what was chosen are of one version, in whatever order answers come", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), acts, async (scheduler, todo) => {
      const { handlers, stamp, target, close } = await startedConsole();
      stamp.sessions = [aSession({ endedAt: null })];
      const text = new LiveText((whole) => void stamp.transcripts.set(sessionId, whole));
      const [page, host] = memoryPair();
      serve(consoleContract, handlers, host, { log: { write: () => undefined } });
      const client = lateClient(connect(consoleContract, page), scheduler);
      const store = createTranscriptStore(client, () => scheduler.schedule(Promise.resolve()));
      const shown = (): TranscriptVersion | null => {
        const { version } = store.getState();
        return version.phase === "done" ? version.value : null;
      };
      let chosen: string | undefined;
      let asked = "";
      // A listener must not throw: the store would take it for a failure of what it asked.
      const seen: (readonly [unknown, unknown])[] = [];
      store.subscribe(() => {
        const version = shown();
        if (version === null) return;
        seen.push(held(version, text));
        if (version.found.phase === "done") seen.push([version.found.value.text, asked]);
        const place = version.place?.line;
        if (place !== undefined) seen.push([text.known.get(version.facts.sha256)?.[place - 1], chosen]);
      });
      const perform = async (one: (typeof todo)[number]): Promise<void> => {
        if (one.act === "grow") text.grow(one.by);
        if (one.act === "rewrite") text.rewrite(one.lines);
        if (one.act === "look") store.getState().need(one.at + 1, one.at + 40);
        if (one.act === "find") asked = one.text;
        if (one.act === "find") void store.getState().find(one.text, false);
        const version = shown();
        if (one.act !== "goTo" || version === null) return;
        const line = Math.min(one.line + 1, version.facts.lines);
        chosen = text.known.get(version.facts.sha256)?.[line - 1];
        store.getState().goTo(line);
      };
      const leaving = new AbortController();
      const following = store.getState().open(target.id, sessionId, leaving.signal);
      await scheduler.waitFor(
        scheduler.scheduleSequence(todo.map((one) => ({ label: one.act, builder: () => perform(one) }))).task,
      );
      leaving.abort();
      await scheduler.waitFor(following);
      await close();
      for (const [shownOfIt, itself] of seen) expect(shownOfIt).toEqual(itself);
    }),
    { numRuns: 60 },
  );
});

/** A store that follows a live text; the test says when it reads again, and sees every state. */
async function followed(lines: number) {
  const { handlers, stamp, target } = await startedConsole();
  stamp.sessions = [aSession({ endedAt: null })];
  const text = new LiveText((whole) => void stamp.transcripts.set(sessionId, whole));
  text.rewrite(lines - 1);
  const [page, host] = memoryPair();
  serve(consoleContract, handlers, host, { log: { write: () => undefined } });
  let resting = Promise.withResolvers<() => void>();
  const store = createTranscriptStore(connect(consoleContract, page), () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    resting.resolve(resolve);
    return promise;
  });
  const readAgain = async (): Promise<void> => {
    const wake = await resting.promise;
    resting = Promise.withResolvers();
    wake();
  };
  const leaving = new AbortController();
  const until = (holds: (version: TranscriptVersion) => boolean): Promise<TranscriptVersion> =>
    new Promise((resolve) => {
      const look = (): void => {
        const { version } = store.getState();
        if (version.phase !== "done" || !holds(version.value)) return;
        leave();
        resolve(version.value);
      };
      const leave = store.subscribe(look);
      queueMicrotask(look);
    });
  void store.getState().open(target.id, sessionId, leaving.signal);
  await until(({ facts }) => facts.lines === lines);
  return { store, text, until, readAgain, leave: () => leaving.abort() };
}

test("a text that was changed and grew is read again whole: no old line stands beside the new hash", async () => {
  const { store, text, until, readAgain } = await followed(1_200);
  store.getState().need(1, 1_200);
  await until(({ pages }) => pages.size === 3);
  text.rewrite(1_999);
  await readAgain();
  const after = await until(({ facts }) => facts.lines === 2_000);
  for (const lines of after.pages.values()) expect(lines.join()).not.toContain("writing 2");
  expect(after.facts.warnings[0]).toContain("does not begin like the copy");
});

test("a text that only grew keeps its full pages, what was found is found anew, and the chosen line stays", async () => {
  const { store, text, until, readAgain } = await followed(1_200);
  store.getState().need(1, 40);
  store.getState().goTo(7);
  await store.getState().find("line 1", true);
  const before = await until(({ pages, found }) => pages.size === 1 && found.phase === "done");
  text.grow(100);
  await readAgain();
  const after = await until(({ facts }) => facts.lines === 1_300);
  expect(after.pages.get(0)).toBe(before.pages.get(0));
  expect(after.place).toBe(before.place);
  expect(after.found).toMatchObject({ value: { total: 1 + 10 + 100 + 300 + 1 } });
});

test("what is on the screen is there in the moment that a new version is shown", async () => {
  const { store, text, until, readAgain } = await followed(1_200);
  store.getState().need(1_160, 1_200);
  const before = await until(({ pages }) => pages.has(2));
  const shown: boolean[] = [];
  store.subscribe(({ version }) => {
    if (version.phase === "done") shown.push(version.value.pages.has(2));
  });
  text.rewrite(1_199);
  await readAgain();
  await until(({ facts }) => facts.sha256 !== before.facts.sha256);
  expect(shown).toEqual([true]);
});

test("a version that is being saved is not given back before it is saved", async () => {
  const { store, text, until, readAgain, leave } = await followed(40_000);
  const saved: string[] = [];
  const saving = store.getState().exportText((whole) => void saved.push(sha256(whole)));
  const { version } = store.getState();
  const before = version.phase === "done" ? version.value.facts.sha256 : "";
  text.rewrite(5);
  await readAgain();
  await until(({ facts }) => facts.lines === 6);
  await saving;
  expect(saved).toEqual([before]);
  expect(store.getState().exporting).toEqual({ phase: "idle" });
  leave();
});

test("the lines found are gone through as fast as one asks, round both ends", async () => {
  const { store, until } = await followed(20);
  await store.getState().find("line 1", true);
  await until(({ found }) => found.phase === "done");
  const gone: (number | undefined)[] = [];
  for (const by of [1, 1, -1, -1, 1] as const) {
    store.getState().goToFound(by);
    const { version } = store.getState();
    gone.push(version.phase === "done" ? version.value.place?.line : undefined);
  }
  expect(gone).toEqual([1, 10, 1, 19, 1]);
  await store.getState().find("no such text", true);
  store.getState().goToFound(1);
  expect(store.getState().version).toMatchObject({ value: { place: { line: 1 } } });
});
