import type { Act, Grant, GrantAct, Session } from "#contract";
import { expect, test } from "vitest";
import { aGrant, aSession } from "../../../electron/testing/builders.ts";
import { timelineItems } from "./timelineItems.ts";

const day = 86_400_000;
const now = Date.parse("2026-11-24T12:00:00Z");
const span = { from: now - 7 * day, now };

const grant = (about: Partial<Grant>): Grant =>
  aGrant({
    key: "g",
    state: "Expired",
    active: false,
    createdAt: "2026-11-22T03:00:00.000Z",
    updatedAt: "2026-11-22T03:00:00.000Z",
    expiresAt: "2026-11-22T11:00:00.000Z",
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
const made = (about: Partial<GrantAct>): GrantAct => ({
  receiptId: "a",
  operator: "Ann",
  reason: "Disk alarm",
  caseNumber: "42",
  at: "2026-11-22T03:00:00.000Z",
  level: "Diagnostics",
  minutes: 480,
  ...about,
});
const revoke = act({
  id: "r",
  act: "revoke",
  outcome: "closed",
  minutes: null,
  level: null,
  startedAt: "2026-11-22T03:59:59.000Z",
  finishedAt: "2026-11-22T04:00:01.000Z",
});

const session = aSession({
  id: "s",
  startedAt: "2026-11-22T03:30:00.000Z",
  running: true,
  endedAt: null,
});

const drawn = (
  grants: readonly Grant[],
  acts: readonly Act[],
  sessions: readonly Session[] = [],
  deviceAheadMs: number | null = 0,
) => timelineItems({ targetId: "t", grants, acts, sessions, deviceAheadMs }, span);

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
    acts: [made({})],
  });
  const items = drawn([shortened], [act({}), revoke]);
  expect(items.map(({ id }) => id)).toEqual(["grant g", "revoke r"]);
  expect(items[0]?.words).toContain("Disk alarm · case 42 · by Ann");
  expect(items[1]?.words).toBe("Revoke: Confirmed closed\n2026-11-22 04:00 UTC\nby Ann");
});

test("a proved revoke ends a grant whose target goes on printing the expiry of before", () => {
  const items = drawn([grant({ acts: [made({})] })], [act({}), revoke]);
  expect(items.map(({ id, to }) => [id, to])).toEqual([
    ["grant g", Date.parse(revoke.finishedAt)],
    ["revoke r", Date.parse(revoke.finishedAt)],
  ]);
});

test("a clock of the target that is an hour off ends no grant before it was made", () => {
  const hour = 3_600_000;
  const later = grant({
    createdAt: "2026-11-22T03:30:00.000Z",
    updatedAt: "2026-11-22T03:30:00.000Z",
    expiresAt: "2026-11-22T05:30:00.000Z",
  });
  // By the console's clock the grant was made at 04:30, after the revoke.
  const bar = drawn([later], [revoke], [], -hour).find(({ id }) => id === "grant g");
  expect(bar?.to).toBe(Date.parse("2026-11-22T05:30:00Z"));
});

test("what this console did stands where the target's clock was by then, beside what the target printed", () => {
  const hour = 3_600_000;
  const [mark] = drawn([], [revoke], [], hour);
  expect(mark).toMatchObject({ from: Date.parse(revoke.finishedAt) + hour });
  expect(mark?.words).toContain("2026-11-22 05:00 UTC");
  const [recorded] = drawn([], [act({})], [], hour);
  expect(recorded?.from).toBe(Date.parse("2026-11-22T04:00:02Z"));
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

test("a session whose end cannot be read is over, and says so; it names the act it began under", () => {
  const [ended] = drawn([], [], [{ ...session, running: false, under: made({}) }]);
  expect(ended).toMatchObject({ look: "passed", isOpen: false });
  expect(ended?.words).toContain("its end cannot be read");
  expect(ended?.words).toContain("under: Disk alarm · case 42 · by Ann");
});

test("a grant is drawn in the stretches that its acts made, each with its own level and reason", () => {
  const raised = made({
    receiptId: "b",
    reason: "Repair it",
    at: "2026-11-22T05:00:00.000Z",
    level: "DiagnosticsRepair",
  });
  const changed = grant({ level: "DiagnosticsRepair", acts: [made({}), raised] });
  const bars = drawn([changed], [act({}), act({ id: "b" })]).filter(({ lane }) => lane === 0);
  expect(bars.map(({ from, to, words }) => [from, to, words.split("\n")[0], words.split("\n")[2]])).toEqual([
    [
      Date.parse("2026-11-22T03:00:00Z"),
      Date.parse(raised.at),
      "Grant, Diagnostics",
      "Disk alarm · case 42 · by Ann",
    ],
    [
      Date.parse(raised.at),
      Date.parse("2026-11-22T11:00:00Z"),
      "Grant, Diagnostics and repair",
      "Repair it · case 42 · by Ann",
    ],
  ]);
});

test("two grants that were opened within minutes keep their own reasons", () => {
  const second = grant({
    key: "h",
    createdAt: "2026-11-22T03:04:00.000Z",
    acts: [made({ receiptId: "b", reason: "Another", at: "2026-11-22T03:04:00.000Z" })],
  });
  const first = grant({ expiresAt: "2026-11-22T03:02:00.000Z", acts: [made({})] });
  const words = drawn([first, second], [act({}), act({ id: "b", reason: "Another" })]).flatMap((item) =>
    item.lane === 0 ? [item.words.split("\n")[2]] : [],
  );
  expect(words).toEqual(["Disk alarm · case 42 · by Ann", "Another · case 42 · by Ann"]);
});

test("what others made of a grant, before this console changed it or after, is not put down to this console", () => {
  const ours = made({ at: "2026-11-22T05:00:00.000Z" });
  const [before] = drawn([grant({ acts: [ours] })], []);
  expect(before?.words).toMatch(/level not told[^]*Not opened from this console/);
  const after = grant({
    acts: [made({})],
    level: "DiagnosticsRepair",
    updatedAt: "2026-11-22T06:00:00.000Z",
  });
  expect(drawn([after], []).map(({ words }) => words.split("\n")[2])).toContain("Changed from elsewhere");
});

test("a grant that the target has forgotten is drawn from the ledger, and never twice", () => {
  expect(drawn([], [act({})]).map(({ id, to }) => [id, to])).toEqual([
    ["act a", Date.parse("2026-11-22T11:00:02Z")],
  ]);
  expect(drawn([grant({ acts: [made({})] })], [act({})]).filter(({ lane }) => lane === 0)).toHaveLength(1);
});

test("what ended before the span is left out, what reaches into it is not", () => {
  const before = grant({
    key: "old",
    createdAt: "2026-11-10T00:00:00.000Z",
    updatedAt: null,
    expiresAt: "2026-11-11T00:00:00.000Z",
  });
  const into = grant({
    key: "long",
    createdAt: "2026-11-10T00:00:00.000Z",
    updatedAt: null,
    expiresAt: "2026-11-20T00:00:00.000Z",
  });
  expect(drawn([before, into], []).map(({ id }) => id)).toEqual(["grant long", "end long"]);
});
