import { expect } from "vitest";
import type { Opened } from "./opened.ts";
import { practicePassword } from "./opened.ts";
import {
  activeGrants,
  aGrantRequest,
  chooseStamp,
  failureCode,
  floodWithStreams,
  openDoor,
  openWithYes,
  recordedOutcome,
  shutDoor,
} from "./steps.ts";

/** What an operator sets out to do, over whichever channel. */
export type Journey = { readonly sentence: string; readonly walk: (opened: Opened) => Promise<void> };

export const journeys: readonly Journey[] = [
  {
    sentence: "the practice stamp is chosen and its door is seen closed",
    walk: async ({ client }) => {
      const target = await chooseStamp(client);
      expect(target).toMatchObject({ practice: true, configuration: "PrivilegedEndpoint" });
      expect(target.endpoints).toHaveLength(3);
      expect(await activeGrants(client, target)).toBe(0);
    },
  },
  {
    sentence: "the endpoint's question is read, answered Yes, and a fresh reading shows the grant",
    walk: async ({ client }) => {
      const target = await chooseStamp(client);
      const terms = await client.consent.terms({ targetId: target.id });
      const { outcome } = await openDoor(client, aGrantRequest(target.id), async (question) => {
        expect(question).toMatchObject({ sameAsPublished: true, sha256: terms.sha256 });
        await client.consent.answer({ questionId: question.questionId, answer: "yes" });
      });
      expect(outcome).toMatchObject({ kind: "granted", grant: { active: true, level: "Diagnostics" } });
      expect(outcome?.receipt).toMatchObject({ act: "grant", answer: "yes", answeredBy: "person" });
      expect(await activeGrants(client, target)).toBe(1);
    },
  },
  {
    sentence: "an answer of No leaves no grant",
    walk: async ({ client }) => {
      const target = await chooseStamp(client);
      const { outcome } = await openDoor(client, aGrantRequest(target.id), async ({ questionId }) => {
        await client.consent.answer({ questionId, answer: "no" });
      });
      expect(outcome).toMatchObject({ kind: "declined", receipt: { answer: "no" } });
      expect(await activeGrants(client, target)).toBe(0);
    },
  },
  {
    sentence: "an opening that is stopped at its question says so and leaves no grant",
    walk: async ({ client }) => {
      const target = await chooseStamp(client);
      const { outcome } = await openDoor(client, aGrantRequest(target.id), async () => {
        await client.grants.stop({ targetId: target.id });
      });
      expect(outcome).toMatchObject({ kind: "notGranted", receipt: { answer: "stopped" } });
      expect(await activeGrants(client, target)).toBe(0);
    },
  },
  {
    sentence: "leaving the opening half-way stops it, and the ledger says what came of it",
    walk: async ({ client }) => {
      const target = await chooseStamp(client);
      const controller = new AbortController();
      const opening = client.grants.open(aGrantRequest(target.id), { signal: controller.signal });
      const reading = (async () => {
        for await (const { question } of opening) if (question !== null) controller.abort();
      })();
      expect(await failureCode(reading)).toBe("cancelled");
      const { outcome, chain } = await recordedOutcome(client, "grant");
      expect(outcome.receipt).toMatchObject({ answer: "stopped", outcome: "notGranted" });
      expect(chain.state).toBe("whole");
      expect(await activeGrants(client, target)).toBe(0);
    },
  },
  {
    sentence: "a window that is lost at the question leaves no grant, as the next window reads",
    walk: async ({ client, lose, again }) => {
      const target = await chooseStamp(client);
      const opening = openDoor(client, aGrantRequest(target.id), lose);
      expect(await failureCode(opening)).toBe("channelLost");
      expect(await failureCode(client.ledger.list({}))).toBe("channelLost");
      const next = await again();
      const { outcome } = await recordedOutcome(next, "grant");
      expect(outcome.receipt).toMatchObject({ answer: "stopped", outcome: "notGranted" });
      expect(await activeGrants(next, target)).toBe(0);
    },
  },
  {
    sentence: "a transcript of an earlier visit is read, paged, searched, put away and read the same again",
    walk: async ({ client }) => {
      const target = await chooseStamp(client);
      const { sessions } = await client.sessions.list({ targetId: target.id, from: null });
      const visit = sessions.find(
        ({ endedAt, transcriptPath }) => endedAt !== null && transcriptPath !== null,
      );
      if (visit === undefined) throw new Error("the history has no visit with a transcript");
      const facts = await client.transcripts.open({ targetId: target.id, sessionId: visit.id });
      const { transcriptId } = facts;
      expect(facts).toMatchObject({ live: false, sessionId: visit.id });
      expect(facts.operations).toBeGreaterThan(0);
      const page = await client.transcripts.page({ transcriptId, from: 1, count: 5_000 });
      expect(page.lines).toHaveLength(Math.min(facts.lines, 5_000));
      const found = await client.transcripts.find({
        transcriptId,
        text: "CommandInvocation",
        matchCase: true,
      });
      expect(found.total).toBeGreaterThan(0);
      await client.transcripts.close({ transcriptId });
      const again = await client.transcripts.open({ targetId: target.id, sessionId: visit.id });
      expect(again.sha256).toBe(facts.sha256);
    },
  },
  {
    sentence: "the door is shut, and the receipt proves it by fresh readings of the endpoints",
    walk: async ({ client }) => {
      const target = await chooseStamp(client);
      await openWithYes(client, target);
      const { outcome, readings } = await shutDoor(client, target);
      expect(outcome).toMatchObject({ kind: "closed", receipt: { act: "revoke", outcome: "closed" } });
      expect(readings.some(({ activeGrants: active }) => active === 0)).toBe(true);
      expect(await activeGrants(client, target)).toBe(0);
      const { entries, chain } = await client.ledger.list({});
      expect(chain).toEqual({ state: "whole", entries: entries.length });
      expect(entries.map(({ act, phase }) => `${act} ${phase}`)).toEqual([
        "revoke outcome",
        "revoke intent",
        "grant outcome",
        "grant answer",
        "grant intent",
      ]);
    },
  },
  {
    sentence: "a page that fills the console with calls still answers the question and shuts the door",
    walk: async ({ client }) => {
      const target = await chooseStamp(client);
      const leaving = new AbortController();
      const { outcome: opened } = await openDoor(client, aGrantRequest(target.id), async ({ questionId }) => {
        const refused = await floodWithStreams(client, target, 1_500, leaving.signal);
        expect(refused).toBeNull();
        expect(await floodWithStreams(client, target, 1_000, leaving.signal)).toBe("quota");
        await client.consent.answer({ questionId, answer: "yes" });
      });
      expect(opened?.kind).toBe("granted");
      expect((await shutDoor(client, target)).outcome).toMatchObject({ kind: "closed" });
      leaving.abort();
    },
  },
  {
    sentence: "an input that does not fit is refused in words that name the field, and nothing is sent",
    walk: async ({ client, drill }) => {
      const target = await chooseStamp(client);
      const before = drill.counts().envelopes;
      for (const minutes of [59, 20_161, 0, -1, 1e9, 60.5]) {
        const opening = openDoor(client, { ...aGrantRequest(target.id), minutes }, () => undefined);
        await expect(opening).rejects.toMatchObject({
          code: "invalidInput",
          message: expect.stringContaining('"minutes"') as string,
        });
      }
      expect((await client.ledger.list({})).entries).toEqual([]);
      expect(drill.counts().envelopes - before).toBeLessThan(10);
    },
  },
  {
    sentence: "no answer and no line of the log carries the password",
    walk: async ({ client, logged }) => {
      const target = await chooseStamp(client);
      const code = await failureCode(
        client.targets.signIn({ targetId: target.id, account: target.account, password: "wrong-password-1" }),
      );
      expect(code).toBe("signInRefused");
      const shown = JSON.stringify([await client.targets.list({}), await client.settings.read({}), logged]);
      expect(shown).not.toContain(practicePassword);
      expect(shown).not.toContain("wrong-password-1");
    },
  },
];
