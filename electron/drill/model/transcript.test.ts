import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { publishedOperations } from "../../published/operations.ts";
import type { Manner, StampSession } from "./stampState.ts";
import { callsUntil, transcriptLines, transcriptText } from "./transcript.ts";
import { transcriptPath } from "./transcriptParts.ts";
import { planVisit } from "./visits/planVisit.ts";

const start = Date.UTC(2026, 10, 22, 14, 35, 37);
const whole = {
  transcript: "whole",
  timeZone: "Pacific Standard Time",
  hugeTranscriptLines: 100_000,
} as const;

const aSession = (facts: Partial<StampSession> = {}): StampSession => {
  const { seed = 11, level = "Diagnostics", manner = "careful", pace = 1 } = facts;
  const leavesAt = start + planVisit({ seed, level, manner }).milliseconds / pace;
  return {
    id: "7f3c0000-0000-4000-8000-000000000001",
    grantId: "g",
    instance: 0,
    startedAt: start,
    leavesAt,
    ended: { at: leavesAt, because: "left" },
    ...facts,
    seed,
    level,
    manner,
    pace,
  };
};

const anySession = fc
  .record({
    seed: fc.nat(),
    level: fc.constantFrom("Diagnostics" as const, "DiagnosticsRepair" as const),
    manner: fc.constantFrom<Manner>("careful", "careless"),
    pace: fc.constantFrom(1, 30),
    instance: fc.constantFrom(0 as const, 1 as const, 2 as const),
  })
  .map(aSession);

/* The forms of domain.md 6.1 and 6.2; anything else inside a command is output. */
const invocation = /^(?:PS>|>> )?CommandInvocation\(([\w-]+)\): "\1"$/;
const binding = /^(?:PS>|>> )ParameterBinding\(([\w-]+)\): name="\w+"; value=".*"$/s;
const terminating = /^PS>TerminatingError\(\): ".+"$/;

const forms = [invocation, binding, terminating];

type Read = {
  readonly header: readonly string[];
  readonly names: readonly string[];
  readonly failed: number;
  readonly ended: boolean;
};

function readTranscript(lines: readonly string[]): Read {
  const stars = lines.flatMap((line, index) => (line === "**********************" ? [index] : []));
  const [top = -1, under = -1, end] = stars;
  expect([top, lines[1]]).toEqual([0, "Windows PowerShell transcript start"]);
  const header = lines.slice(2, under);
  for (const line of header) expect(line).toMatch(/^[A-Za-z ]+: .+$/);
  const body = lines.slice(under + 1, end ?? lines.length);
  const marked = body.filter((line) => /^(PS>|>> )/.test(line));
  expect(marked.filter((line) => !forms.some((form) => form.test(line)))).toEqual([]);
  const endBlock = end === undefined ? [] : lines.slice(end);
  expect(endBlock.join("\n")).toMatch(
    /^$|^\*{22}\nWindows PowerShell transcript end\nEnd time: \d{14}\n\*{22}$/,
  );
  return {
    header,
    names: body.flatMap((line) => (line.startsWith(">> ") ? [] : (invocation.exec(line)?.[1] ?? []))),
    failed: body.filter((line) => terminating.test(line)).length,
    ended: end !== undefined,
  };
}

describe("a transcript", () => {
  test("is written line by line as documented", () => {
    fc.assert(
      fc.property(anySession, (session) => {
        const read = readTranscript(transcriptLines(session, session.leavesAt, "UTC"));
        const calls = planVisit(session).calls;
        expect(read.ended).toBe(true);
        expect(read.header).toContain("Start time: 20261122143537");
        expect(read.names).toEqual([
          ...Array.from({ length: 3 }, () => "Get-Command"),
          ...calls.map((call) => call.name),
        ]);
        expect(read.failed).toBe(calls.filter((call) => call.failure !== null).length);
      }),
      { numRuns: 60 },
    );
  });

  test("only grows while the session runs, and has no end block until it is over", () => {
    fc.assert(
      fc.property(anySession, fc.nat(100), fc.nat(100), (over, a, b) => {
        const session = { ...over, ended: null };
        const at = (share: number): number => start + ((over.leavesAt - start) * share) / 100;
        const earlier = transcriptLines(session, at(Math.min(a, b)), "UTC");
        const later = transcriptLines(session, at(Math.max(a, b)), "UTC");
        expect(later.slice(0, earlier.length)).toEqual(earlier);
        expect(readTranscript(later).ended).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  test("of a session cut short holds only what was done until then, and the end block", () => {
    const whole = planVisit(aSession());
    const at = start + (whole.calls[2]?.after ?? 0);
    const session = aSession({ ended: { at, because: "revoked" } });
    expect(callsUntil(session, at + 3_600_000)).toHaveLength(3);
    expect(readTranscript(transcriptLines(session, at, "UTC")).ended).toBe(true);
  });

  test("begins with the device's local time, also in the name of its file", () => {
    expect(transcriptText(aSession(), start, whole)).toContain("Start time: 20261122063537\r\n");
    expect(transcriptPath(aSession({ level: "DiagnosticsRepair" }), "India Standard Time")).toMatch(
      /^C:\\ProgramData\\JEAConfiguration\\Transcripts\\RemoteRepair\\PowerShell_transcript\.AZS-ERCS01\.[A-Za-z0-9+]{8}\.20261122200537\.txt$/,
    );
  });

  test("says that it is practice", () => {
    expect(transcriptText(aSession(), start, whole)).toContain("PRACTICE");
  });

  test("is kept for 90 days after the session", () => {
    const session = aSession();
    const end = session.leavesAt;
    expect(transcriptText(session, end + 90 * 86_400_000, whole)).not.toBeNull();
    expect(transcriptText(session, end + 90 * 86_400_000 + 1, whole)).toBeNull();
  });

  test("can be huge, shortened, missing, empty while live, or full of false marks", () => {
    const session = aSession();
    const at = session.leavesAt;
    const lines = (text: string | null): number => (text ?? "").split("\r\n").length - 1;
    const normal = lines(transcriptText(session, at, whole));
    expect(lines(transcriptText(session, at, { ...whole, transcript: "huge" }))).toBe(100_000);
    expect(lines(transcriptText(session, at, { ...whole, transcript: "shortened" }))).toBe(
      Math.ceil(normal / 2),
    );
    expect(transcriptText(session, at, { ...whole, transcript: "missing" })).toBeNull();
    expect(transcriptText({ ...session, ended: null }, at, { ...whole, transcript: "emptyWhileLive" })).toBe(
      "",
    );
    expect(transcriptText(session, at, { ...whole, transcript: "markers" })).toContain(
      "Remove-AzsSupportItem",
    );
  });
});

describe("a visit", () => {
  const levels = new Map(publishedOperations.map((operation) => [operation.name, operation.level]));

  test("runs nothing above its level and nothing off the list: such tries end in an error", () => {
    fc.assert(
      fc.property(anySession, (session) => {
        const done = planVisit(session).calls.filter((call) => call.failure === null);
        const allowed =
          session.level === "Diagnostics" ? ["Diagnostics"] : ["Diagnostics", "DiagnosticsRepair"];
        expect(done.filter((call) => !allowed.includes(levels.get(call.name) ?? ""))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("tries what it may not now and then, and mends where it may", () => {
    const seeds = Array.from({ length: 60 }, (_, seed) => seed);
    const visits = (level: StampSession["level"], manner: Manner) =>
      seeds.flatMap((seed) => planVisit({ seed, level, manner }).calls);
    const repairs = (calls: ReturnType<typeof visits>, done: boolean) =>
      calls.filter(
        (call) => levels.get(call.name) === "DiagnosticsRepair" && (call.failure === null) === done,
      );
    expect(repairs(visits("Diagnostics", "careful"), false).length).toBeGreaterThan(10);
    expect(repairs(visits("DiagnosticsRepair", "careful"), true).length).toBeGreaterThan(60);
    expect(visits("Diagnostics", "careless").some((call) => !levels.has(call.name))).toBe(true);
    expect(visits("Diagnostics", "careful").every((call) => levels.has(call.name))).toBe(true);
  });

  test("lands an operation every few seconds at the usual speed", () => {
    const { calls } = planVisit(aSession());
    const gaps = calls.slice(1).map((call, index) => (call.after - (calls[index]?.after ?? 0)) / 30);
    expect(Math.max(...gaps)).toBeLessThan(8_001);
  });
});
