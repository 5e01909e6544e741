import { isDeepStrictEqual } from "node:util";
import type { ClientEvent } from "../../../protocol/psrp/clientEvents.ts";
import { readRequest } from "../../../protocol/wsman/readRequest.ts";
import { Seeded } from "../../seeded.ts";
import { at, ConformanceFailure, demandEqual } from "../outcome.ts";
import { firstBelow, plainAttribute, plainXml } from "../plain/plainXml.ts";
import { SideBySide } from "./checkMessages.ts";
import { checkResponse } from "./checkResponse.ts";
import { ClientShell } from "./clientShell.ts";
import { ourRequest } from "./ourRequest.ts";
import { psrpShells } from "./recording.ts";
import type { Exchange } from "./recording.ts";
import { GuidNumbers, requestTree } from "./requestTree.ts";
import { sentTree } from "./sentTree.ts";
import { asRecorded, smallerPieces, streamsOf } from "./streams.ts";
import type { Cutter } from "./streams.ts";

export type ClientCounts = {
  /** Messages of the server that were read. */
  readonly messages: number;
  /** Requests that our client sent equal. */
  readonly replayed: number;
  readonly notes: number;
  readonly unrelated: number;
  /** Pipelines of which the recording has no last state. */
  readonly unread: number;
};

/** Uses 1 and 3: our client makes the recorded calls, hears the recorded answers, and is compared at every step. */
export function checkClient(exchanges: readonly Exchange[]): ClientCounts {
  const first = new ClientRun(exchanges, asRecorded);
  const counts = first.run();
  const again = new ClientRun(exchanges, smallerPieces(new Seeded(1)));
  again.run();
  first.events.forEach((events, index) => {
    if (!isDeepStrictEqual(again.events[index], events))
      throw new ConformanceFailure(`response ${index + 1}`, "other events when the fragments are cut anew");
  });
  return counts;
}

class ClientRun {
  readonly events: (readonly ClientEvent[])[] = [];
  readonly #exchanges: readonly Exchange[];
  readonly #cut: Cutter;
  readonly #psrp: ReadonlySet<string>;
  readonly #shells = new Map<string, ClientShell>();
  readonly #codecs = new SideBySide();
  readonly #ours = new GuidNumbers();
  readonly #theirs = new GuidNumbers();
  #replayed = 0;
  #notes = 0;
  #unrelated = 0;

  constructor(exchanges: readonly Exchange[], cut: Cutter) {
    this.#exchanges = exchanges;
    this.#cut = cut;
    this.#psrp = psrpShells(exchanges);
  }

  run(): ClientCounts {
    this.#exchanges.forEach((exchange, index) => {
      at(`request ${index + 1} (${exchange.action})`, () => this.#ask(exchange));
      at(`response ${index + 1}`, () => this.#hear(exchange));
    });
    demandEqual("the end, unfinished objects", this.#codecs.unfinished, []);
    for (const [name, shell] of this.#shells) if (shell.isOpening) this.#expectFault(name);
    return {
      messages: this.#codecs.messages,
      replayed: this.#replayed,
      notes: this.#notes,
      unrelated: this.#unrelated,
      unread: [...this.#shells.values()].reduce((sum, shell) => sum + shell.unread, 0),
    };
  }

  /** Only a fault, or an answer that was lost, leaves a pool that was created without a state. */
  #expectFault(shell: string): void {
    const isExplained = ({ answered }: Exchange): boolean =>
      answered === null || firstBelow(answered, "Fault") !== null;
    if (!this.#exchanges.some((exchange) => exchange.shell === shell && isExplained(exchange)))
      throw new ConformanceFailure("the end", `the pool of shell ${shell} was never opened`);
  }

  #ask(exchange: Exchange): void {
    const [first] = exchange.messages;
    this.#open(exchange, first?.message.poolId ?? null);
    const ours = this.#shells.get(exchange.shell)?.call(exchange.messages) ?? [];
    const recorded = exchange.messages.map(({ message }) => sentTree(message));
    demandEqual("messages", ours.map(sentTree), recorded);
    this.#compareEnvelope(exchange);
  }

  /** A Create or Connect with messages brings a client of its own; a Connect that names a command takes that over. */
  #open(exchange: Exchange, poolId: string | null): void {
    if (!this.#psrp.has(exchange.shell)) return;
    const before = this.#shells.get(exchange.shell) ?? null;
    if (exchange.action === "Create" && poolId !== null)
      this.#shells.set(exchange.shell, new ClientShell(poolId, null));
    if (exchange.action !== "Connect") return;
    if (poolId !== null) this.#shells.set(exchange.shell, new ClientShell(poolId, before));
    const connect = firstBelow(exchange.asked, "Connect");
    const command = connect === null ? null : plainAttribute(connect, "CommandId");
    if (command !== null) this.#shells.get(exchange.shell)?.join(command);
  }

  #compareEnvelope(exchange: Exchange): void {
    const request = readRequest(withOurTimeout(exchange.request));
    if (request.type !== "request") throw new ConformanceFailure("reading", `refused: ${request.fault.text}`);
    const envelope = ourRequest(request.headers, request.body);
    if (envelope === null) return;
    const ours = requestTree(plainXml(envelope), this.#ours);
    demandEqual("envelope", ours, requestTree(exchange.asked, this.#theirs));
    this.#replayed += 1;
  }

  #hear(exchange: Exchange): void {
    const checked = checkResponse(exchange, "envelope");
    if (checked === null || exchange.answered === null) return;
    if (!checked.related) this.#unrelated += 1;
    const shell = this.#shells.get(exchange.shell);
    if (shell === undefined) return;
    const line = firstBelow(exchange.asked, "CommandLine");
    if (line !== null && checked.read.type === "commandStarted")
      shell.renamed(plainAttribute(line, "CommandId") ?? "", checked.read.commandId);
    const heard: ClientEvent[] = [];
    for (const { command, bytes } of streamsOf(exchange.answered))
      heard.push(...this.#hearStream(shell, exchange.shell, command, bytes));
    this.events.push(heard);
    const state = checked.read.type === "received" ? checked.read.commandState : null;
    if (state?.state === "done" && state.commandId !== null) shell.done(state.commandId);
  }

  #hearStream(
    shell: ClientShell,
    name: string,
    command: string | null,
    recorded: Buffer,
  ): readonly ClientEvent[] {
    const key = `${name} ${command ?? ""}`;
    const bytes = this.#cut(key, recorded);
    this.#codecs.read(key, bytes, "stream");
    const { events, owed } = shell.hear(command, bytes);
    demandEqual(
      "events",
      events.map(({ type }) => type),
      owed,
    );
    this.#notes += owed.filter((kind) => kind === "note").length;
    return events;
  }
}

/** Our client never asks for a time that is no time; the text is not compared (rule 4). */
const withOurTimeout = (envelope: string): string =>
  envelope.replace(/(<(?:[\w.-]+:)?OperationTimeout[^>]*>)[^<]*/, "$1PT60S");
