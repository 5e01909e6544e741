import type { Act, Session } from "#contract";
import { expect, test } from "vitest";
import { caseWords, filterSessions, sessionRows, sessionsCsv, sessionsText } from "./sessionRows.ts";

const session = (startedAt: string | null, about: Partial<Session> = {}): Session => ({
  id: "7f3c0000-0000-4000-8000-000000000001",
  level: "DiagnosticsRepair",
  levelAsPrinted: "DiagnosticsRepair",
  startedAt,
  endedAt: null,
  remoteApplication: "Powershell",
  transcriptPath: null,
  transcriptForgottenAt: null,
  other: [],
  ...about,
});

const act = (outcome: Act["outcome"], startedAt: string, about: Partial<Act> = {}): Act => ({
  id: startedAt,
  act: outcome === "closed" ? "revoke" : "grant",
  operator: "Ann",
  reason: "Disk\talarm",
  caseNumber: "42",
  level: "Diagnostics",
  minutes: outcome === "granted" ? 60 : null,
  startedAt,
  finishedAt: startedAt,
  outcome,
  ...about,
});

const acts = [act("granted", "2026-11-24T03:00:00Z"), act("closed", "2026-11-24T03:30:00Z")];
const caseAt = (startedAt: string | null, known = acts): readonly string[] =>
  sessionRows([session(startedAt)], known).map(caseWords);

test("a visit has the case of the grant that was in force when it began, and no other", () => {
  expect(caseAt("2026-11-24T03:10:00Z")).toEqual(["42"]);
  expect(caseAt("2026-11-24T02:59:00Z")).toEqual([""]);
  expect(caseAt("2026-11-24T03:31:00Z")).toEqual([""]);
  expect(caseAt("2026-11-24T05:00:00Z", acts.slice(0, 1))).toEqual([""]);
  expect(caseAt(null)).toEqual([""]);
});

test("an act that came to nothing lets nobody in and shuts nobody out", () => {
  const tried = [...acts.slice(0, 1), act("declined", "2026-11-24T03:05:00Z")];
  expect(caseAt("2026-11-24T03:10:00Z", tried)).toEqual(["42"]);
});

test("a grant without a case number shows its reason", () => {
  expect(
    caseAt("2026-11-24T03:10:00Z", [act("granted", "2026-11-24T03:00:00Z", { caseNumber: "" })]),
  ).toEqual(["Disk\talarm"]);
});

test("sessions are found by any word that their row shows", () => {
  const rows = sessionRows([session("2026-11-24T03:10:00Z")], acts);
  const words = ["inside now", "Diagnostics and repair", "7f3c0000", "powershell", "42", "ann"];
  expect(words.filter((text) => filterSessions(rows, { text, level: "all" }).length !== 1)).toEqual([]);
  expect(filterSessions(rows, { text: "ended", level: "all" })).toHaveLength(0);
  expect(filterSessions(rows, { text: "", level: "Diagnostics" })).toHaveLength(0);
});

test("what is copied is one line a row, and what is saved has the case", () => {
  const rows = sessionRows([session("2026-11-24T03:10:00Z")], acts);
  const [head, line, ...rest] = sessionsText(rows).split("\n");
  expect(line?.split("\t")).toHaveLength(head?.split("\t").length ?? 0);
  expect(rest).toEqual([]);
  expect(sessionsCsv(rows)).toContain(",42,Disk\talarm,Ann,");
});
