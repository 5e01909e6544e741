import {
  customObject,
  dateTime,
  dateTimeOffset,
  enumValue,
  guid,
  list,
  scalar,
} from "../../protocol/clixml/build.ts";
import type { ClixmlObject, ClixmlValue } from "../../protocol/clixml/value.ts";
import { writeClixml } from "../../protocol/clixml/write.ts";
import { Seeded } from "../seeded.ts";

export type ClixmlInput = {
  /** Texts of messages: one CLIXML element each. */
  readonly texts: readonly string[];
  readonly characters: number;
};

const seed = 20_260_801;

const messages: ReadonlyMap<string, (chance: Seeded) => ClixmlValue> = new Map([
  ["records", recordMessage],
  ["transcripts", transcriptMessage],
  ["DateTimeOffset", datesMessage],
]);

/** The data sets of the CLIXML benchmark. */
export const clixmlInputNames: readonly string[] = [...messages.keys()];

/** One of them, of about so many bytes; ASCII, so that characters are bytes. */
export function clixmlInput(name: string, bytes: number): ClixmlInput {
  const message = messages.get(name);
  if (message === undefined) throw new Error(`There is no data set ${name}`);
  const chance = new Seeded(seed);
  const texts: string[] = [];
  let characters = 0;
  while (characters < bytes) {
    // Flat text, as a decoder of received bytes gives it.
    const text = Buffer.from(writeClixml(message(chance)), "utf8").toString("latin1");
    texts.push(text);
    characters += text.length;
  }
  return { texts, characters };
}

/** The record that `Get-RemoteSupportAccess` prints for one grant, with twelve properties. */
export function grantRecord(chance: Seeded): ClixmlObject {
  const created = new Date(1_700_000_000_000 + chance.below(1_000_000_000));
  const later = new Date(created.getTime() + 28_800_000);
  return customObject({
    State: enumValue("Microsoft.AzureStack.Practice.RemoteSupport.State", "Active", 1),
    CreatedAt: dateTime(created),
    UpdatedAt: dateTime(created),
    ConnectionStatus: enumValue("Microsoft.AzureStack.Practice.RemoteSupport.Status", "Connected", 2),
    ConnectionErrorMessage: null,
    TargetService: "PowerShell",
    AccessLevel: chance.pick(["Diagnostics", "DiagnosticsRepair"]),
    ExpiresAt: dateTime(later),
    SasCredential: null,
    Id: guid(chance.guid()),
    Attempts: chance.below(100_000),
    Remark: `case ${chance.hex(12)} & <checked> by ${chance.pick(["day", "night"])} shift`,
  });
}

/** What a message of several hundred records looks like: a process list, with numbers, times and texts. */
function recordMessage(chance: Seeded): ClixmlValue {
  return list(Array.from({ length: 100 }, () => processRecord(chance)));
}

function processRecord(chance: Seeded): ClixmlObject {
  return customObject({
    Name: chance.pick(["svchost", "WmiPrvSE", "lsass", "fabric", "MonAgentHost"]),
    Id: chance.below(65_536),
    HandleCount: chance.below(5_000),
    WorkingSet: BigInt(chance.below(2_000_000_000)),
    CPU: scalar("Db", (chance.below(1_000_000) / 64).toString()),
    Responding: chance.below(20) > 0,
    StartTime: dateTime(new Date(1_700_000_000_000 + chance.below(1_000_000_000))),
    TotalProcessorTime: scalar(
      "TS",
      `PT${chance.below(50) + 1}M${chance.below(60)}.${chance.below(900) + 100}S`,
    ),
    Path: `C:\\Windows\\System32\\${chance.hex(8)}.exe`,
    Company: "Microsoft Corporation",
    MachineName: `AZS-NODE0${chance.below(8)}`,
    PriorityClass: enumValue("System.Diagnostics.ProcessPriorityClass", "Normal", 32),
  });
}

/** One session with a transcript of some 200 KB: line ends are escapes, and quotes and brackets are entities. */
function transcriptMessage(chance: Seeded): ClixmlValue {
  const lines = Array.from({ length: 2_400 }, () => transcriptLine(chance));
  return customObject({
    SessionId: chance.guid(),
    SessionStartTime: dateTime(new Date(1_700_000_000_000 + chance.below(1_000_000_000))),
    SessionTranscriptContent: lines.join("\r\n"),
  });
}

function transcriptLine(chance: Seeded): string {
  return chance.pick([
    `PS C:\\> Get-ClusterNode | Where-Object { $_.State -ne "Up" }`,
    `AZS-NODE0${chance.below(8)}   Up      ${chance.guid()}  Healthy`,
    `Command start time: 2026${chance.below(10_000_000_000)}`,
    `    <Event Id="${chance.below(65_536)}" Level="Warning">${chance.hex(40)}</Event>`,
    "",
    `Handles  NPM(K)    PM(K)      WS(K)     CPU(s)     Id  SI ProcessName  ${chance.hex(6)}`,
  ]);
}

/** Dates as .NET's DateTimeOffset is serialised: sixteen adapted properties and an enum for each. */
function datesMessage(chance: Seeded): ClixmlValue {
  const one = (): ClixmlObject => dateTimeOffset(new Date(1_700_000_000_000 + chance.below(1_000_000_000)));
  return list(
    Array.from({ length: 50 }, () =>
      customObject({ Id: chance.below(65_536), CreatedAt: one(), UpdatedAt: one(), ExpiresAt: one() }),
    ),
  );
}
