import { OutOfProcessError } from "./outOfProcessError.ts";
import type { PacketName, Role } from "./packet.ts";

/** A start tag, read and checked. */
export type Tag = {
  readonly name: PacketName;
  readonly target: string | null;
  readonly stream: "Default" | "PromptResponse";
  /** True for `<Close ... />`, false when an end tag has to follow. */
  readonly closed: boolean;
};

const fromServer: ReadonlySet<string> = new Set(["Data", "DataAck", "CommandAck", "SignalAck", "CloseAck"]);
const fromClient: ReadonlySet<string> = new Set(["Data", "Command", "Signal", "Close"]);

const tagPattern =
  /^<([A-Za-z]{1,20})((?:[ \t]+[A-Za-z]{1,20}[ \t]*=[ \t]*(?:'[^'<]*'|"[^"<]*"))*)[ \t]*(\/?)>$/;
const attributePattern = /([A-Za-z]+)[ \t]*=[ \t]*(?:'([^']*)'|"([^"]*)")/g;
const guidPattern =
  /^(\{?)([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})(\}?)$/;
const noGuid = /^[0-]+$/;

/**
 * Reads one start tag as real servers do: either quote, GUIDs in either case and in braces, attributes in any order
 * [R7]. Throws OutOfProcessError.
 */
export function readTag(text: string, role: Role): Tag {
  const [, name = "", attributeText = "", slash = ""] = tagPattern.exec(text) ?? [];
  if (name === "") throw new OutOfProcessError("notXml", "A line is not an element of the framing");
  if (!isExpected(name, role))
    throw new OutOfProcessError("unknownElement", `An element came that a ${role} does not take`);
  const attributes = readAttributes(attributeText);
  const target = readTarget(attributes.get("PSGuid"));
  const stream = name === "Data" ? readStream(attributes.get("Stream"), role) : "Default";
  if (attributes.size !== (name === "Data" ? 2 : 1))
    throw new OutOfProcessError("badAttribute", "An element has other attributes than its own");
  return { name, target, stream, closed: slash !== "" };
}

const isExpected = (name: string, role: Role): name is PacketName =>
  (role === "client" ? fromServer : fromClient).has(name);

function readAttributes(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = "", single, double] of text.matchAll(attributePattern)) {
    if (attributes.has(name)) throw new OutOfProcessError("badAttribute", "An attribute stands twice");
    attributes.set(name, single ?? double ?? "");
  }
  return attributes;
}

function readTarget(text: string | undefined): string | null {
  const [, open = "", guid = "", close = ""] = guidPattern.exec(text ?? "") ?? [];
  if (guid === "" || (open === "") !== (close === ""))
    throw new OutOfProcessError("badAttribute", "A PSGuid is missing or no GUID");
  return noGuid.test(guid) ? null : guid.toLowerCase();
}

function readStream(text: string | undefined, role: Role): Tag["stream"] {
  if (text === "Default") return text;
  if (text === "PromptResponse" && role === "server") return text;
  throw new OutOfProcessError("badAttribute", "A Data has no Stream that belongs there");
}
