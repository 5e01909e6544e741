import { errorRecord } from "../../../protocol/psrp/errorRecord.ts";
import { messageTypes } from "../../../protocol/psrp/messageTypes.ts";
import type { PsrpErrorCode } from "../../../protocol/psrp/psrpError.ts";
import { ServerPool } from "../../../protocol/psrp/serverPool.ts";
import { OutOfProcessServer } from "../../../protocol/outOfProcess/outOfProcessServer.ts";
import type { OutOfProcessServerEvent } from "../../../protocol/outOfProcess/outOfProcessServer.ts";
import { PacketReader } from "../../../protocol/outOfProcess/packetReader.ts";
import { demandEqual } from "../outcome.ts";
import { PlainSource } from "../plain/plainMessages.ts";
import type { PlainMessage } from "../plain/plainMessages.ts";
import { stateOf } from "../plain/stateOf.ts";
import type { Conversation, Listed } from "./conversation.ts";

/** Acks and states of one target, in order. */
type Words = Map<string, string[]>;

/**
 * Use 2: our server role hears the client's lines; its pipelines end where the recorded ones did. Acks and states must
 * stand in the same order, target by target. Gives the reasons of allowed differences.
 */
export function checkAnswers(conversation: Conversation): { words: number; differences: readonly string[] } {
  const run = new ServerRun(conversation);
  run.play();
  const recorded = wordsOf(
    conversation.lines.filter(({ from }) => from === "server").map(({ line }) => line),
  );
  const ours = wordsOf(run.lines);
  for (const [target, words] of recorded)
    if (!run.differs(target, ours.get(target) ?? [], words))
      demandEqual(`acks and states of ${target}`, ours.get(target) ?? [], words);
  const words = [...recorded.values()].reduce((sum, list) => sum + list.length, 0);
  return { words, differences: [...run.differences] };
}

class ServerRun {
  readonly lines: string[] = [];
  readonly differences = new Set<string>();
  readonly #conversation: Conversation;
  readonly #pool = new ServerPool();
  readonly #server = new OutOfProcessServer(this.#pool);
  /** Why our pool broke; null while it did not. */
  #broken: PsrpErrorCode | null = null;
  #ended = false;

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
  }

  play(): void {
    this.#conversation.lines.forEach(({ from, line }, index) => {
      if (from === "client") this.#hear(line);
      else this.#say(index);
      this.#listen();
    });
    const over = [...this.#server.end()];
    for (const event of over) this.#act(event);
    this.#listen();
  }

  #hear(line: string): void {
    for (const event of this.#server.receive(new TextEncoder().encode(`${line}\n`))) this.#act(event);
  }

  #act(event: OutOfProcessServerEvent): void {
    if (event.type === "initRunspacePool") this.#open();
    if (event.type === "broken") this.#broken ??= event.error.code;
    if (event.type === "unreadable") this.#ended = true;
  }

  /** As the recorded pool: open, broken with a reason, or without a word. */
  #open(): void {
    const states = this.#listed().filter(({ type }) => type === messageTypes.runspacePoolState);
    const [first] = states.map(stateOf);
    if (first === 2) this.#pool.opened(null);
    else if (first === 5) this.#pool.broken(errorRecord({ message: "broken", errorId: "x", category: 0 }));
  }

  #listed(): readonly Listed[] {
    return this.#conversation.listed
      .filter((message) => message?.from === "server")
      .filter((one) => one !== null);
  }

  /** The recorded server ended a pipeline here: ours ends the same one. */
  #say(index: number): void {
    for (const message of this.#listed().filter(({ line }) => line === index)) {
      const end = ends[stateOf(message) ?? 0];
      if (message.type !== messageTypes.pipelineState || end === undefined) continue;
      const command = targetOf(this.#conversation.lines[index]?.line ?? "");
      if (this.#pool.pipelineState(command) === "running") this.#pool.end(command, end);
    }
  }

  #listen(): void {
    const bytes = this.#server.take();
    if (bytes !== null) this.lines.push(...new TextDecoder().decode(bytes).trimEnd().split("\n"));
  }

  /** True where this difference is meant, which is then noted with its reason. */
  differs(target: string, ours: readonly string[], recorded: readonly string[]): boolean {
    if (JSON.stringify(ours) === JSON.stringify(recorded)) return false;
    const reason = this.#reason(target, ours, recorded);
    if (reason !== null) this.differences.add(reason);
    return reason !== null;
  }

  #reason(target: string, ours: readonly string[], recorded: readonly string[]): string | null {
    if (this.#ended && isStartOf(ours, recorded))
      return "after a line that is no packet our server says nothing more";
    const opened = this.#listed().some((message) => stateOf(message) === 2);
    if (this.#broken !== null && (!opened || safer.has(this.#broken)))
      return "what is not accepted breaks our pool, which says so (state 5); PowerShell is silent";
    const said = recorded.includes("POOL 3") ? ours : ours.filter((word) => word !== "POOL 3");
    if (target === session && said.length < ours.length && sameAside(said, recorded, ["DataAck"]))
      return "our pool says Closed behind Closing, which this recording lacks";
    if (recorded.includes("POOL 5") && sameAside(ours, recorded.filter(notClosing), ["DataAck"]))
      return "a pool that said Broken says no state after it";
    if (sameAside(ours, recorded, ["DataAck"]))
      return "a DataAck stands on the other side of the state that its data brings about";
    const hurried = recorded.includes("SignalAck", recorded.indexOf("CloseAck"));
    if (hurried && sameAside(ours, recorded, ["DataAck", "SignalAck", "CloseAck"]))
      return "a Close that did not wait for its SignalAck is answered in the order of the lines";
    const early = target === session && isStartOf(recorded, ours) && ours.length === recorded.length + 1;
    return early && ours.at(-1) === "CloseAck"
      ? "a session closed before its pipelines is acknowledged at the end of the input"
      : null;
  }
}

/** PowerShell goes on where a fragment is out of its order, or the serialisation is a newer one; we end what we cannot trust. */
const safer: ReadonlySet<PsrpErrorCode> = new Set(["badFragment", "versionNotSupported"]);

const notClosing = (word: string): boolean => word !== "POOL 3" && word !== "POOL 4";

/** Equal but for the place of those words. */
const sameAside = (
  ours: readonly string[],
  recorded: readonly string[],
  words: readonly string[],
): boolean => {
  const rest = (list: readonly string[]): string => list.filter((word) => !words.includes(word)).join();
  return rest(ours) === rest(recorded) && ours.toSorted().join() === recorded.toSorted().join();
};

const ends: Readonly<Record<number, "stopped" | "completed" | "failed">> = {
  3: "stopped",
  4: "completed",
  5: "failed",
};

const session = "00000000-0000-0000-0000-000000000000";

const targetOf = (line: string): string => (/PSGuid='([^']*)'/.exec(line)?.[1] ?? "").toLowerCase();

const isStartOf = (start: readonly string[], all: readonly string[]): boolean =>
  start.every((word, index) => all[index] === word);

/** `DataAck`, `CommandAck`, `PIPELINE 4`, `POOL 2` and the like, by target. */
function wordsOf(lines: readonly string[]): Words {
  const words: Words = new Map();
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
