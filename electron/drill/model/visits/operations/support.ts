import { call } from "../call.ts";
import type { Call } from "../call.ts";
import type { Place } from "../place.ts";
import { hosts, infrastructureMachines } from "../place.ts";
import { list, table, times } from "../printed.ts";

/* The commands that every visit begins and ends with: what stamp is this, and what is taken along. */

const scratch = "C:\\MASLogs\\PracticeSupport";

/** What stamp it is, in short. */
export function stampVersion(): Call {
  return call("Get-AzsSupportStampVersion", { Full: "True" }, ["1.2206.2.77"], ["1.2206.2.77"]);
}

/** What stamp it is, in full. */
export function stampInformation(): Call {
  const fields = {
    RegionName: "practice",
    ExternalDomainFQDN: "practice.example",
    DomainFQDN: "azs.practice.example",
    NumberOfNodes: hosts.length,
    StampVersion: "1.2206.2.77",
    HardwareOEM: "PRACTICE",
  };
  return call("Get-AzsSupportStampInformation", {}, list(fields), ["PRACTICE stamp information"]);
}

/** Uptime and clock of one machine. */
export function computerInformation({ machine, random }: Place): Call {
  const fields = {
    ComputerName: machine,
    OsVersion: "10.0.17763.6414",
    UptimeDays: random.between(2, 120),
    ClockSkewSeconds: random.between(0, 3),
    FreeMemoryMB: random.between(900, 9_000),
  };
  return call("Get-AzsSupportComputerInformation", { ComputerName: machine }, list(fields), [machine]);
}

/** Windows events of the machines a case is about; the longest output of all. */
export function windowsEvents({ machine, random }: Place, hours: number): Call {
  // Now and then somebody asks without a limit.
  const count = random.chance(0.12) ? random.between(600, 1_500) : random.between(12, 260);
  const rows = times(count, (number) => [
    `${String(23 - (Math.floor(number / 12) % 24)).padStart(2, "0")}:${String(random.between(0, 59)).padStart(2, "0")}:${String(random.between(0, 59)).padStart(2, "0")}`,
    random.pick([7036, 7031, 1135, 5120, 153, 1069, 4005] as const),
    random.pick(["Information", "Warning", "Warning", "Error"] as const),
    `PRACTICE ${random.pick(["The service entered the stopped state.", "Cluster node lost communication.", "The IO operation was retried.", "A resource failed and was restarted.", "Replica build took longer than expected."] as const)}`,
  ]);
  const parameters = { ComputerName: machine, LogName: "System", StartTime: `-${hours}h`, Level: "2, 3" };
  return call("Get-AzsSupportWinEvent", parameters, table(["Time", "Id", "Level", "Message"], rows), [
    "System.Diagnostics.Eventing.Reader.EventLogRecord",
  ]);
}

/** The process list of one machine. */
export function processes({ machine, random }: Place): Call {
  const names = [
    "Fabric",
    "FabricHost",
    "lsass",
    "svchost",
    "wsmprovhost",
    "MonAgentCore",
    "vmms",
    "WmiPrvSE",
  ] as const;
  const rows = times(random.between(18, 70), () => [
    random.between(400, 20_000),
    random.pick(names),
    random.between(8, 2_400),
    random.between(0, 9_000),
  ]);
  return call(
    "Get-AzsSupportProcess",
    { ComputerName: machine },
    table(["Id", "ProcessName", "WS(MB)", "CPU(s)"], rows),
    ["System.Diagnostics.Process"],
  );
}

/** The service list of one machine. */
export function services({ machine, random }: Place): Call {
  const names = [
    "WinRM",
    "FabricHostSvc",
    "ClusSvc",
    "vmms",
    "W32Time",
    "MSSQLSERVER",
    "NcHostAgent",
  ] as const;
  const rows = names.map((name) => [random.chance(0.9) ? "Running" : "Stopped", name, `PRACTICE ${name}`]);
  return call(
    "Get-AzsSupportService",
    { ComputerName: machine },
    table(["Status", "Name", "DisplayName"], rows),
    names,
  );
}

/** Where files are gathered. */
export function workingDirectory(): Call {
  return call("Get-AzsSupportWorkingDirectory", {}, [scratch], [scratch]);
}

/** What was gathered. */
export function workingDirectoryFiles({ caseFile, random }: Place): Call {
  const rows = times(random.between(2, 9), (number) => [
    `${caseFile}-practice-${number}.zip`,
    random.between(20, 90_000),
  ]);
  return call("Get-AzsSupportWorkingDirectoryFiles", {}, table(["Name", "SizeKB"], rows), [
    "System.IO.FileInfo",
  ]);
}

/** Empties the folder again, as a tidy engineer does. */
export function clearWorkingDirectory(): Call {
  return call("Clear-AzsSupportWorkingDirectory", {}, [`${scratch} is empty.`]);
}

/** Copies files of a machine into the folder. */
export function copyFiles({ machine, caseFile }: Place): Call {
  const parameters = {
    ComputerName: machine,
    Path: `C:\\ProgramData\\Practice\\Logs\\${caseFile}*.etl`,
    Destination: scratch,
  };
  return call("Copy-AzsSupportFiles", parameters, [`Copied 4 files from ${machine}.`]);
}

/** Sends diagnostic logs away. */
export function sendLogs({ random }: Place, roles: string): Call {
  const id = random.guid();
  return call(
    "Send-AzureStackDiagnosticLog",
    { FilterByRole: roles, FromDate: "-4h", ToDate: "now" },
    [`PRACTICE: log collection ${id} was started.`, "Transmitted 214 MB.", "Status: Succeeded"],
    [id],
  );
}

/** Keeps an object as a file in the folder. */
export function saveObject({ caseFile }: Place, what: string): Call {
  return call("Save-AzsSupportObjectToFile", { InputObject: what, FileName: `${caseFile}-${what}.json` }, [
    `${scratch}\\${caseFile}-${what}.json`,
  ]);
}

/** Known issues of this version; needs repair. */
export function knownIssues({ random }: Place): Call {
  const rows = times(random.between(6, 18), (number) => [
    `PRACTICE-KI-${String(number).padStart(3, "0")}`,
    random.chance(0.85) ? "NotDetected" : "Detected",
  ]);
  return call("Test-AzsSupportKnownIssue", {}, table(["Issue", "Result"], rows), ["PracticeKnownIssue"]);
}

/** Starts a service again; needs repair. */
export function restartService({ machine, random }: Place): Call {
  const name = random.pick(["WinRM", "FabricHostSvc", "MonAgentHost"]);
  return call("Restart-AzsSupportService", { ComputerName: machine, ServiceName: name }, [
    `Service '${name}' was restarted on ${machine}.`,
  ]);
}

/** Free space on all machines. */
export function diskSpace({ random }: Place): Call {
  const rows = [...infrastructureMachines, ...hosts].map((name) => [
    name,
    "C:",
    random.between(120, 480),
    random.between(1, 90),
  ]);
  return call("Get-AzsSupportDiskSpace", {}, table(["ComputerName", "Drive", "SizeGB", "FreeGB"], rows), [
    "PracticeDiskSpace",
  ]);
}
