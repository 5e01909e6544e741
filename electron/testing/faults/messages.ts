import type { Direction, FaultyLine, Passed } from "./faultyLine.ts";

/** One HTTP request or answer of a conversation, as it passed. */
export type LineMessage = {
  readonly socket: number;
  readonly direction: Direction;
  /** The number of its first byte in its direction, as faults count. */
  readonly start: number;
  readonly bytes: Buffer;
  /** The same, as it came. */
  readonly pieces: readonly Buffer[];
  /** False for the rounds of a sign-in. */
  readonly sealed: boolean;
};

/** What passed on a line without a fault, message by message: on each socket the two ends take turns. */
export function messagesOf({ seen }: FaultyLine): readonly LineMessage[] {
  const counted: Record<Direction, number> = { toServer: 0, toClient: 0 };
  const last = new Map<number, { direction: Direction; start: number; pieces: Buffer[] }>();
  const messages: { socket: number; direction: Direction; start: number; pieces: Buffer[] }[] = [];
  for (const { socket, direction, bytes } of seen as readonly Passed[]) {
    const start = counted[direction];
    counted[direction] += bytes.length;
    const before = last.get(socket);
    if (before?.direction === direction) {
      before.pieces.push(bytes);
      continue;
    }
    const message = { socket, direction, start, pieces: [bytes] };
    last.set(socket, message);
    messages.push(message);
  }
  return messages.map((message) => {
    const bytes = Buffer.concat(message.pieces);
    return { ...message, bytes, sealed: isSealed(bytes) };
  });
}

const isSealed = (bytes: Buffer): boolean =>
  /^Content-Type: multipart\/encrypted/im.test(
    bytes.subarray(0, bytes.indexOf("\r\n\r\n")).toString("latin1"),
  );
