import { usualPreferences } from "#contract";
import { expect, test } from "vitest";
import { aGrant } from "../../../electron/testing/builders.ts";
import { draftOfRunning } from "../../stores/draftOfRunning.ts";
import { newWizard } from "../../stores/grantWizard.ts";
import { parseMinutes } from "../../stores/parseMinutes.ts";
import { grantChanges } from "./grantChanges.ts";

const now = Date.parse("2026-11-24T03:00:00Z");
const inForce = aGrant({
  createdAt: "2026-11-24T02:00:00Z",
  updatedAt: null,
  expiresAt: "2026-11-24T09:59:48Z",
  record: { receiptId: "r", operator: "ben", reason: "disk alarm", caseNumber: "42" },
});
const typed = newWizard({ ...usualPreferences, level: "DiagnosticsRepair" }, "ana").draft;

test("a wizard on a running grant starts with that grant, and left alone it changes nothing", () => {
  const draft = draftOfRunning(inForce, typed, now);
  expect(draft).toMatchObject({
    level: "Diagnostics",
    reason: "disk alarm",
    caseNumber: "42",
    operator: "ana",
  });
  const parsed = parseMinutes(draft.minutes);
  expect(parsed).toEqual({ kind: "minutes", minutes: 420 });
  expect(grantChanges(inForce, draft.level, now + 420 * 60_000)).toEqual([]);
});

test("less time left than a grant may have becomes the least a grant may have", () => {
  expect(draftOfRunning({ ...inForce, expiresAt: "2026-11-24T03:05:00Z" }, typed, now).minutes).toBe("60");
});

test("what was typed already is not overwritten by the record", () => {
  const draft = draftOfRunning(inForce, { ...typed, reason: "another reason" }, now);
  expect(draft.reason).toBe("another reason");
});

test("another level and another end are shown before and after", () => {
  expect(grantChanges(inForce, "DiagnosticsRepair", now + 3_600_000)).toEqual([
    { label: "Level", before: "Diagnostics", after: "Diagnostics and repair" },
    { label: "Closes by itself", before: "2026-11-24 09:59 UTC", after: "2026-11-24 04:00 UTC" },
  ]);
});
