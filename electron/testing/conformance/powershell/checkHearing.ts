import { PacketReader } from "../../../protocol/outOfProcess/packetReader.ts";
import { at, ConformanceFailure, demandEqual } from "../outcome.ts";
import { PlainSource } from "../plain/plainMessages.ts";
import type { PlainMessage } from "../plain/plainMessages.ts";
import { ClientShell } from "../windows/clientShell.ts";
import { notOfferedAmong } from "../windows/offered.ts";
import type { Conversation } from "./conversation.ts";

export type Hearing = {
  /** Events of our client role. */
  readonly events: number;
  /** Calls of the recorded client that ours refuses to make: what was malformed or too late on purpose. */
  readonly refused: number;
  /** Pipelines that our client does not offer: their messages went as they were recorded. */
  readonly scripts: number;
};

/** Our client role makes the recorded calls, and hears the server's lines as they came. */
export function checkHearing(conversation: Conversation): Hearing {
  const run = new ClientRun();
  conversation.lines.forEach(({ from, line }, index) =>
    at(`line ${index}`, () => (from === "client" ? run.call(line) : run.hear(line))),
  );
  return { events: run.events, refused: run.refused, scripts: run.scripts };
}

type Carried = { readonly target: string | null; readonly stream: string; readonly bytes: Buffer };

class ClientRun {
  readonly #lines = { client: new PacketReader("server"), server: new PacketReader("client") };
  readonly #sources = new Map<string, PlainSource<null>>();
  /** Null until the client has opened a pool. */
  #shell: ClientShell | null = null;
  events = 0;
  refused = 0;
  scripts = 0;

  call(line: string): void {
    for (const { target, stream, bytes } of this.#carried("client", line))
      try {
        const messages = this.#messages(`${target ?? ""} ${stream}`, bytes);
        const [first] = messages;
        if (first === undefined) continue;
        this.#shell ??= new ClientShell(first.poolId, null);
        this.#shell.call(messages.map((message) => ({ message, command: target, stream })));
        this.scripts += notOfferedAmong(messages);
      } catch (error) {
        if (error instanceof ConformanceFailure) throw error;
        this.refused += 1;
      }
  }

  hear(line: string): void {
    const shell = this.#shell;
    if (shell === null) return;
    for (const { target, bytes } of this.#carried("server", line)) {
      const isOver = shell.pool.state === "closed" || shell.pool.state === "broken";
      const { events, owed } = shell.hear(target, bytes);
      // What still comes for a pool that is over is dropped with a note, whatever it is.
      const expected = isOver ? events.map(() => "note") : owed;
      demandEqual(
        "events of our client",
        events.map(({ type }) => type),
        expected,
      );
      this.events += events.length;
    }
  }

  #carried(from: "client" | "server", line: string): readonly Carried[] {
    return this.#lines[from].feed(new TextEncoder().encode(`${line}\n`)).flatMap((read) => {
      if (read.type !== "packet" || read.packet.type !== "Data") return [];
      const { target, stream, bytes } = read.packet;
      return [{ target, stream: stream === "PromptResponse" ? "pr" : "stdin", bytes: Buffer.from(bytes) }];
    });
  }

  #messages(key: string, bytes: Buffer): readonly PlainMessage[] {
    const source = this.#sources.get(key) ?? new PlainSource<null>();
    this.#sources.set(key, source);
    return source.add(bytes, null).map(({ message }) => message);
  }
}
