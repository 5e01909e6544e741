import { readResponse } from "../../../protocol/wsman/readResponse.ts";
import type { WsmanResponse } from "../../../protocol/wsman/responses.ts";
import { ConformanceFailure, demandEqual } from "../outcome.ts";
import { below, firstBelow, plainAttribute, plainText } from "../plain/plainXml.ts";
import type { PlainElement } from "../plain/plainXml.ts";
import type { Exchange } from "./recording.ts";
import { recordedFault } from "./streams.ts";

/** The answer as our client reads it, compared with what stands in it. `related` is false where it names another request. */
export function checkResponse(
  exchange: Exchange,
  where: string,
): { readonly read: WsmanResponse; readonly related: boolean } | null {
  const { response, answered } = exchange;
  if (response === null || answered === null) return null;
  const text = (name: string, element: PlainElement): string =>
    plainText(firstBelow(element, name) ?? { ...element, children: [] }).trim();
  const messageId = text("MessageID", exchange.asked);
  const relatesTo = text("RelatesTo", answered);
  const related = relatesTo.toLowerCase() === messageId.toLowerCase();
  const action = text("Action", exchange.asked);
  // The pairing in the file decides which answer is whose; a recorder's editing broke some relations.
  const read = readResponse(response, { action, messageId: relatesTo });
  const fault = recordedFault(exchange);
  if (firstBelow(answered, "Fault") !== null || read.type === "fault") {
    if (read.type !== "fault") throw new ConformanceFailure(where, `a fault was read as ${read.type}`);
    demandEqual(`${where}, fault`, read.fault.code, fault);
  } else checkContent(read, answered, where);
  return { read, related };
}

function checkContent(read: WsmanResponse, answered: PlainElement, where: string): void {
  if (read.type === "created" || read.type === "shell") {
    const named = firstBelow(answered, "ShellId") ?? firstBelow(answered, "Selector");
    const expected = named === null ? "" : plainText(named).trim();
    demandEqual(`${where}, ShellId`, read.type === "created" ? read.shellId : read.shell.shellId, expected);
  }
  if (read.type === "listed") {
    const listed = below(answered, "Items").flatMap((items) => below(items, "ShellId"));
    const shells = read.shells.map(({ shellId }) => shellId);
    demandEqual(
      `${where}, listed shells`,
      shells,
      listed.map((id) => plainText(id).trim()),
    );
  }
  if (read.type !== "received") return;
  const streams = read.streams.map(({ name, commandId, bytes, end }) => [
    name,
    commandId,
    Buffer.from(bytes).toString("base64"),
    end,
  ]);
  const expected = below(answered, "Stream").map((stream) => [
    plainAttribute(stream, "Name"),
    plainAttribute(stream, "CommandId"),
    plainText(stream).replaceAll(/\s/g, ""),
    plainAttribute(stream, "End")?.toLowerCase() === "true",
  ]);
  demandEqual(`${where}, streams`, streams, expected);
  const [state] = below(answered, "CommandState");
  const stateName = state === undefined ? null : (plainAttribute(state, "State") ?? "").split("/").at(-1);
  demandEqual(`${where}, CommandState`, read.commandState?.state ?? null, stateName?.toLowerCase() ?? null);
}
