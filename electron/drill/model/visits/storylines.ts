import type { Call } from "./call.ts";
import * as machines from "./operations/machines.ts";
import * as network from "./operations/network.ts";
import * as fabric from "./operations/serviceFabric.ts";
import * as storage from "./operations/storage.ts";
import * as support from "./operations/support.ts";
import * as update from "./operations/update.ts";
import type { Place } from "./place.ts";

/** What a visit is about, told in the order of the work. */
export type Storyline = {
  readonly name: string;
  /** Looking: within Diagnostics. */
  readonly look: (place: Place) => readonly Call[];
  /** Mending: above Diagnostics. */
  readonly mend: (place: Place) => readonly Call[];
  /** Looking whether it helped, and tidying up. */
  readonly close: (place: Place) => readonly Call[];
};

const stuckUpdate: Storyline = {
  name: "stuck update",
  look: (place) => [
    update.actionPlans(place),
    update.actionPlanSteps(place),
    update.routingInformation(place),
    update.roleNodes(place),
    support.windowsEvents(place, 6),
    update.dscLogs(place),
  ],
  mend: (place) => [support.knownIssues(place), support.restartService(place), update.restartRole(place)],
  close: (place) => [update.actionPlans(place), support.sendLogs(place, "ECE, Seedring")],
};

const fullDisk: Storyline = {
  name: "full disk",
  look: (place) => [
    support.diskSpace(place),
    storage.folderSize(place),
    storage.volumeUtilization(place),
    machines.handles(place),
    support.services(place),
  ],
  mend: (place) => [storage.clearDiskSpace(place), machines.removeItemByStopService(place)],
  close: (place) => [support.diskSpace(place), support.clearWorkingDirectory()],
};

const degradedStorage: Storyline = {
  name: "degraded storage",
  look: (place) => [
    storage.virtualDisks(place),
    storage.storageJobs(place),
    storage.storageNodes(place),
    storage.debugSubsystem(place),
    storage.storageErrors(place),
    storage.sharedVolumes(place),
    storage.storageDiagnostic(place),
  ],
  mend: (place) => [storage.updateHealthCache(), storage.moveSharedVolume(place)],
  close: (place) => [
    storage.storageJobs(place),
    storage.virtualDisks(place),
    support.saveObject(place, "VirtualDisks"),
  ],
};

const unhealthyRing: Storyline = {
  name: "unhealthy ring",
  look: (place) => [
    fabric.ringHealth(place),
    fabric.ringNodes(place),
    fabric.ringServices(place),
    fabric.replicas(place),
    fabric.ringUpgrade(place),
    fabric.ringManifest(place),
    support.processes(place),
  ],
  mend: (place) => [fabric.movePrimary(place), fabric.restartPrimary(place)],
  close: (place) => [fabric.replicas(place), fabric.ringHealth(place)],
};

const lostConnections: Storyline = {
  name: "lost connections",
  look: (place) => [
    network.gatewayConnections(place),
    network.sdnDiagnostic(place),
    network.enableTrace(place),
    network.traceEvents(place),
    network.disableTrace(place),
    network.netView(place),
  ],
  mend: (place) => [network.sdnResource(place), network.nrpResource(place)],
  close: (place) => [
    network.gatewayConnections(place),
    support.copyFiles(place),
    support.workingDirectoryFiles(place),
    support.sendLogs(place, "NetworkController, Gateway"),
    support.clearWorkingDirectory(),
  ],
};

const stuckMachine: Storyline = {
  name: "stuck tenant machine",
  look: (place) => [
    machines.tenantVm(place),
    machines.clusterResources(place),
    machines.infrastructureHosts(place),
    machines.vmReport(place),
    machines.clusterLog(),
    support.windowsEvents(place, 2),
  ],
  mend: (place) => [machines.moveVm(place), machines.moveClusterGroup(place)],
  close: (place) => [machines.tenantVm(place), support.sendLogs(place, "Compute")],
};

const slowPortal: Storyline = {
  name: "slow portal",
  look: (place) => [
    machines.performance(place),
    support.processes(place),
    machines.infrastructureVms(place),
    machines.handles(place),
    fabric.ringServices(place),
  ],
  mend: (place) => [machines.stopProcess(place), support.restartService(place)],
  close: (place) => [machines.performance(place), update.codeIntegrity(place)],
};

const quickLook: Storyline = {
  name: "quick look",
  look: (place) => [support.stampInformation(), support.services(place), update.actionPlans(place)],
  mend: (place) => [support.knownIssues(place)],
  close: (place) => [support.workingDirectory(), support.sendLogs(place, "ECE")],
};

export const storylines: readonly [Storyline, ...Storyline[]] = [
  stuckUpdate,
  fullDisk,
  degradedStorage,
  unhealthyRing,
  lostConnections,
  stuckMachine,
  slowPortal,
  quickLook,
];
