import { sessionShape } from "#contract";
import { describe, expect, test } from "vitest";
import {
  customObject,
  dateTimeOffset,
  enumValue,
  guid,
  list,
  psObject,
} from "../../protocol/clixml/build.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { readSession } from "./readSession.ts";
import { readTranscriptContent } from "./readTranscriptContent.ts";

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
  const session = readSession(customObject(ended));
  expect(session).toEqual({
    id: "ca038e58-5344-4377-ab9c-c857a27c8b73",
    level: "Diagnostics",
    levelAsPrinted: "ReadOnly",
    startedAt: "2021-08-19T22:49:39.000Z",
    endedAt: "2021-08-20T00:49:40.000Z",
    remoteApplication: "Powershell",
    transcriptPath: ended["SessionTranscriptPath"],
    transcriptForgottenAt: "2021-11-18T00:49:40.000Z",
    other: [{ name: "ControlSession", text: "False" }],
  });
  expect(sessionShape.parse(session)).toEqual(session);
});

test.each<[string, ClixmlValue]>([
  ["nothing", null],
  ["an empty text", ""],
  ["the year 1", dateTimeOffset(new Date("0001-01-01T00:00:00Z"))],
])("a session whose end is %s is running", (_, end) => {
  expect(readSession(customObject({ ...live, SessionEndTime: end }))).toMatchObject({
    startedAt: "2021-08-26T14:35:37.000Z",
    endedAt: null,
    transcriptForgottenAt: null,
    other: [{ name: "ControlSession" }],
  });
});

test("names may differ in case, be missing and be joined by others", () => {
  const sparse = psObject({
    adapted: { sessionid: "s-1", ACCESSLEVEL: enumValue("T", "ReadWrite", 2), Engineer: "someone" },
  });
  expect(readSession(sparse)).toMatchObject({
    id: "s-1",
    level: "DiagnosticsRepair",
    startedAt: null,
    endedAt: null,
    transcriptPath: null,
    other: [{ name: "Engineer", text: "someone" }],
  });
});

test.each<ClixmlValue>([
  null,
  "No remote support session exists.",
  customObject({ State: "Active" }),
  customObject({ SessionId: "" }),
])("%o is no session", (value) => {
  expect(readSession(value)).toBeNull();
});

describe("transcripts", () => {
  test.each(["SessionTranscriptContent", "transcriptcontent", "Transcript", "ControlSessionTranscript"])(
    "stand in %s",
    (name) => {
      const { SessionTranscriptContent: _, ...rest } = live;
      const session = customObject({ ...rest, [name]: transcript });
      expect(readTranscriptContent(session)).toBe(transcript);
      expect(readSession(session)?.other.map((field) => field.name)).toEqual(["ControlSession"]);
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
    expect(readSession(session)?.other.map((field) => field.name)).toEqual([
      "ControlSession",
      "Note",
      "Short",
    ]);
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
    expect(readTranscriptContent(null)).toBe("");
  });
});
