import { customObject } from "../../protocol/clixml/build.ts";
import type { ClixmlObject, ClixmlValue } from "../../protocol/clixml/value.ts";
import type { Instant, StampGrant } from "../model/stampState.ts";
import type { StampSwitches } from "../stampSwitches.ts";
import { listLines } from "../winrm/formatting/drawList.ts";
import { formatObjects } from "./formatObjects.ts";
import { printedDate, printedEnum } from "./printedValues.ts";

/** So long the way to the vendor takes after a grant. */
const connectingMilliseconds = 5_000;

/** A grant as it is printed (domain.md 4.1), in the shape of the switches. */
export function printedGrant(
  grant: StampGrant,
  now: Instant,
  switches: StampSwitches,
): readonly ClixmlValue[] {
  const object = grantObject(grant, now, switches);
  switch (switches.grantShape) {
    case "wrapped":
      return [customObject({ Name: "RemoteSupportAccess", Status: "SUCCESS", AdditionalData: object })];
    case "asText":
      return ["", "", ...listLines(object, null), "", ""];
    case "formatted":
      return formatObjects(object);
    default:
      return [object];
  }
}

/** The object itself. */
export function grantObject(grant: StampGrant, now: Instant, switches: StampSwitches): ClixmlObject {
  const connection = connectionOf(grant, now, switches);
  const properties: readonly (readonly [string, ClixmlValue])[] = [
    ["State", printedEnum("State", grant.ended === null ? "Active" : "Expired", switches)],
    ["CreatedAt", printedDate(grant.createdAt, switches)],
    [
      "UpdatedAt",
      printedDate(grant.ended?.because === "revoked" ? grant.ended.at : grant.updatedAt, switches),
    ],
    ["ConnectionStatus", printedEnum("ConnectionStatus", connection.status, switches)],
    ["ConnectionErrorMessage", connection.error],
    ["TargetService", printedEnum("TargetService", "PowerShell", switches)],
    ["AccessLevel", printedEnum("AccessLevel", grant.level, switches)],
    // A revoked grant ended with its revoke, whatever was agreed before.
    ["ExpiresAt", printedDate(grant.ended?.at ?? grant.expiresAt, switches)],
    ["SasCredential", null],
  ];
  return customObject(new Map(shaped(properties, switches)));
}

function connectionOf(
  grant: StampGrant,
  now: Instant,
  switches: StampSwitches,
): {
  readonly status: "Disconnected" | "Connecting" | "Connected" | "Failed";
  readonly error: string | null;
} {
  if (grant.ended !== null) return { status: "Disconnected", error: null };
  switch (switches.connectionStatus) {
    case "connects":
      return {
        status: now - grant.updatedAt < connectingMilliseconds ? "Connecting" : "Connected",
        error: null,
      };
    case "staysConnecting":
      return { status: "Connecting", error: null };
    case "error":
      return {
        status: "Failed",
        error: "PRACTICE: the relay at practice.example did not answer on port 443.",
      };
    default:
      return switches.connectionStatus satisfies never;
  }
}

/** A build that renamed what tells a grant from anything else. */
const otherNames: Readonly<Record<string, string>> = {
  State: "AccessState",
  CreatedAt: "GrantedOn",
  UpdatedAt: "ChangedOn",
  AccessLevel: "Scope",
  ExpiresAt: "ValidUntil",
};

function shaped(
  properties: readonly (readonly [string, ClixmlValue])[],
  switches: StampSwitches,
): readonly (readonly [string, ClixmlValue])[] {
  const without = (...names: readonly string[]) => properties.filter(([name]) => !names.includes(name));
  switch (switches.grantShape) {
    case "nine":
    case "wrapped":
    case "asText":
    case "formatted":
      return properties;
    case "otherNames":
      return properties.map(([name, value]) => [otherNames[name] ?? name, value]);
    case "empty":
      return properties.map(([name]) => [name, null]);
    case "seven":
      return without("ConnectionStatus", "ConnectionErrorMessage");
    case "missing":
      return without("UpdatedAt", "TargetService", "SasCredential");
    case "extra":
      return [
        ...without("SasCredential"),
        ["SasCredential", "PRACTICE-SAS-a-client-must-mask-this"],
        ["Region", "practice"],
        ["RetryCount", 0],
      ];
    default:
      return switches.grantShape satisfies never;
  }
}
