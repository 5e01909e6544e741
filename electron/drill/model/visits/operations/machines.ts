import { call } from "../call.ts";
import type { Call } from "../call.ts";
import { hosts } from "../place.ts";
import type { Place } from "../place.ts";
import { list, table, times } from "../printed.ts";

/* Virtual machines, the stamp's and the tenants'. */

/** Machines of the stamp's own. */
export function infrastructureVms({ random }: Place): Call {
  const rows = times(12, (number) => [
    `AZS-VM${String(number).padStart(2, "0")}`,
    random.chance(0.94) ? "Running" : "Paused",
    random.between(1, 88),
    random.pick(hosts),
  ]);
  return call("Get-AzsSupportInfrastructureVM", {}, table(["Name", "State", "CPUUsage", "Host"], rows), [
    "VirtualMachine",
  ]);
}

/** The hosts as the cluster sees them. */
export function infrastructureHosts({ random }: Place): Call {
  const rows = hosts.map((host) => [host, random.chance(0.93) ? "Up" : "Paused", 1]);
  return call("Get-AzsSupportInfrastructureHost", {}, table(["Name", "State", "NodeWeight"], rows), hosts);
}

/** One tenant's machine. */
export function tenantVm({ tenantVm: name, random, host }: Place): Call {
  const fields = {
    VMName: name,
    ResourceGroup: "practice-group",
    ProvisioningState: "Failed",
    Host: host,
    VMId: random.guid(),
  };
  return call("Get-AzsSupportTenantVM", { VMName: name }, list(fields), [name]);
}

/** All machines, the tenants' included. */
export function vmReport({ random }: Place): Call {
  const rows = times(random.between(30, 180), (number) => [
    `practice-vm-${String(number).padStart(3, "0")}`,
    random.chance(0.95) ? "Running" : "Off",
    random.pick(hosts),
    random.between(1, 64),
  ]);
  return call("Get-AzsSupportVMReport", {}, table(["Name", "State", "Host", "MemoryGB"], rows), [
    "VirtualMachine",
  ]);
}

/** Cluster resources that are not online. */
export function clusterResources({ random, tenantVm: name }: Place): Call {
  const rows = times(random.between(1, 6), (number) => [
    number === 1 ? `Virtual Machine ${name}` : `Practice resource ${number}`,
    random.pick(["Failed", "Offline", "OnlinePending"]),
    random.pick(hosts),
  ]);
  return call(
    "Get-AzsSupportClusterResource",
    { State: "Failed, Offline" },
    table(["Name", "State", "OwnerNode"], rows),
    ["ClusterResource"],
  );
}

/** Writes the cluster's logs. */
export function clusterLog(): Call {
  return call(
    "Get-AzsSupportClusterLog",
    { TimeSpan: "60" },
    hosts.map((host) => `C:\\MASLogs\\PracticeSupport\\${host}_cluster.log`),
  );
}

/** Figures of the machines. */
export function performance({ random }: Place): Call {
  const rows = hosts.map((host) => [
    host,
    random.between(4, 98),
    random.between(20, 96),
    random.between(1, 90),
  ]);
  return call(
    "Get-AzsSupportPerformanceMetrics",
    {},
    table(["Host", "CpuPercent", "MemoryPercent", "DiskLatencyMs"], rows),
    ["PracticeMetric"],
  );
}

/** Open handles of a process. */
export function handles({ machine, random }: Place): Call {
  const rows = times(random.between(10, 150), () => [
    random.hex(4).toUpperCase(),
    "File",
    `C:\\ProgramData\\Practice\\${random.hex(6)}.log`,
  ]);
  return call(
    "Invoke-AzsSupportHandle",
    { ComputerName: machine, ProcessName: "MonAgentCore" },
    table(["Handle", "Type", "Name"], rows),
    ["PracticeHandle"],
  );
}

/** A full memory dump: it may hold customers' data. */
export function memoryDump({ machine, caseFile }: Place, process: string): Call {
  const file = `C:\\MASLogs\\PracticeSupport\\${caseFile}-${process}.dmp`;
  return call("Invoke-AzsSupportProcDump", { ComputerName: machine, ProcessName: process, Full: "True" }, [
    `PRACTICE: dump of ${process} was written to ${file}.`,
  ]);
}

/** Moves a machine; needs repair. */
export function moveVm({ tenantVm: name, host }: Place): Call {
  return call("Move-AzsSupportVirtualMachine", { VMName: name, Destination: host }, [
    `${name} runs on ${host}.`,
  ]);
}

/** Moves a cluster role; needs repair. */
export function moveClusterGroup({ tenantVm: name, host }: Place): Call {
  return call("Move-AzsSupportClusterGroup", { Name: name, Node: host }, [`${name} is owned by ${host}.`]);
}

/** Ends a process; needs repair. */
export function stopProcess({ machine, random }: Place): Call {
  const id = String(random.between(500, 20_000));
  return call("Stop-AzsSupportProcess", { ComputerName: machine, ProcessId: id }, [
    `Process ${id} was stopped on ${machine}.`,
  ]);
}

/** Deletes files; needs repair. */
export function removeItem({ machine, random }: Place, path: string): Call {
  return call("Remove-AzsSupportItem", { ComputerName: machine, Path: path, Recurse: "True" }, [
    `Removed ${random.between(3, 900)} items from ${path}.`,
  ]);
}

/** Stops a service and deletes its files; needs repair. */
export function removeItemByStopService({ machine }: Place): Call {
  const parameters = {
    ComputerName: machine,
    ServiceName: "MonAgentHost",
    Path: "C:\\ProgramData\\Practice\\Cache",
  };
  return call("Remove-AzsSupportItemByStopService", parameters, [
    "MonAgentHost was stopped, the cache removed, MonAgentHost started.",
  ]);
}
