import { powershellNamespace } from "./names.ts";
import { WsmanError } from "./wsmanError.ts";

/** What all requests of one pool have in common. */
export type WsmanContext = {
  /** The address as `http://host:port/wsman`. */
  readonly to: string;
  /** Name of the session configuration; checked against its pattern before every envelope. */
  readonly configuration: string;
  /** A GUID, one for all connections of a pool. */
  readonly sessionId: string;
  /** Bytes that we accept: 153600 until the server's protocol version is known, 512000 from 2.2 on. */
  readonly maxEnvelopeSize: number;
  /** A new GUID for every request; any case, it is written in upper case. */
  readonly newId: () => string;
};

/** Time that every request but Receive gets unless told otherwise, in milliseconds (protocol 8.1). */
export const usualTimeout = 60_000;

const pattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

export function isConfigurationName(name: string): boolean {
  return pattern.test(name);
}

/** The ResourceURI of a session configuration. Throws WsmanError "configurationName" before anything is built with it. */
export function configurationUri(name: string): string {
  if (!isConfigurationName(name))
    throw new WsmanError(
      "configurationName",
      "The name of a session configuration has letters, digits, . _ and - only",
    );
  return `${powershellNamespace}/${name}`;
}
