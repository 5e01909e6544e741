import type { Session } from "#contract";
import { expect, test } from "vitest";
import { aSession } from "../../../electron/testing/builders.ts";
import {
  caseWords,
  filterSessions,
  sessionMilliseconds,
  sessionsCsv,
  sessionsText,
  stateWords,
} from "./sessionRows.ts";

const under = { receiptId: "r", operator: "Ann", reason: "Disk\talarm", caseNumber: "42" };
const session = (about: Partial<Session> = {}): Session =>
  aSession({
    level: "DiagnosticsRepair",
    levelAsPrinted: "DiagnosticsRepair",
    startedAt: "2026-11-24T03:10:00Z",
    running: true,
    endedAt: null,
    under,
    ...about,
  });

test("a visit has the case of the act it began under, where it has none its reason, and no other", () => {
  expect(caseWords(session())).toBe("42");
  expect(caseWords(session({ under: { ...under, caseNumber: "" } }))).toBe("Disk\talarm");
  expect(caseWords(session({ under: null }))).toBe("");
});

test("a visit is inside while the target says that it runs, never because its end cannot be read", () => {
  const now = Date.parse("2026-11-24T03:20:00Z");
  expect([stateWords(session()), sessionMilliseconds(session(), now)]).toEqual(["Inside now", 600_000]);
  const unreadable = session({ running: false });
  expect([stateWords(unreadable), sessionMilliseconds(unreadable, now)]).toEqual([
    "Ended; when cannot be read",
    null,
  ]);
  expect(stateWords(session({ running: false, endedAt: "2026-11-24T03:15:00Z" }))).toBe("Ended");
});

test("sessions are found by any word that their row shows", () => {
  const rows = [session()];
  const words = ["inside now", "Diagnostics and repair", "7f3c0000", "powershell", "42", "ann"];
  expect(words.filter((text) => filterSessions(rows, { text, level: "all" }).length !== 1)).toEqual([]);
  expect(filterSessions(rows, { text: "ended", level: "all" })).toHaveLength(0);
  expect(filterSessions(rows, { text: "", level: "Diagnostics" })).toHaveLength(0);
});

test("what is copied is one line a row, and what is saved has the case", () => {
  const rows = [session()];
  const [head, line, ...rest] = sessionsText(rows).split("\n");
  expect(line?.split("\t")).toHaveLength(head?.split("\t").length ?? 0);
  expect(rest).toEqual([]);
  expect(sessionsCsv(rows)).toContain(",42,Disk\talarm,Ann,");
});
