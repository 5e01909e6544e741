import type { Act, Grant, Session } from "#contract";
import { expect, test } from "vitest";
import { timelineItems } from "./timelineItems.ts";

const day = 86_400_000;
const now = Date.parse("2026-11-24T12:00:00Z");
const span = { from: now - 7 * day, now };

const grant = (about: Partial<Grant>): Grant => ({
  key: "g",
  state: "Expired",
  active: false,
  level: "Diagnostics",
  levelAsPrinted: "Diagnostics",
  createdAt: "2026-11-22T03:00:00.000Z",
  updatedAt: "2026-11-22T03:00:00.000Z",
  expiresAt: "2026-11-22T11:00:00.000Z",
  connectionStatus: null,
  connectionError: null,
  targetService: null,
  other: [],
  record: null,
  ...about,
});

const act = (about: Partial<Act>): Act => ({
  id: "a",
  act: "grant",
  operator: "Ann",
  reason: "Disk alarm",
  caseNumber: "42",
  level: "Diagnostics",
  minutes: 480,
  startedAt: "2026-11-22T03:00:00.000Z",
  finishedAt: "2026-11-22T03:00:02.000Z",
  outcome: "granted",
  ...about,
});
const revoke = act({
  id: "r",
  act: "revoke",
  outcome: "closed",
  minutes: null,
  level: null,
  finishedAt: "2026-11-22T04:00:01.000Z",
});

const session: Session = {
  id: "s",
  level: "Diagnostics",
  levelAsPrinted: "Diagnostics",
  startedAt: "2026-11-22T03:30:00.000Z",
  endedAt: null,
  remoteApplication: null,
  transcriptPath: null,
  transcriptForgottenAt: null,
  other: [],
};

const drawn = (grants: readonly Grant[], acts: readonly Act[], sessions: readonly Session[] = []) =>
  timelineItems({ targetId: "t", grants, acts, sessions }, span);

test("a grant that ran out is a bar to its expiry, with a mark there", () => {
  const [bar, end] = drawn([grant({})], []);
  expect(bar).toMatchObject({ lane: 0, look: "past", isOpen: false, to: Date.parse("2026-11-22T11:00:00Z") });
  expect(bar?.words).toContain("Not opened from this console");
  expect(end).toMatchObject({ lane: 2, words: "Grant expired\n2026-11-22 11:00 UTC" });
});

test("a grant that this console opened and revoked ends at the revoke, still says by whom, and has one mark", () => {
  const shortened = grant({
    updatedAt: "2026-11-22T04:00:00.000Z",
    expiresAt: "2026-11-22T04:00:00.000Z",
  });
  const items = drawn([shortened], [act({}), revoke]);
  expect(items.map(({ id }) => id)).toEqual(["grant g", "revoke r"]);
  expect(items[0]?.words).toContain("Disk alarm · case 42 · by Ann");
  expect(items[1]?.words).toBe("Revoke: Confirmed closed\n2026-11-22 04:00 UTC\nby Ann");
});

test("a grant in force and a session inside reach to now", () => {
  const [open, inside] = drawn(
    [grant({ active: true, expiresAt: "2026-11-25T00:00:00.000Z" })],
    [],
    [session],
  );
  expect(open).toMatchObject({ look: "open", isOpen: true, to: now });
  expect(inside).toMatchObject({ look: "inside", isOpen: true, to: now, href: "#/transcript/t/s" });
});

test("a grant that the target has forgotten is drawn from the ledger, and never twice", () => {
  expect(drawn([], [act({})]).map(({ id, to }) => [id, to])).toEqual([
    ["act a", Date.parse("2026-11-22T11:00:02Z")],
  ]);
  const changed = act({ id: "b", finishedAt: "2026-11-22T05:00:00.000Z" });
  expect(drawn([grant({})], [act({}), changed]).filter(({ lane }) => lane === 0)).toHaveLength(1);
});

test("what ended before the span is left out, what reaches into it is not", () => {
  const before = grant({
    key: "old",
    createdAt: "2026-11-10T00:00:00.000Z",
    expiresAt: "2026-11-11T00:00:00.000Z",
  });
  const into = grant({
    key: "long",
    createdAt: "2026-11-10T00:00:00.000Z",
    expiresAt: "2026-11-20T00:00:00.000Z",
  });
  expect(drawn([before, into], []).map(({ id }) => id)).toEqual(["grant long", "end long"]);
});
