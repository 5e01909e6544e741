import { expect, test } from "vitest";
import type { Failure, Grant } from "#contract";
import { aGrant } from "../../testing/builders.ts";
import { decideGrantOutcome, type GrantEvidence } from "./decideGrantOutcome.ts";

const asked = {
  level: "Diagnostics",
  minutes: 480,
  askedAt: "2026-11-21T02:59:59.000Z",
  readAt: "2026-11-21T03:00:05.000Z",
  aheadMs: 0,
} as const;
const trouble: Failure = { code: "refused", sentence: "no", remedy: "none" };
const shows = (...grants: readonly Grant[]) => ({
  endpoint: "ERCS01",
  grants,
  notUnderstood: [],
  speaksForAsked: true,
});
const another = (...grants: readonly Grant[]) => ({ ...shows(...grants), speaksForAsked: false });
const unclear = { ...shows(aGrant()), notUnderstood: ["State : Active"] };
const older = aGrant({
  createdAt: "2026-11-20T20:00:00.000Z",
  updatedAt: "2026-11-20T20:00:00.000Z",
  expiresAt: "2026-11-21T04:00:00.000Z",
});
const updatedInPlace = aGrant({ createdAt: older.createdAt });
const base: GrantEvidence = {
  asked,
  sent: true,
  answer: "yes",
  trouble: null,
  before: [],
  after: shows(aGrant()),
  unread: null,
};

const cases: readonly (readonly [string, Partial<GrantEvidence>, string])[] = [
  ["the reading shows it", {}, "granted"],
  ["the reading shows it though the command ended in an error", { trouble }, "granted"],
  ["the endpoint put no question and the reading shows it", { answer: "notAsked" }, "granted"],
  ["an older grant was updated in place", { before: [older], after: shows(updatedInPlace) }, "granted"],
  ["an older grant stands beside the new one", { before: [older], after: shows(older, aGrant()) }, "granted"],
  [
    "the expiry is two seconds short",
    { after: shows(aGrant({ expiresAt: "2026-11-21T10:59:58.000Z" })) },
    "granted",
  ],
  [
    "the expiry is three seconds short",
    { after: shows(aGrant({ expiresAt: "2026-11-21T10:59:57.000Z" })) },
    "notKnown",
  ],
  [
    "the grant prints no start and its expiry fits our clock",
    { after: shows(aGrant({ createdAt: null, updatedAt: null })) },
    "granted",
  ],
  [
    "the grant prints no start and its expiry fits nothing",
    { after: shows(aGrant({ createdAt: null, updatedAt: null, expiresAt: "2026-11-21T12:00:00.000Z" })) },
    "notKnown",
  ],
  ["the grant prints no expiry", { after: shows(aGrant({ expiresAt: null })) }, "notKnown"],
  ["the new grant has another level", { after: shows(aGrant({ level: "DiagnosticsRepair" })) }, "notKnown"],
  ["only the older grant is there, without an error", { before: [older], after: shows(older) }, "notKnown"],
  [
    "only the older grant is there, and the endpoint refused",
    { before: [older], after: shows(older), trouble },
    "notGranted",
  ],
  ["the same grant was there before", { before: [aGrant()], trouble }, "notGranted"],
  ["the grant that fits is not active", { after: shows(aGrant({ active: false })), trouble }, "notGranted"],
  ["No, and nothing new", { answer: "no", after: shows() }, "declined"],
  ["No, and yet a new grant", { answer: "no" }, "notKnown"],
  ["stopped, and nothing new", { answer: "stopped", trouble, after: shows() }, "notGranted"],
  ["stopped, and yet a new grant", { answer: "stopped", trouble }, "notKnown"],
  ["nobody can be read", { after: null, unread: trouble }, "notKnown"],
  ["No, and nobody can be read", { answer: "no", after: null }, "notKnown"],
  [
    "the grant shows at another endpoint than the one that was asked",
    { after: another(aGrant()) },
    "granted",
  ],
  ["No, and only another endpoint could be read", { answer: "no", after: another() }, "notKnown"],
  ["refused, and only another endpoint could be read", { trouble, after: another() }, "notKnown"],
  ["the grant shows beside what nobody understood", { after: unclear }, "notKnown"],
  ["No, and what was read was not understood", { answer: "no", after: unclear }, "notKnown"],
  ["nothing was sent", { sent: false, after: null, trouble }, "notGranted"],
];

test.each(cases)("%s", (_, about, kind) => {
  expect(decideGrantOutcome({ ...base, ...about }).kind).toBe(kind);
});

const lost: Failure = { code: "notConfirmed", sentence: "It may or may not be done.", remedy: "none" };

test.each(["yes", "notAsked"] as const)(
  "a conversation that broke off (%s) is not known while no grant shows: why it may have, and what to do",
  (answer) => {
    const decision = decideGrantOutcome({ ...base, answer, trouble: lost, after: shows() });
    expect(decision).toMatchObject({ kind: "notKnown", because: { code: "notConfirmed", remedy: "retry" } });
    expect(decision.kind === "notKnown" && decision.because.sentence).toMatch(
      /no new grant so far.*possibly open; read again or revoke.*restarts WinRM.*third time/,
    );
  },
);

test("a question that nobody answered granted nothing, although its conversation was lost", () => {
  const decision = decideGrantOutcome({ ...base, answer: "stopped", trouble: lost, after: shows() });
  expect(decision).toEqual({ kind: "notGranted", because: lost });
});
