import { expect, test } from "vitest";
import type { Receipt } from "#contract";
import { aGrant, aReceipt, aSession } from "../../testing/builders.ts";
import type { KnownAct } from "../ledger/knownActs.ts";
import { joinGrants, joinSessions } from "./joinActs.ts";

const at = (minutes: number): string =>
  new Date(Date.parse("2026-11-21T03:00:00.000Z") + minutes * 60_000).toISOString();

/** A grant that was opened `minutes` after three, as its receipt names it. */
function opened(id: string, minutes: number, about: Partial<Receipt> = {}): KnownAct {
  const grant = {
    key: `created ${at(minutes)}`,
    levelAsPrinted: "Diagnostics",
    createdAt: at(minutes),
    updatedAt: at(minutes),
    expiresAt: at(minutes + 480),
  };
  const receipt = aReceipt({
    id,
    reason: `why of ${id}`,
    startedAt: at(minutes),
    finishedAt: at(minutes),
    grant,
    ...about,
  });
  return {
    id,
    act: "grant",
    targetId: "target-1",
    targetName: "Contoso",
    operator: receipt.operator,
    startedAt: at(minutes),
    lastAt: at(minutes),
    process: null,
    request: null,
    answer: null,
    receipt,
  };
}

const listed = (minutes: number, about = {}) =>
  aGrant({
    key: `created ${at(minutes)}`,
    createdAt: at(minutes),
    updatedAt: at(minutes),
    expiresAt: at(minutes + 480),
    ...about,
  });

test("a grant has the reason it was opened with, not that of one opened two minutes later", () => {
  const [first, second] = joinGrants([listed(0), listed(2)], [opened("one", 0), opened("two", 2)]);
  expect(first?.record?.reason).toBe("why of one");
  expect(second?.record?.reason).toBe("why of two");
});

test("a grant that was revoked keeps its record, though its expiry is another one now", () => {
  const revoked = listed(0, { active: false, state: "Expired", updatedAt: at(7), expiresAt: at(7) });
  expect(joinGrants([revoked], [opened("one", 0)])[0]?.record?.receiptId).toBe("one");
});

test("a level that was raised later relabels nothing of what was before", () => {
  const raised = opened("two", 60, {
    level: "DiagnosticsRepair",
    grant: { ...listedIdentity(0), updatedAt: at(60), expiresAt: at(540) },
  });
  const changed = listed(0, { level: "DiagnosticsRepair", updatedAt: at(60), expiresAt: at(540) });
  const [grant] = joinGrants([changed], [opened("one", 0), raised]);
  expect(grant?.acts.map((act) => [act.receiptId, act.level, act.at])).toEqual([
    ["one", "Diagnostics", at(0)],
    ["two", "DiagnosticsRepair", at(60)],
  ]);
  expect(grant?.record?.receiptId).toBe("two");
  const visits = [aSession({ id: "a", startedAt: at(30) }), aSession({ id: "b", startedAt: at(70) })];
  expect(
    joinSessions(visits, grant === undefined ? [] : [grant]).map(({ under }) => under?.receiptId),
  ).toEqual(["one", "two"]);
});

function listedIdentity(minutes: number) {
  const { key, levelAsPrinted, createdAt, updatedAt, expiresAt } = listed(minutes);
  return { key, levelAsPrinted, createdAt, updatedAt, expiresAt };
}

test("what nobody opened here, and a visit outside every grant, have no record", () => {
  expect(joinGrants([listed(5)], [opened("one", 0)])[0]).toMatchObject({ record: null, acts: [] });
  const [visit] = joinSessions(
    [aSession({ startedAt: at(-5) })],
    joinGrants([listed(0)], [opened("one", 0)]),
  );
  expect(visit?.under).toBeNull();
});

test("a visit belongs to a grant of an endpoint that shows both", () => {
  const grants = joinGrants(
    [listed(0, { shownBy: ["ERCS01"] }), listed(1, { shownBy: ["ERCS02"] })],
    [opened("one", 0), opened("two", 1)],
  );
  const visit = aSession({ startedAt: at(10), shownBy: ["ERCS01"] });
  expect(joinSessions([visit], grants)[0]?.under?.receiptId).toBe("one");
});

test("a receipt of an earlier build, which names no grant, is found by level and times", () => {
  const { receipt, ...act } = opened("old", 0);
  const { grant: _none, ...old } = receipt ?? aReceipt();
  expect(joinGrants([listed(0)], [{ ...act, receipt: old }])[0]?.record?.receiptId).toBe("old");
  expect(joinGrants([listed(90)], [{ ...act, receipt: old }])[0]?.record).toBeNull();
});
