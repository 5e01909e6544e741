import { expect, test } from "vitest";
import { customObject, hashtable, list, psObject } from "../../protocol/clixml/build.ts";
import { readStampFacts } from "./readStampFacts.ts";

test("version, time zone and addresses are found, all else is told by name", () => {
  const facts = readStampFacts(
    customObject({
      StampVersion: "1.2311.1.22",
      Timezone: "Pacific Standard Time",
      EmergencyConsoleIPAddresses: list(["192.168.200.224", "192.168.200.225", "192.168.200.226"]),
      RegionName: "local",
      NumberOfNodes: 4,
      AdminExternalEndpoints: customObject({ AdminPortal: "https://adminportal.local", AdminHosting: null }),
      TenantExternalEndpoints: "@{TenantPortal=https://portal.local}",
      AdminPassword: "p",
      PSComputerName: "azs-ercs01",
    }),
  );
  expect(facts).toEqual({
    version: "1.2311.1.22",
    timeZone: "Pacific Standard Time",
    endpointAddresses: ["192.168.200.224", "192.168.200.225", "192.168.200.226"],
    other: [
      { name: "RegionName", text: "local" },
      { name: "NumberOfNodes", text: "4" },
      { name: "AdminExternalEndpoints.AdminPortal", text: "https://adminportal.local" },
      { name: "AdminExternalEndpoints.AdminHosting", text: "" },
      { name: "TenantExternalEndpoints", text: "@{TenantPortal=https://portal.local}" },
      { name: "AdminPassword", text: "[hidden]" },
    ],
  });
});

test("addresses and time zone may be objects or one text, and a name is no address", () => {
  const address = psObject({ display: "10.0.0.1", adapted: { IPAddressToString: "10.0.0.1" } });
  const facts = readStampFacts(
    hashtable({
      EmergencyConsoleIPAddresses: list([address, "fe80::1"]),
      Timezone: psObject({ display: "(UTC)", adapted: { Id: "UTC" } }),
    }),
  );
  expect(facts).toMatchObject({ timeZone: "UTC", endpointAddresses: ["10.0.0.1", "fe80::1"] });
  const asText = (text: string): readonly string[] =>
    readStampFacts(customObject({ EmergencyConsoleIPAddresses: text })).endpointAddresses;
  expect(asText("10.0.0.1, 10.0.0.2 10.0.0.1")).toEqual(["10.0.0.1", "10.0.0.2"]);
  expect(asText("System.Object[]")).toEqual([]);
});

test("an answer without anything known is empty, not an error", () => {
  expect(readStampFacts(null)).toEqual({ version: null, timeZone: null, endpointAddresses: [], other: [] });
});
