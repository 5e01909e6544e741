import { PacketReader } from "../../../protocol/outOfProcess/packetReader.ts";
import { PlainSource } from "../plain/plainMessages.ts";
import type { Line, Listed } from "./conversation.ts";

/** The messages of all lines by the second reading, for a conversation whose recorder listed none. */
export function listedByLines(lines: readonly Line[]): readonly (Listed | null)[] {
  const readers = { client: new PacketReader("server"), server: new PacketReader("client") };
  const sources = new Map<string, PlainSource<null>>();
  return lines.flatMap(({ from, line }, index) =>
    readers[from].feed(new TextEncoder().encode(`${line}\n`)).flatMap((read): readonly (Listed | null)[] => {
      if (read.type !== "packet" || read.packet.type !== "Data") return [];
      const key = `${from} ${read.packet.target ?? ""} ${read.packet.stream}`;
      const source = sources.get(key) ?? new PlainSource<null>();
      sources.set(key, source);
      try {
        return source
          .add(Buffer.from(read.packet.bytes), null)
          .map(({ message, objectId }) => ({ ...message, objectId, from, line: index }));
      } catch {
        return [null];
      }
    }),
  );
}
