import { ConformanceFailure, counted } from "../outcome.ts";
import type { Outcome, Reach } from "../outcome.ts";
import { checkClient } from "./checkClient.ts";
import type { ClientCounts } from "./checkClient.ts";
import { checkServer } from "./checkServer.ts";
import { checkWhole } from "./checkWhole.ts";
import { notOfferedAmong, notOfferedRemark } from "./offered.ts";
import { psrpShells } from "./recording.ts";
import type { Exchange } from "./recording.ts";

/** All that a recording of a Windows server can show: responses, requests, replay. */
export function checkRecording(exchanges: readonly Exchange[]): Outcome {
  if (exchanges.length === 0) throw new ConformanceFailure("messages", "there are none");
  checkWhole(exchanges);
  const client = checkClient(exchanges);
  const sent = checkServer(exchanges);
  const kinds = [
    counted(exchanges.length, "requests"),
    `${sent} + ${client.messages} messages`,
    `${client.replayed} replayed`,
  ];
  const sentMessages = exchanges.flatMap(({ messages }) => messages.map(({ message }) => message));
  const parts = { hasTextShell: hasTextShell(exchanges), scripts: notOfferedAmong(sentMessages) };
  return {
    type: "passes",
    reach: reachOf(parts),
    counts: kinds.join(", "),
    remarks: remarksOf(parts, client),
  };
}

type Parts = { readonly hasTextShell: boolean; readonly scripts: number };

function hasTextShell(exchanges: readonly Exchange[]): boolean {
  const shells = psrpShells(exchanges);
  return exchanges.some(({ shell, action }) => shell !== "" && action !== "Enumerate" && !shells.has(shell));
}

function reachOf(parts: Parts): Reach {
  if (parts.hasTextShell) return "envelopes";
  return parts.scripts > 0 ? "messages" : "whole";
}

function remarksOf(parts: Parts, client: ClientCounts): readonly string[] {
  return [
    ...(parts.hasTextShell
      ? [
          "cmd shell: not offered, so its envelopes are read in both roles, and only Signal and Delete are replayed",
        ]
      : []),
    ...notOfferedRemark(parts.scripts),
    ...(client.notes > 0 ? [counted(client.notes, "messages of foreign commands dropped with a note")] : []),
    ...(client.unread > 0 ? [counted(client.unread, "pipelines not read to the end")] : []),
    ...(client.unrelated > 0 ? [counted(client.unrelated, "answers to no request of the recording")] : []),
  ];
}
