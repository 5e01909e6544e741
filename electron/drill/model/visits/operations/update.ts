import { call } from "../call.ts";
import type { Call } from "../call.ts";
import type { Place } from "../place.ts";
import { list, table, times } from "../printed.ts";

/* Updates of the stamp and the action plans behind them. */

/** The latest action plans. */
export function actionPlans({ random }: Place): Call {
  const rows = times(random.between(4, 25), (number) => [
    random.guid(),
    random.pick(["MasUpdate", "InternalSecretRotation", "CloudUpdate", "FruReplacement"]),
    number === 1 ? "Failed" : random.pick(["Completed", "Completed", "Cancelled"]),
    random.between(number, number * 3),
  ]);
  return call(
    "Get-AzsSupportActionPlanInstance",
    { MostRecent: "True" },
    table(["InstanceID", "ActionPlanName", "Status", "DaysAgo"], rows),
    ["ActionPlanInstance"],
  );
}

/** The steps of the one that failed. */
export function actionPlanSteps({ random, machine }: Place): Call {
  const failedStep = random.between(5, 12);
  const rows = times(random.between(14, 90), (number) => [
    `1.${Math.ceil(number / 8)}.${((number - 1) % 8) + 1}`,
    `PRACTICE step ${number} on ${machine}`,
    number < failedStep ? "Success" : number === failedStep ? "Error" : "NotStarted",
  ]);
  return call(
    "Get-AzsSupportActionPlanInstance",
    { ActionPlanInstanceID: random.guid(), Steps: "True" },
    table(["Index", "Name", "Status"], rows),
    ["ActionPlanStep"],
  );
}

/** Which team owns the failure. */
export function routingInformation({ random }: Place): Call {
  const fields = {
    ActionPlan: "MasUpdate",
    FailedInterface: random.pick(["HealthCheck", "UpdateServiceFabric", "DrainNode"]),
    OwningTeam: "PRACTICE update team",
  };
  return call("Get-AzsSupportRoutingInformation", {}, list(fields), ["RoutingInformation"]);
}

/** Roles and their nodes, as the orchestrator lists them. */
export function roleNodes({ random }: Place): Call {
  const role = random.pick(["ServiceFabricRing", "PublicPortal", "SeedRing"]);
  const rows = times(3, (number) => [
    role,
    `AZS-${random.pick(["SRNG", "WASP", "XRP"])}0${number}`,
    "Provisioned",
  ]);
  return call("Get-AzsSupportECERoleNodes", { RoleName: role }, table(["Role", "Node", "State"], rows), [
    role,
  ]);
}

/** DSC logs of one machine. */
export function dscLogs({ machine, random }: Place): Call {
  return call("Get-AzsSupportDscLogs", { ComputerName: machine }, [
    ...times(
      random.between(6, 40),
      (number) => `PRACTICE DSC event ${number}: LCM state is ${random.pick(["Idle", "Busy"])}`,
    ),
  ]);
}

/** Code integrity of all machines. */
export function codeIntegrity({ machine }: Place): Call {
  const fields = { ComputerName: machine, KernelMode: "Enforced", UserMode: "Audit" };
  return call("Get-AzsSupportCodeIntegrityEnforcementStatus", { ComputerName: machine }, list(fields), [
    machine,
  ]);
}

/** Reboots a role; needs repair. */
export function restartRole({ random }: Place): Call {
  const role = random.pick(["SeedRing", "WASPUBLIC", "Gateways"]);
  return call("Restart-AzsSupportComputerByRole", { RoleName: role }, [
    `PRACTICE: the machines of ${role} restart one after another.`,
    "All machines are back.",
  ]);
}
