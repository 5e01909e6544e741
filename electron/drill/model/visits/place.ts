import type { Random } from "../random.ts";

/** The names a visit speaks of. All begin with the practice stamp's AZS, or say practice. */
export type Place = {
  readonly random: Random;
  /** The machine the case is about. */
  readonly machine: string;
  readonly host: string;
  readonly volume: string;
  readonly ring: string;
  readonly tenantVm: string;
  /** Begins the names of the files that are gathered. */
  readonly caseFile: string;
};

export const infrastructureMachines = [
  "AZS-ERCS01",
  "AZS-ERCS02",
  "AZS-ERCS03",
  "AZS-XRP01",
  "AZS-XRP02",
  "AZS-XRP03",
  "AZS-ACS01",
  "AZS-SRNG01",
  "AZS-NC01",
  "AZS-GWY01",
  "AZS-SLB01",
  "AZS-WASP01",
] as const;

export const hosts = ["AZS-NODE01", "AZS-NODE02", "AZS-NODE03", "AZS-NODE04"] as const;

/** Chooses what a visit is about. */
export function choosePlace(random: Random): Place {
  return {
    random,
    machine: random.pick(infrastructureMachines),
    host: random.pick(hosts),
    volume: random.pick(["ObjStore_1", "ObjStore_2", "Infrastructure_1", "VmTemp_3"]),
    ring: random.pick(["AzureStackServiceFabricRing", "XRPServiceFabricRing", "ACSServiceFabricRing"]),
    tenantVm: `practice-vm-${random.hex(4)}`,
    caseFile: `practice-case-${random.between(100, 999)}`,
  };
}
