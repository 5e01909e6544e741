import { version } from "../clixml/build.ts";
import { property, textOf } from "../clixml/look.ts";
import type { ClixmlValue } from "../clixml/value.ts";
import { members } from "./objects.ts";
import { PsrpError } from "./psrpError.ts";

/** SESSION_CAPABILITY ([MS-PSRP] 2.2.2.1). */
export type Capability = {
  readonly protocolVersion: string;
  readonly psVersion: string;
  readonly serializationVersion: string;
};

/** What we speak in both roles. Never 2.4: from there on a SecureString travels in the clear. */
export const ourCapability: Capability = {
  protocolVersion: "2.3",
  psVersion: "2.0",
  serializationVersion: "1.1.0.1",
};

export function writeCapability(capability: Capability): ClixmlValue {
  return members({
    protocolversion: version(capability.protocolVersion),
    PSVersion: version(capability.psVersion),
    SerializationVersion: version(capability.serializationVersion),
  });
}

/** Reads by name; a TimeZone member is passed over and never deserialised. */
export function readCapability(value: ClixmlValue): Capability {
  const text = (name: string): string => textOf(property(value, name)) ?? "";
  return {
    protocolVersion: text("protocolversion"),
    psVersion: text("PSVersion"),
    serializationVersion: text("SerializationVersion"),
  };
}

/** Throws PsrpError `versionNotSupported` with both triples unless the peer's is one that we can talk to. */
export function demandSupported(theirs: Capability): void {
  const fits =
    /^2\.\d{1,9}$/.test(theirs.protocolVersion) &&
    theirs.psVersion === ourCapability.psVersion &&
    theirs.serializationVersion === ourCapability.serializationVersion;
  if (!fits)
    throw new PsrpError(
      "versionNotSupported",
      `the peer speaks ${triple(theirs)}, we speak ${triple(ourCapability)}`,
    );
}

const triple = (capability: Capability): string =>
  [capability.protocolVersion, capability.psVersion, capability.serializationVersion]
    .map((part) => part.slice(0, 20) || "none")
    .join(", ");

/** The minor number of a 2.x protocol version. */
export function minorOf(capability: Capability): number {
  return Number(capability.protocolVersion.split(".")[1] ?? 0);
}

/** What a server answers: the lower of both protocol versions. */
export function commonCapability(theirs: Capability): Capability {
  const minor = Math.min(minorOf(theirs), minorOf(ourCapability));
  return { ...ourCapability, protocolVersion: `2.${minor}` };
}
