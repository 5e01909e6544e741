import { PacketReader } from "../../../protocol/outOfProcess/packetReader.ts";
import { messageTypes } from "../../../protocol/psrp/messageTypes.ts";
import { PlainSource } from "../plain/plainMessages.ts";
import type { PlainMessage } from "../plain/plainMessages.ts";
import { stateOf } from "../plain/stateOf.ts";

export const session = "00000000-0000-0000-0000-000000000000";

/** Acks and states of a server by target, in order: `DataAck`, `CommandAck`, `PIPELINE 4`, `POOL 2` and the like. */
export function answerWords(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const words = new Map<string, string[]>();
  const sources = new Map<string, PlainSource<null>>();
  const reader = new PacketReader("client");
  for (const read of reader.feed(new TextEncoder().encode(lines.map((line) => `${line}\n`).join("")))) {
    if (read.type !== "packet") continue;
    const target = read.packet.target ?? session;
    const list = words.get(target) ?? [];
    words.set(target, list);
    if (read.packet.type !== "Data") list.push(read.packet.type);
    else {
      const source = sources.get(target) ?? new PlainSource<null>();
      sources.set(target, source);
      for (const { message } of source.add(Buffer.from(read.packet.bytes), null))
        list.push(...stateWord(message));
    }
  }
  return words;
}

const stateWord = (message: PlainMessage): readonly string[] => {
  const state = stateOf(message);
  if (state === null) return [];
  return [`${message.type === messageTypes.pipelineState ? "PIPELINE" : "POOL"} ${state}`];
};
