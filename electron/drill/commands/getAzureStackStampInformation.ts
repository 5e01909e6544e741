import { customObject, guid, list, version } from "../../protocol/clixml/build.ts";
import type { ClixmlObject } from "../../protocol/clixml/value.ts";
import { randomFrom } from "../model/random.ts";
import { stampDomain } from "../model/stampNames.ts";
import { CommandError } from "../stampCommand.ts";
import type { Invocation, StampCommand } from "../stampCommand.ts";
import type { StampSwitches } from "../stampSwitches.ts";
import type { CommandContext } from "./commandContext.ts";

const external = "practice.example";

const versions = {
  supported: "1.2206.2.77",
  old: "1.2008.33.131",
  withoutHotfix: "1.2102.30.97",
  newer: "1.2506.2.24",
} as const satisfies Record<StampSwitches["version"], string>;

/** What the stamp says about itself; field names as seen in use (domain.md 2.5). */
export function getAzureStackStampInformation(context: CommandContext): StampCommand {
  return {
    name: "Get-AzureStackStampInformation",
    kind: "Function",
    module: "Microsoft.AzureStack.StampInformation",
    parameters: [{ name: "AsJob", type: "Switch" }],
    run: (invocation) => run(context, invocation),
  };
}

async function* run(context: CommandContext, invocation: Invocation): AsyncGenerator<ClixmlObject> {
  const switches = context.switches();
  invocation.signal.throwIfAborted();
  if (switches.stampInformation === "eceError") throw eceError();
  yield stampInformation(context.model.state().seed, switches);
}

function stampInformation(seed: number, switches: StampSwitches): ClixmlObject {
  const random = randomFrom(seed, "stamp");
  const endpoints = (kind: string, names: readonly string[]) =>
    customObject(
      Object.fromEntries(names.map((name) => [name, `https://${name.toLowerCase()}.${kind}.${external}/`])),
    );
  return customObject({
    StampVersion: version(versions[switches.version]),
    CloudID: guid(random.guid()),
    DeploymentID: guid(random.guid()),
    AADTenantID: guid(random.guid()),
    AADTenantName: external,
    RegionName: "practice",
    ExternalDomainFQDN: external,
    DomainFQDN: `azs.${external}`,
    DomainNetBIOSName: stampDomain,
    NumberOfNodes: 4,
    Timezone: switches.timeZone,
    EmergencyConsoleIPAddresses: list(["127.0.0.1", "127.0.0.1", "127.0.0.1"]),
    AdminExternalEndpoints: endpoints("admin", ["AdminPortal", "AdminResourceManager", "AdminHosting"]),
    TenantExternalEndpoints: endpoints("tenant", ["TenantPortal", "TenantResourceManager", "TenantHosting"]),
    ExternalDNSIPAddress01: "192.0.2.53",
    ExternalDNSIPAddress02: "192.0.2.54",
    HardwareOEM: "PRACTICE stamp, simulated, nothing in it is real",
  });
}

function eceError(): CommandError {
  return new CommandError("PRACTICE: error communicating with the ECE service. Try again in a few minutes.", {
    errorId: "EceServiceError,Get-AzureStackStampInformation",
    category: 27,
  });
}
