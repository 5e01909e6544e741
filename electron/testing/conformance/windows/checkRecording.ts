import { ConformanceFailure, counted } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { checkClient } from "./checkClient.ts";
import type { ClientCounts } from "./checkClient.ts";
import { checkServer } from "./checkServer.ts";
import { checkWhole } from "./checkWhole.ts";
import { asOfferedCommands } from "./offered.ts";
import { psrpShells } from "./recording.ts";
import type { Exchange } from "./recording.ts";
import { readPipeline } from "../../../protocol/psrp/createPipeline.ts";
import { readClixml } from "../../../protocol/clixml/read.ts";
import { messageTypes } from "../../../protocol/psrp/messageTypes.ts";

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
  return { type: "passes", counts: kinds.join(", "), remarks: remarksOf(exchanges, client) };
}

function remarksOf(exchanges: readonly Exchange[], client: ClientCounts): readonly string[] {
  const shells = psrpShells(exchanges);
  const text = exchanges.some(
    ({ shell, action }) => shell !== "" && action !== "Enumerate" && !shells.has(shell),
  );
  const scripts = exchanges
    .flatMap(({ messages }) => messages)
    .filter(({ message }) => message.type === messageTypes.createPipeline)
    .filter(({ message }) => asOfferedCommands(readPipeline(readClixml(message.text))) === null);
  return [
    ...(text
      ? [
          "cmd shell: not offered, so its envelopes are read in both roles, and only Signal and Delete are replayed",
        ]
      : []),
    ...(scripts.length > 0
      ? [counted(scripts.length, "scripts or merges: replayed at the message layer")]
      : []),
    ...(client.notes > 0 ? [counted(client.notes, "messages of foreign commands dropped with a note")] : []),
    ...(client.unread > 0 ? [counted(client.unread, "pipelines not read to the end")] : []),
    ...(client.unrelated > 0 ? [counted(client.unrelated, "answers to no request of the recording")] : []),
  ];
}
