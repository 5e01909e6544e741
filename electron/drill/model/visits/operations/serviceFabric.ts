import { call } from "../call.ts";
import type { Call } from "../call.ts";
import type { Place } from "../place.ts";
import { list, table, times } from "../printed.ts";

/* The rings of Service Fabric. */

const services = [
  "fabric:/PracticeCompute/Crp",
  "fabric:/PracticeNetwork/Nrp",
  "fabric:/PracticeStorage/Acs",
] as const;

/** Health of one ring. */
export function ringHealth({ ring, random }: Place): Call {
  const fields = {
    Ring: ring,
    AggregatedHealthState: random.pick(["Ok", "Warning", "Error"]),
    NodeHealthStates: "5 Ok",
    UnhealthyEvaluations: `PRACTICE: ${random.between(0, 3)} replicas are below their target count.`,
  };
  return call("Get-AzsSupportServiceFabricClusterHealth", { Cluster: ring }, list(fields), ["ClusterHealth"]);
}

/** Its nodes. */
export function ringNodes({ ring, random }: Place): Call {
  const rows = times(5, (number) => [
    `AZS-XRP0${number}`,
    random.chance(0.93) ? "Up" : "Down",
    random.between(1, 90),
    "9.1.1851.9590",
  ]);
  return call(
    "Get-AzsSupportServiceFabricNode",
    { Cluster: ring },
    table(["NodeName", "NodeStatus", "UpDays", "CodeVersion"], rows),
    ["Node"],
  );
}

/** Its services. */
export function ringServices({ ring, random }: Place): Call {
  const rows = times(random.between(10, 60), (number) => [
    `fabric:/PracticeApp${number}/Service`,
    random.pick(["Stateful", "Stateless"]),
    random.chance(0.95) ? "Ok" : "Warning",
  ]);
  return call(
    "Get-AzsSupportServiceFabricService",
    { Cluster: ring },
    table(["ServiceName", "Kind", "Health"], rows),
    ["Service"],
  );
}

/** Replicas of one service. */
export function replicas({ ring, random }: Place): Call {
  const rows = times(random.between(3, 9), (number) => [
    random.hex(16),
    number === 1 ? "Primary" : "ActiveSecondary",
    random.chance(0.9) ? "Ready" : "InBuild",
    `AZS-XRP0${((number - 1) % 5) + 1}`,
  ]);
  const parameters = { Cluster: ring, ServiceName: random.pick(services) };
  return call(
    "Get-AzsSupportServiceFabricReplica",
    parameters,
    table(["ReplicaId", "Role", "Status", "Node"], rows),
    ["Replica"],
  );
}

/** The manifest of a ring: long XML. */
export function ringManifest({ ring, random }: Place): Call {
  const sections = times(random.between(20, 120), (number) => [
    `  <Section Name="Practice${number}">`,
    `    <Parameter Name="Value" Value="${random.between(1, 9_999)}" />`,
    "  </Section>",
  ]);
  const xml = [`<ClusterManifest Name="${ring}">`, ...sections.flat(), "</ClusterManifest>"];
  return call("Get-AzsSupportServiceFabricClusterManifest", { Cluster: ring }, xml, ["<ClusterManifest>"]);
}

/** Whether the ring is being upgraded. */
export function ringUpgrade({ ring, random }: Place): Call {
  const fields = {
    Ring: ring,
    UpgradeState: random.pick(["RollingForwardCompleted", "RollingForwardInProgress"]),
  };
  return call("Get-AzsSupportServiceFabricClusterUpgrade", { Cluster: ring }, list(fields), [
    "ClusterUpgrade",
  ]);
}

/** Moves the primary; needs repair. */
export function movePrimary({ ring, random }: Place): Call {
  const parameters = { Cluster: ring, ServiceName: random.pick(services), NodeName: "AZS-XRP02" };
  return call("Move-AzsSupportServiceFabricPrimaryReplica", parameters, [
    "The primary replica is on AZS-XRP02.",
  ]);
}

/** Bounces the primary; needs repair. */
export function restartPrimary({ ring, random }: Place): Call {
  const parameters = { Cluster: ring, ServiceName: random.pick(services) };
  return call("Restart-AzsSupportServiceFabricPrimaryReplica", parameters, [
    "The primary replica was restarted.",
  ]);
}
