import fc from "fast-check";
import { expect, test } from "vitest";
import type { TranscriptFacts } from "#contract";
import { aSession } from "../../testing/builders.ts";
import { sha256, startedConsole } from "../../testing/startedConsole.ts";

const never = new AbortController().signal;
const { id: sessionId } = aSession();

/** A running session whose text a test changes, and its readings. */
async function runningSession() {
  const { handlers, stamp, target } = await startedConsole();
  stamp.sessions = [aSession({ endedAt: null })];
  const read = (text: string): Promise<TranscriptFacts> => {
    stamp.transcripts.set(sessionId, text);
    return handlers.transcripts.open({ targetId: target.id, sessionId }, never);
  };
  return { handlers, read };
}

/** Texts that often grow and sometimes change, as a live transcript does. */
const versions = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "\n", "\r\n"), minLength: 1 }), {
  minLength: 2,
  maxLength: 6,
});
const grown = fc
  .tuple(versions, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }))
  .map(([texts, grows]) =>
    texts.map((text, at) => (grows[at] === true ? texts.slice(0, at + 1).join("") : text)),
  );

test("a reading continues an earlier one exactly where its text begins with that one's, to the letter", async () => {
  await fc.assert(
    fc.asyncProperty(grown, async (texts) => {
      const { read } = await runningSession();
      let before: { readonly facts: TranscriptFacts; readonly text: string } | null = null;
      for (const text of texts) {
        const facts = await read(text);
        const goesOn = before !== null && text.startsWith(before.text);
        expect(facts.continues).toBe(goesOn ? before?.facts.transcriptId : null);
        before = { facts, text };
      }
    }),
    { numRuns: 50 },
  );
});

test("each reading keeps its own hash, lines and text, whatever was read after it", async () => {
  await fc.assert(
    fc.asyncProperty(grown, async (texts) => {
      const { handlers, read } = await runningSession();
      const readings: TranscriptFacts[] = [];
      for (const text of texts) readings.push(await read(text));
      for (const [at, { transcriptId, sha256: hash, characters }] of readings.entries()) {
        const own = texts[at] ?? "";
        const whole = await handlers.transcripts.text({ transcriptId, from: 0, count: 500_000 }, never);
        expect([whole.text, hash, characters]).toEqual([own, sha256(own), own.length]);
      }
    }),
    { numRuns: 50 },
  );
});

test("that a text was changed stays told while it grows, and is no news of a text that only grew", async () => {
  const { read } = await runningSession();
  expect((await read("one\n")).warnings.join()).not.toContain("changed on the target");
  expect((await read("one\ntwo\n")).warnings.join()).not.toContain("changed on the target");
  const words = (await read("ONE\ntwo\nthree\n")).warnings[0];
  expect(words).toContain("does not begin like the copy");
  expect((await read("ONE\ntwo\nthree\nfour\n")).warnings[0]).toBe(words);
});
