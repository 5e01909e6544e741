import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { ConsoleClient, LedgerEntry } from "#contract";
import { aGrantRequest, openDoor } from "../journeys/steps.ts";
import { openBench } from "./bench.ts";
import type { Bench } from "./bench.ts";
import { onMessages } from "./twists.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
beforeEach(async () => {
  await bench.behave();
  bench.ledger.written.length = 0;
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
});

type At = {
  readonly client: ConsoleClient;
  readonly lose: () => void;
  readonly stop: AbortController;
  readonly questionId: string;
};

/** What is done when the question is there; nobody says Yes in time. */
const waysOut: readonly (readonly [string, (at: At) => Promise<unknown> | void])[] = [
  ["the window is closed", ({ lose }) => lose()],
  [
    "the page is lost, and another one stays silent",
    ({ lose }) => {
      lose();
      bench.enter();
    },
  ],
  ["the request is cancelled", ({ stop }) => stop.abort()],
  ["the opening is stopped", ({ client }) => client.grants.stop({ targetId: bench.alone.id })],
  [
    "the answer comes after the stop",
    async ({ client, questionId }) => {
      await client.grants.stop({ targetId: bench.alone.id });
      await client.consent.answer({ questionId, answer: "yes" }).catch(() => undefined);
    },
  ],
  ["a revoke comes between", ({ client }) => revoke(client)],
  ["the connection is cut", () => bench.front.turn((socket) => void socket.destroy())],
];

test.each(waysOut)("no grant is left, and intent and outcome are recorded, when %s", async (_, leave) => {
  const { client, lose } = bench.enter();
  const stop = new AbortController();
  let left: Promise<unknown> = Promise.resolve();
  const opening = (async () => {
    let asked = false;
    for await (const { question } of client.grants.open(aGrantRequest(bench.alone.id), {
      signal: stop.signal,
    })) {
      if (question === null || asked) continue;
      asked = true;
      left = Promise.resolve(leave({ client, lose, stop, questionId: question.questionId }));
    }
  })();
  await opening.catch(() => undefined);
  await left;
  const outcome = await recorded();
  expect(outcome.receipt?.outcome).toMatch(/^(notGranted|notKnown)$/);
  expect(outcome.receipt?.answer).toBe("stopped");
  expect(await bench.activeGrants()).toBe(0);
  const { entries, chain } = await bench.client.ledger.list({});
  expect(chain.state).toBe("whole");
  const phases = entries.filter(({ act }) => act === "grant").map(({ phase }) => phase);
  expect(phases).toEqual(["outcome", "intent"]);
});

/** Waits for the outcome of the grant; a ledger in memory answers at once, so others get their turn between. */
async function recorded(): Promise<LedgerEntry> {
  for (;;) {
    const { entries } = await bench.client.ledger.list({});
    const outcome = entries.find(({ act, phase }) => act === "grant" && phase === "outcome");
    if (outcome !== undefined) return outcome;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

async function revoke(client: ConsoleClient): Promise<void> {
  const request = { targetId: bench.alone.id, operator: "Ada B", reason: "at once" };
  for await (const progress of client.grants.revoke(request)) void progress;
}

const choice = (label: string): string =>
  `<Obj RefId="9${label.length}"><MS><S N="label">${label}</S><S N="helpMessage"></S></MS></Obj>`;

/** Changes the question on its way. */
const strange: readonly (readonly [string, (xml: string) => string])[] = [
  ["three choices", (xml) => xml.replace(/<\/LST>(?!.*<\/LST>.*<\/LST>)/s, `${choice("&amp;Maybe")}</LST>`)],
  ["other labels", (xml) => xml.replace("&amp;Yes", "&amp;Accept")],
  ["another method", (xml) => xml.replace("<I32>26</I32>", "<I32>9999</I32>")],
  ["a password prompt", (xml) => xml.replace("<I32>26</I32>", "<I32>12</I32>")],
];

test.each(strange)("a question with %s is put to nobody: the command is stopped", async (_, change) => {
  const twist = onMessages(({ type, xml }) => ({
    type,
    xml: xml.includes("PromptForChoice") ? change(xml) : xml,
  }));
  bench.stamp.endpoint(0)?.order({ kind: { type: "twisted", twist }, on: "receive" });
  let asked = 0;
  const { outcome } = await openDoor(bench.client, aGrantRequest(bench.alone.id), () => {
    asked += 1;
  });
  expect(asked).toBe(0);
  expect(outcome).toMatchObject({ kind: "notGranted", receipt: { answer: "stopped" } });
  expect(outcome?.kind === "notGranted" ? outcome.because.sentence : "").toMatch(
    /AZS-ERCS01.*does not answer.*nothing was agreed to/,
  );
  expect(await bench.activeGrants()).toBe(0);
});

test("a console that closes at the question records the outcome, and no grant is left", async () => {
  await using other = await openBench();
  const opening = openDoor(other.client, aGrantRequest(other.alone.id), () => void other.console.close());
  await opening.catch(() => undefined);
  await other.console.close();
  expect(other.ledger.written.map((line) => (JSON.parse(line) as { phase: string }).phase)).toEqual([
    "intent",
    "outcome",
  ]);
  expect(await other.activeGrants()).toBe(0);
});
