import type { GrantProgress, RevokeProgress } from "#contract";
import { expect, test } from "vitest";
import { anOverview, aQuestion, aReceipt } from "../../../electron/testing/builders.ts";
import type { Revocation } from "../../stores/createRevokeStore.ts";
import { grantWizard, wizardOf } from "../../stores/grantWizard.ts";
import type { WizardState } from "../../stores/grantWizard.ts";
import { restWords, stripRows } from "./stripRows.ts";

const startedAt = "2026-11-24T03:00:00.000Z";
const receipt = aReceipt({ act: "revoke", outcome: "closed", finishedAt: "2026-11-24T03:00:04.000Z" });
const progress: RevokeProgress = {
  startedAt,
  facts: [],
  doing: null,
  taken: true,
  readings: [],
  outcome: null,
};
const closing: Revocation = { phase: "running", since: 1, operator: "ana", progress, failure: null };
const closed: Revocation = {
  ...closing,
  phase: "ended",
  progress: { ...progress, outcome: { kind: "closed", milliseconds: 4_000, receipt } },
};
const notSent: Revocation = { ...closing, phase: "notSent", progress: null };

function wizard(question: GrantProgress["question"]): WizardState {
  const request = { level: "Diagnostics", minutes: 60, operator: "b", reason: "r", caseNumber: "" } as const;
  const asked = { startedAt, stage: "question", facts: [], doing: null, question, outcome: null } as const;
  return grantWizard(wizardOf(request), { type: "found", found: { request, progress: asked } });
}
const overview = { screen: "overview" } as const;
const nothing = { revokes: {}, wizards: {}, overviews: [], route: overview };

test("the worst is first: not proved, then what asks, then what closes, then what opens, then proofs", () => {
  const rows = stripRows({
    ...nothing,
    revokes: { proved: closed, closing, unsent: notSent },
    wizards: { opening: wizard(null), asks: wizard(aQuestion()) },
  });
  expect(rows.map(({ targetId }) => targetId)).toEqual(["unsent", "asks", "closing", "opening", "proved"]);
  expect(restWords(rows)).toBe("5 more: 1 not proved, 1 asking, 2 going on, 1 shut");
  expect(restWords(rows.slice(-1))).toBe("1 more: 1 shut");
});

test("a proof that a later reading contradicts is past", () => {
  const opened = (answeredAt: string) => [anOverview({ id: "t" }, { state: "open", answeredAt })];
  const revokes = { t: closed };
  expect(stripRows({ ...nothing, revokes, overviews: opened("2026-11-24T03:00:03.000Z") })).toHaveLength(1);
  expect(stripRows({ ...nothing, revokes, overviews: opened("2026-11-24T03:00:05.000Z") })).toEqual([]);
});

test("the opening that fills the screen is not told twice", () => {
  const wizards = { t: wizard(aQuestion()) };
  expect(stripRows({ ...nothing, wizards })).toHaveLength(1);
  expect(stripRows({ ...nothing, wizards, route: { screen: "grant", targetId: "t" } })).toEqual([]);
  expect(stripRows({ ...nothing, wizards, route: { screen: "grant", targetId: "other" } })).toHaveLength(1);
});

test("what was not sent or not confirmed is no alarm any more when a later reading shows the door shut", () => {
  const since = Date.parse(startedAt);
  const shut = (answeredAt: string) => [anOverview({ id: "t" }, { state: "closed", answeredAt })];
  const rowOf = (answeredAt: string) =>
    stripRows({ ...nothing, revokes: { t: { ...notSent, since } }, overviews: shut(answeredAt) })[0];
  expect(rowOf("2026-11-24T02:59:59.000Z")).toMatchObject({ isShutByNow: false });
  expect(rowOf("2026-11-24T03:00:05.000Z")).toMatchObject({ isShutByNow: true });
});
