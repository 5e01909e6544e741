import { call } from "../call.ts";
import type { Call } from "../call.ts";
import type { Place } from "../place.ts";
import { list, table, times } from "../printed.ts";

/* Gateways, traces and the SDN. Addresses are of the ranges for documentation (RFC 5737). */

/** Connections of the tenants' gateways. */
export function gatewayConnections({ random }: Place): Call {
  const rows = times(random.between(2, 8), (number) => [
    `practice-gateway-${number}`,
    `203.0.113.${random.between(2, 250)}`,
    random.pick(["Connected", "Connecting", "Disconnected"]),
  ]);
  return call("Get-AzsSupportS2SConnectionInformation", {}, table(["Name", "PeerAddress", "Status"], rows), [
    "S2SConnection",
  ]);
}

/** Switches capturing on. */
export function enableTrace({ machine, caseFile }: Place): Call {
  const parameters = {
    ComputerName: machine,
    TraceFile: `C:\\MASLogs\\PracticeSupport\\${caseFile}-net.etl`,
    MaxSizeMB: "512",
  };
  return call(
    "Enable-AzsSupportNetshTrace",
    parameters,
    list({ Status: "Running", TraceFile: `${caseFile}-net.etl` }),
  );
}

/** Switches capturing off. */
export function disableTrace({ machine, random }: Place): Call {
  return call("Disable-AzsSupportNetshTrace", { ComputerName: machine }, [
    "Merging traces ... done",
    `Trace session was stopped after ${random.between(2, 40)} MB.`,
  ]);
}

/** The collector of network facts. */
export function netView({ host, random }: Place): Call {
  const parts = times(random.between(12, 60), (number) => `PRACTICE (${number}) Get-NetAdapter* ... ok`);
  return call("Invoke-AzsSupportGetNetView", { ComputerName: host }, [...parts, "Report was written."]);
}

/** The scripted network diagnosis. */
export function sdnDiagnostic({ random }: Place): Call {
  const rows = times(random.between(6, 30), (number) => [
    `PRACTICE-SDN-${number}`,
    random.chance(0.88) ? "PASS" : "FAIL",
  ]);
  return call(
    "Start-AzsSupportSdnDiagnostic",
    { Role: "Gateway, SoftwareLoadBalancer" },
    table(["Test", "Result"], rows),
    ["SdnTest"],
  );
}

/** Asks the SDN for one resource; needs repair. */
export function sdnResource({ random }: Place): Call {
  const parameters = { ResourceType: "loadBalancers", ResourceId: random.guid(), Method: "GET" };
  return call("Invoke-AzsSupportSdnResourceRequest", parameters, [
    '{ "provisioningState": "Succeeded", "practice": true }',
  ]);
}

/** Asks the network provider to change a resource; needs repair. */
export function nrpResource({ random }: Place): Call {
  const parameters = { ResourceUri: `/practice/publicIPAddresses/${random.hex(6)}`, Method: "PUT" };
  return call("Invoke-AzsSupportNrpResourceRequest", parameters, ['{ "status": 200, "practice": true }']);
}

/** Events of the trace file. */
export function traceEvents({ random }: Place): Call {
  const rows = times(random.between(10, 200), () => [
    `192.0.2.${random.between(1, 250)}`,
    `198.51.100.${random.between(1, 250)}`,
    random.pick(["SYN", "SYN-ACK", "RST", "FIN"]),
  ]);
  return call("Get-AzsSupportTraceEvent", { Last: "200" }, table(["Source", "Destination", "Flags"], rows), [
    "TraceEvent",
  ]);
}
