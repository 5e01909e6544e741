import { sessionShape } from "#contract";
import { describe, expect, test } from "vitest";
import {
  customObject,
  dateTimeOffset,
  enumValue,
  guid,
  list,
  psObject,
  scalar,
} from "../../protocol/clixml/build.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { historyOf, type Reading, sessionIn, usualShapes } from "../../testing/recordReadings.ts";
import { sessionParts } from "./readSession.ts";

const readTranscriptContent = (value: ClixmlValue): string =>
  sessionParts(value, usualShapes)?.transcript ?? "none";

/** The ended session as printed for Azure Stack Edge (domain 4.6). */
const ended: Readonly<Record<string, ClixmlValue>> = {
  SessionId: guid("ca038e58-5344-4377-ab9c-c857a27c8b73"),
  RemoteApplication: "Powershell",
  AccessLevel: "ReadOnly",
  ControlSession: false,
  SessionStartTime: dateTimeOffset(new Date("2021-08-19T22:49:39Z")),
  SessionEndTime: "8/20/2021 12:49:40 AM +00:00",
  SessionTranscriptPath:
    "C:\\ProgramData\\JEAConfiguration\\Transcripts\\RemoteDiagnostics\\PowerShell_transcript.HW4J1T2.YHmes94q.20210819154937.txt",
  SessionTranscriptContent: null,
};

/** The transcript of the live session (domain 6.1), shortened. */
const transcript = [
  "**********************",
  "Windows PowerShell transcript start",
  "Start time: 20210826073536",
  "Username: WORKGROUP\\HW4J1T2$",
  "RunAs User: WORKGROUP\\SYSTEM",
  "Configuration Name: RemoteDiagnostics",
  "**********************",
  'PS>CommandInvocation(Get-Command): "Get-Command"',
  'CommandInvocation(Get-HcsApplianceInfo): "Get-HcsApplianceInfo"',
].join("\r\n");

const live = {
  ...ended,
  SessionId: "360706a2-c530-419f-932b-55403e19502e",
  SessionStartTime: "8/26/2021 2:35:37 PM +00:00",
  SessionEndTime: null,
  SessionTranscriptContent: transcript,
};

test("the session that Azure Stack Edge prints is read whole", () => {
  const session = sessionIn(customObject(ended));
  expect(session).toEqual({
    id: "ca038e58-5344-4377-ab9c-c857a27c8b73",
    level: "Diagnostics",
    levelAsPrinted: "ReadOnly",
    startedAt: "2021-08-19T22:49:39.000Z",
    running: false,
    endedAt: "2021-08-20T00:49:40.000Z",
    remoteApplication: "Powershell",
    transcriptPath: ended["SessionTranscriptPath"],
    transcriptForgottenAt: "2021-11-18T00:49:40.000Z",
    other: [{ name: "ControlSession", text: "False" }],
    shownBy: ["AZS-ERCS01"],
    under: null,
  });
  expect(sessionShape.parse(session)).toEqual(session);
});

const at = "2021-08-26T15:00:00Z";
const ending = (end: ClixmlValue, how: Reading = {}) =>
  sessionIn(customObject({ ...live, SessionEndTime: end }), { measured: at, ours: at, ...how });

describe("a session whose end is none is running", () => {
  test.each<[string, ClixmlValue]>([
    ["nothing", null],
    ["an empty text", " "],
    ["an empty list", list([])],
    ["MinValue", dateTimeOffset(new Date("0001-01-01T00:00:00Z"))],
    ["MinValue east of Greenwich", "0001-01-01T00:00:00+12:00"],
    ["MinValue as en-US prints it", "1/1/0001 12:00:00 AM +00:00"],
    ["MaxValue as a DateTime", scalar("DT", "9999-12-31T23:59:59.9999999")],
    ["MaxValue west of Greenwich", scalar("DT", "9999-12-31T23:59:59.9999999-08:00")],
    ["MaxValue east of Greenwich", scalar("DT", "9999-12-31T23:59:59.9999999+14:00")],
    ["MaxValue as an object", dateTimeOffset(new Date("9999-12-31T23:59:59.999Z"))],
    ["MaxValue as en-US prints it", "12/31/9999 11:59:59 PM +00:00"],
    ["MaxValue as most others print it", "31/12/9999 23:59:59"],
    ["FILETIME 0", "1601-01-01T00:00:00Z"],
    ["FILETIME 0 in California", "12/31/1600 4:00:00 PM -08:00"],
    ["Unix 0", scalar("DT", "1970-01-01T00:00:00Z")],
    ["Unix 0 as JSON", "/Date(0)/"],
    ["Unix 0 in California", "12/31/1969 4:00:00 PM"],
    ["SQL's first day", "1753-01-01 00:00:00"],
  ])("%s", (_, end) => {
    for (const how of [{}, { measured: null }])
      expect(ending(end, how)).toMatchObject({
        running: true,
        endedAt: null,
        transcriptForgottenAt: null,
      });
  });
});

describe("an end that is to come is none yet", () => {
  const later = "2021-08-26T23:00:00Z";
  test.each<[string, ClixmlValue]>([
    ["a text", later],
    ["a DateTime", scalar("DT", later)],
    ["an object", dateTimeOffset(new Date(later))],
    ["two minutes ahead", "2021-08-26T15:02:00Z"],
  ])("%s", (_, end) => {
    const session = ending(end);
    expect(session).toMatchObject({ running: true, endedAt: null, transcriptForgottenAt: null });
    expect(session?.other.map(({ name }) => name)).toContain("SessionEndTime");
  });

  test("by the device's clock, wherever ours stands", () => {
    expect(ending(later, { ours: "2021-08-27T15:00:00Z" })?.running).toBe(true);
    expect(ending(later, { measured: "2021-08-26T23:30:00Z" })).toMatchObject({
      running: false,
      endedAt: "2021-08-26T23:00:00.000Z",
    });
  });

  test("by ours where the device told nothing of its own", () => {
    expect(ending(later, { measured: null })?.running).toBe(true);
    expect(ending(later, { measured: null, ours: "2021-08-26T23:30:00Z" })?.running).toBe(false);
  });

  test("a node that is some seconds ahead of its endpoint has ended it all the same", () => {
    expect(ending("2021-08-26T15:00:50Z")).toMatchObject({
      running: false,
      endedAt: "2021-08-26T15:00:50.000Z",
    });
  });
});

test.each<[string, ClixmlValue]>([
  ["a FILETIME", 133_000_000_000_000_000n],
  ["a word", "soon"],
  ["an object", customObject({ Value: "2021-08-26T14:40:00Z" })],
  ["a day without its time", "8/26/2021"],
])("an end that cannot be read (%s) is shown as printed, and the session counts as running", (_, end) => {
  const session = ending(end);
  expect(session).toMatchObject({ running: true, endedAt: null });
  expect(session?.other.map(({ name }) => name)).toContain("SessionEndTime");
});

test("a session without an end that began before the longest grant has lost its end, by the device's clock alone", () => {
  const long = { measured: "2021-09-10T14:35:37Z", ours: at };
  expect(ending(null, long)?.running).toBe(false);
  expect(ending(null, { ...long, measured: "2021-09-09T14:35:37Z" })?.running).toBe(true);
  expect(ending(null, { measured: null, ours: "2021-12-01T00:00:00Z" })?.running).toBe(true);
});

test("names may differ in case, be missing and be joined by others", () => {
  const sparse = psObject({
    adapted: { sessionid: "s-1", ACCESSLEVEL: enumValue("T", "ReadWrite", 2), Engineer: "someone" },
  });
  expect(sessionIn(sparse)).toMatchObject({
    id: "s-1",
    level: "DiagnosticsRepair",
    startedAt: null,
    running: true,
    endedAt: null,
    transcriptPath: null,
    other: [{ name: "Engineer", text: "someone" }],
  });
});

test.each<[string, ClixmlValue]>([
  ["a grant", customObject({ State: "Active", AccessLevel: "Diagnostics", ExpiresAt: "soon" })],
  ["a session by another name", customObject({ Id: "1", EndTime: null })],
  ["an empty id", customObject({ SessionId: "", SessionStartTime: live.SessionStartTime })],
  [
    "an id that names nothing",
    customObject({ ...live, SessionId: guid("00000000-0000-0000-0000-000000000000") }),
  ],
  ["a mixture of both", customObject({ ...live, State: "Active", ExpiresAt: "8/26/2021 3:35:37 PM +00:00" })],
])("%s is no session, and is not understood", (_, value) => {
  const { sessions, notUnderstood } = historyOf([value]);
  expect([sessions, notUnderstood.length]).toEqual([[], 1]);
});

describe("one session is one", () => {
  const id = "360706a2-c530-419f-932b-55403e19502e";
  const spellings = [
    id,
    `{${id}}`,
    `(${id})`,
    id.toUpperCase(),
    id.replaceAll("-", ""),
    ` {${id.toUpperCase()}} `,
  ];

  test("however its id is spelt", () => {
    const output = [...spellings, guid(id)].map((spelt) => customObject({ ...ended, SessionId: spelt }));
    expect(historyOf(output).sessions.map((session) => session.id)).toEqual([id]);
  });

  test("it runs where either record says so, and has what either says", () => {
    const other = { ...ended, SessionId: `{${id}}`, RemoteApplication: null, Node: "A" };
    for (const output of [
      [live, other],
      [other, live],
    ])
      expect(
        historyOf(
          output.map((session) => customObject(session)),
          { measured: at },
        ).sessions,
      ).toMatchObject([
        { id, running: true, endedAt: null, transcriptForgottenAt: null, remoteApplication: "Powershell" },
      ]);
  });

  test("an id that is no GUID is as printed", () => {
    expect(sessionIn(customObject({ ...ended, SessionId: "Visit-7" }))?.id).toBe("Visit-7");
  });
});

describe("transcripts", () => {
  test.each(["SessionTranscriptContent", "transcriptcontent", "Transcript", "ControlSessionTranscript"])(
    "stand in %s",
    (name) => {
      const { SessionTranscriptContent: _, ...rest } = live;
      const session = customObject({ ...rest, [name]: transcript });
      expect(readTranscriptContent(session)).toBe(transcript);
      expect(sessionIn(session)?.other.map((field) => field.name)).toEqual(["ControlSession"]);
    },
  );

  test("or in the longest text that begins like one", () => {
    const session = customObject({
      ...ended,
      Note: "*".repeat(10_000),
      Short: "**********************\nWindows PowerShell transcript start",
      Body: `\n${transcript}`,
    });
    expect(readTranscriptContent(session)).toBe(`\n${transcript}`);
    expect(sessionIn(session)?.other.map((field) => field.name)).toEqual(["ControlSession", "Note", "Short"]);
  });

  test("or in one text for each line, and are kept exactly as they came", () => {
    expect(
      readTranscriptContent(customObject({ ...ended, SessionTranscriptContent: list(["a ", "", " b"]) })),
    ).toBe("a \n\n b");
    const noted = psObject({ base: " password=x ", extended: { ReadCount: 1 } });
    expect(readTranscriptContent(customObject({ ...ended, Transcript: noted }))).toBe(" password=x ");
  });

  test("are empty where there is none", () => {
    expect(readTranscriptContent(customObject(ended))).toBe("");
  });
});
