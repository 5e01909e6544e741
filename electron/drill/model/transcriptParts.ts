import { deviceStamp } from "./deviceTime.ts";
import { randomFrom } from "./random.ts";
import { endpointNames, stampDomain } from "./stampNames.ts";
import type { StampSession } from "./stampState.ts";
import type { StampSwitches } from "../stampSwitches.ts";
import type { Call } from "./visits/call.ts";

/* The pieces of a PowerShell 5.1 transcript, in the form printed for the product family (domain.md 6.1). */

type TimeZone = StampSwitches["timeZone"];
const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+";
const stars = "**********************";

const configurations = { Diagnostics: "RemoteDiagnostics", DiagnosticsRepair: "RemoteRepair" } as const;

/** Where the device keeps the transcript; the folder names the session configuration. */
export function transcriptPath(session: StampSession, timeZone: TimeZone): string {
  const random = randomFrom(session.seed, "path");
  const letters = Array.from({ length: 8 }, () => base64.charAt(random.between(0, base64.length - 1))).join(
    "",
  );
  const name = `PowerShell_transcript.${endpointNames[session.instance]}.${letters}.${deviceStamp(session.startedAt, timeZone)}.txt`;
  return `C:\\ProgramData\\JEAConfiguration\\Transcripts\\${configurations[session.level]}\\${name}`;
}

/** The block at the top; `Start time` is the device's local time. */
export function headerLines(session: StampSession, timeZone: TimeZone): readonly string[] {
  const machine = endpointNames[session.instance];
  return [
    stars,
    "Windows PowerShell transcript start",
    `Start time: ${deviceStamp(session.startedAt, timeZone)}`,
    `Username: ${stampDomain}\\${machine}$`,
    "RunAs User: PRACTICE\\SYSTEM",
    `Configuration Name: ${configurations[session.level]}`,
    `Machine: ${machine} (Microsoft Windows NT 10.0.17763.0)`,
    "Host Application: C:\\Windows\\system32\\wsmprovhost.exe -Embedding",
    `Process ID: ${randomFrom(session.seed, "process").between(900, 30_000)}`,
    "PSVersion: 5.1.17763.6414",
    "PSEdition: Desktop",
    "PSCompatibleVersions: 1.0, 2.0, 3.0, 4.0, 5.0, 5.1.17763.6414",
    "BuildVersion: 10.0.17763.6414",
    "CLRVersion: 4.0.30319.42000",
    "WSManStackVersion: 3.0",
    "PSRemotingProtocolVersion: 2.3",
    "SerializationVersion: 1.1.0.1",
    "Practice: PRACTICE stamp, simulated session, nothing in it is real",
    stars,
  ];
}

/** The block at the end of a session that is over. */
export function endLines(endedAt: number, timeZone: TimeZone): readonly string[] {
  return [stars, "Windows PowerShell transcript end", `End time: ${deviceStamp(endedAt, timeZone)}`, stars];
}

/** What a remoting client asks before its person types anything: plumbing, with its late binding at `PS>`. */
export function probeLines(): readonly string[] {
  return [
    ...probedGetCommand(),
    '>> ParameterBinding(Select-Object): name="Property"; value="Count"',
    '>> ParameterBinding(Measure-Object): name="InputObject"; value="Out-Default"',
    '>> ParameterBinding(Measure-Object): name="InputObject"; value="Exit-PSSession"',
    'PS>ParameterBinding(Select-Object): name="InputObject"; value="Microsoft.PowerShell.Commands.GenericMeasureInfo"',
    "",
    "Count",
    "-----",
    "    2",
    "",
    ...probedGetCommand(),
    '>> ParameterBinding(Select-Object): name="Property"; value="Name, Namespace, HelpUri, CommandType, ResolvedCommandName, OutputType, Parameters"',
    ...probedCommand("Out-Default", "Microsoft.PowerShell.Core", "Cmdlet"),
    ...probedCommand("Exit-PSSession", "", "Function"),
    "",
  ];
}

function probedGetCommand(): readonly string[] {
  const binding = (name: string, value: string): string =>
    `>> ParameterBinding(Get-Command): name="${name}"; value="${value}"`;
  return [
    'PS>CommandInvocation(Get-Command): "Get-Command"',
    binding("Name", "Out-Default, Exit-PSSession"),
    binding("CommandType", "Alias, Function, Filter, Cmdlet, Configuration"),
    binding("Module", ""),
    binding("ListImported", "True"),
    binding("ErrorAction", "SilentlyContinue"),
    '>> CommandInvocation(Measure-Object): "Measure-Object"',
    '>> CommandInvocation(Select-Object): "Select-Object"',
  ];
}

function probedCommand(name: string, space: string, kind: string): readonly string[] {
  return [
    `>> ParameterBinding(Select-Object): name="InputObject"; value="${name}"`,
    "",
    `Name                : ${name}`,
    `Namespace           : ${space}`.trimEnd(),
    "HelpUri             :",
    `CommandType         : ${kind}`,
    `ResolvedCommandName : ${name}`,
    "",
  ];
}

/** One command: invocation, bindings, what it handed on, what it printed or how it ended. */
export function callLines(call: Call): readonly string[] {
  return [`PS>CommandInvocation(${call.name}): "${call.name}"`, ...runLines(call)];
}

/** The first command a person types stands without a prompt, after one more probe (as in the printed sample). */
export function firstCallLines(call: Call): readonly string[] {
  return [
    'PS>CommandInvocation(Get-Command): "Get-Command"',
    `CommandInvocation(${call.name}): "${call.name}"`,
    ...runLines(call),
  ];
}

function runLines(call: Call): readonly string[] {
  const [object, ...later] = call.objects.map(
    (text) => `>> ParameterBinding(Out-Default): name="InputObject"; value="${text}"`,
  );
  return [
    ...call.parameters.map(
      ([name, value]) => `>> ParameterBinding(${call.name}): name="${name}"; value="${value}"`,
    ),
    '>> CommandInvocation(Out-Default): "Out-Default"',
    ...(object === undefined ? [] : [object]),
    // Further objects are bound while output is written already: the lines interleave.
    ...(call.failure === null
      ? ["", ...call.output.slice(0, 3), ...later, ...call.output.slice(3), ""]
      : [`PS>TerminatingError(): "${call.failure}"`]),
  ];
}
