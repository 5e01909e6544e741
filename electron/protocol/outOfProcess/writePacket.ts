import { toBase64 } from "../clixml/base64.ts";
import { OutOfProcessError } from "./outOfProcessError.ts";
import type { Packet } from "./packet.ts";

const session = "00000000-0000-0000-0000-000000000000";
const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * One packet as a line, letter for letter as PowerShell writes it: single quotes, lower-case GUID, a blank before `/>`.
 * Throws OutOfProcessError `badAttribute` for a target that is no GUID, before anything is built with it.
 */
export function writePacket(packet: Packet): Uint8Array {
  const attribute = `PSGuid='${targetText(packet.target)}'`;
  const line =
    packet.type === "Data"
      ? `<Data Stream='${packet.stream}' ${attribute}>${toBase64(packet.bytes)}</Data>\n`
      : `<${packet.type} ${attribute} />\n`;
  return new TextEncoder().encode(line);
}

function targetText(target: string | null): string {
  if (target === null) return session;
  if (!guid.test(target)) throw new OutOfProcessError("badAttribute", "A target must be a GUID");
  return target.toLowerCase();
}
