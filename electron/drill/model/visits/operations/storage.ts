import { call } from "../call.ts";
import type { Call } from "../call.ts";
import { hosts } from "../place.ts";
import type { Place } from "../place.ts";
import { list, table, times } from "../printed.ts";

/* Volumes, disks and their health. */

/** Health of the virtual disks. */
export function virtualDisks({ random, volume }: Place): Call {
  const names = ["ObjStore_1", "ObjStore_2", "Infrastructure_1", "VmTemp_3", "SU1_Public"];
  const rows = names.map((name) => [
    name,
    name === volume && random.chance(0.7) ? "Warning" : "Healthy",
    name === volume ? "InService" : "OK",
    random.between(2, 40),
  ]);
  return call(
    "Get-AzsSupportVirtualDisk",
    {},
    table(["FriendlyName", "HealthStatus", "OperationalStatus", "SizeTB"], rows),
    ["MSFT_VirtualDisk"],
  );
}

/** Repairs that run on them. */
export function storageJobs({ random, volume }: Place): Call {
  const rows = times(random.between(1, 4), () => [
    `Repair ${volume}`,
    random.pick(["Running", "Suspended", "Running"]),
    random.between(1, 99),
    random.between(40, 4_000),
  ]);
  return call(
    "Get-AzsSupportVirtualDiskStorageJob",
    {},
    table(["Name", "JobState", "PercentComplete", "BytesTotalGB"], rows),
    ["MSFT_StorageJob"],
  );
}

/** All storage nodes. */
export function storageNodes({ random }: Place): Call {
  const rows = hosts.map((host) => [host, "S-1-PRACTICE", random.chance(0.92) ? "Up" : "Paused"]);
  return call(
    "Get-AzsSupportStorageNode",
    {},
    table(["Name", "Manufacturer", "OperationalStatus"], rows),
    hosts,
  );
}

/** Cluster shared volumes by state. */
export function sharedVolumes({ random }: Place): Call {
  const rows = ["ObjStore_1", "ObjStore_2", "Infrastructure_1", "VmTemp_3"].map((name) => [
    name,
    random.chance(0.9) ? "Online" : "Redirected",
    random.pick(hosts),
  ]);
  return call("Get-AzsSupportClusterSharedVolume", {}, table(["Name", "State", "OwnerNode"], rows), [
    "ClusterSharedVolume",
  ]);
}

/** How full the object stores are. */
export function volumeUtilization({ random }: Place): Call {
  const rows = times(6, (number) => [
    `ObjStore_${number}`,
    random.between(8_000, 16_000),
    random.between(40, 97),
  ]);
  return call("Get-AzsSupportVolumeUtilization", {}, table(["Volume", "SizeGB", "UsedPercent"], rows), [
    "PracticeVolume",
  ]);
}

/** The health check of the subsystem. */
export function debugSubsystem({ random, volume }: Place): Call {
  const fields = {
    Severity: "Degraded/Warning",
    Reason: `PRACTICE: redundancy of ${volume} is reduced.`,
    RecommendedAction: "Wait for the running repair to finish.",
    FaultId: random.guid(),
  };
  return call("Debug-AzsSupportStorageSubsystem", {}, list(fields), ["StorageDiagnoseResult"]);
}

/** Storage errors of the hosts' event logs. */
export function storageErrors({ random, host }: Place): Call {
  const rows = times(random.between(5, 120), () => [
    host,
    random.pick([153, 129, 5120, 205] as const),
    `PRACTICE disk ${random.between(1, 24)}: ${random.pick(["reset issued", "IO retried", "path lost", "path restored"])}`,
  ]);
  return call(
    "Get-AzsSupportStorageEventLogErrors",
    { ComputerName: host },
    table(["Host", "Id", "Message"], rows),
    [host],
  );
}

/** The scripted storage tests. */
export function storageDiagnostic({ random, caseFile }: Place): Call {
  return call("Start-AzsSupportStorageDiagnostic", { Include: "PhysicalExtentCheck, DiskHealth" }, [
    ...times(
      random.between(8, 24),
      (number) => `PRACTICE test ${number}: ${random.chance(0.9) ? "passed" : "warning"}`,
    ),
    `Report: C:\\MASLogs\\PracticeSupport\\${caseFile}-StorageDiagnostic.html`,
  ]);
}

/** Refreshes the health cache; needs repair. */
export function updateHealthCache(): Call {
  return call("Update-AzsSupportStorageHealthCache", {}, ["The storage health cache was refreshed."]);
}

/** Gives a shared volume another owner; needs repair. */
export function moveSharedVolume({ volume, host }: Place): Call {
  return call("Move-AzsSupportClusterSharedVolume", { Name: volume, Node: host }, [
    `${volume} is now owned by ${host}.`,
  ]);
}

/** How large folders are. */
export function folderSize({ machine, random }: Place): Call {
  const rows = times(random.between(6, 30), (number) => [
    `C:\\ProgramData\\Practice\\Folder${number}`,
    random.between(1, 18_000),
  ]);
  return call(
    "Get-AzsSupportFolderSize",
    { ComputerName: machine, Path: "C:\\ProgramData" },
    table(["Path", "SizeMB"], rows),
    ["PracticeFolder"],
  );
}

/** Frees space; needs repair. */
export function clearDiskSpace({ machine, random }: Place): Call {
  return call("Clear-AzSSupportDiskSpace", { ComputerName: machine }, [
    `Freed ${random.between(2, 60)} GB on ${machine}.`,
  ]);
}
