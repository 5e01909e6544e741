import { isDeepStrictEqual } from "node:util";
import { errorRecord } from "../../../protocol/psrp/errorRecord.ts";
import { messageTypes } from "../../../protocol/psrp/messageTypes.ts";
import type { PsrpErrorCode } from "../../../protocol/psrp/psrpError.ts";
import { ServerPool } from "../../../protocol/psrp/serverPool.ts";
import { OutOfProcessServer } from "../../../protocol/outOfProcess/outOfProcessServer.ts";
import type { OutOfProcessServerEvent } from "../../../protocol/outOfProcess/outOfProcessServer.ts";
import { PacketReader } from "../../../protocol/outOfProcess/packetReader.ts";
import { demandEqual } from "../outcome.ts";
import { stateOf } from "../plain/stateOf.ts";
import { reasonFor } from "./answerDifferences.ts";
import type { Facts } from "./answerDifferences.ts";
import { answerWords, session } from "./answerWords.ts";
import type { Conversation, Line, Listed } from "./conversation.ts";

/**
 * Use 2: our server role hears the client's lines; its pipelines end where the recorded ones did. Acks and states must
 * stand in the same order, target by target. Gives the reasons of allowed differences.
 */
export function checkAnswers(conversation: Conversation): { words: number; differences: readonly string[] } {
  const run = new ServerRun(conversation);
  const facts = run.play();
  const recorded = answerWords(textsOf(conversation, "server"));
  const ours = answerWords(run.lines);
  const oursBeforeEnd = answerWords(run.linesBeforeEnd);
  const last = conversation.lines.at(-1);
  const differences = new Set<string>();
  for (const target of new Set([...recorded.keys(), ...ours.keys()])) {
    const answers = {
      unanswered: last?.from === "client" && (targetOf(last.line) || session) === target,
      isSession: target === session,
      ours: ours.get(target) ?? [],
      oursBeforeEnd: oursBeforeEnd.get(target) ?? [],
      recorded: recorded.get(target) ?? [],
    };
    if (isDeepStrictEqual(answers.ours, answers.recorded)) continue;
    const reason = reasonFor(facts, answers);
    if (reason === null) demandEqual(`acks and states of ${target}`, answers.ours, answers.recorded);
    else differences.add(reason);
  }
  const words = [...recorded.values()].reduce((sum, list) => sum + list.length, 0);
  return { words, differences: [...differences] };
}

const textsOf = ({ lines }: Conversation, side: Line["from"]): readonly string[] =>
  lines.filter(({ from }) => from === side).map(({ line }) => line);

class ServerRun {
  readonly lines: string[] = [];
  linesBeforeEnd: readonly string[] = [];
  readonly #conversation: Conversation;
  readonly #pool = new ServerPool();
  readonly #server = new OutOfProcessServer(this.#pool);
  #broken: PsrpErrorCode | null = null;
  #ended = false;

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
  }

  play(): Facts {
    this.#conversation.lines.forEach(({ from, line }, index) => {
      if (from === "client") this.#hear(line);
      else this.#say(index);
      this.#listen();
    });
    this.linesBeforeEnd = [...this.lines];
    const over = [...this.#server.end()];
    for (const event of over) this.#act(event);
    this.#listen();
    const opened = this.#listed().some((message) => stateOf(message) === 2);
    return { ended: this.#ended, broken: this.#broken, opened, ...closings(this.#conversation) };
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
}

/** What the client closed, of its session and of its pipelines. */
function closings(conversation: Conversation): { closed: boolean; leavesOpen: boolean } {
  const reader = new PacketReader("server");
  const open = new Set<string | null>([null]);
  for (const line of textsOf(conversation, "client"))
    for (const read of reader.feed(new TextEncoder().encode(`${line}\n`))) {
      if (read.type !== "packet") continue;
      if (read.packet.type === "Command") open.add(read.packet.target);
      if (read.packet.type === "Close") open.delete(read.packet.target);
    }
  return { closed: !open.has(null), leavesOpen: [...open].some((target) => target !== null) };
}

const ends: Readonly<Record<number, "stopped" | "completed" | "failed">> = {
  3: "stopped",
  4: "completed",
  5: "failed",
};

const targetOf = (line: string): string => (/PSGuid=["']([^"']*)["']/.exec(line)?.[1] ?? "").toLowerCase();
