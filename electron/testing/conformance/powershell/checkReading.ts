import { isDeepStrictEqual } from "node:util";
import { PacketReader } from "../../../protocol/outOfProcess/packetReader.ts";
import type { Read } from "../../../protocol/outOfProcess/packetReader.ts";
import { PsrpError } from "../../../protocol/psrp/psrpError.ts";
import { ClixmlError } from "../../../protocol/clixml/clixmlError.ts";
import { Seeded } from "../../seeded.ts";
import { ConformanceFailure, demandEqual } from "../outcome.ts";
import { contentOf, readMessage } from "../../../protocol/psrp/messages.ts";
import { FragmentAssembler } from "../../../protocol/psrp/fragmentAssembler.ts";
import { hexOf } from "../../../protocol/psrp/ids.ts";
import { clientLimits } from "../../../protocol/psrp/limits.ts";
import { canonical } from "../plain/graph.ts";
import { graphOf } from "../plain/graphOf.ts";
import { nameOfType } from "../plain/eventKinds.ts";
import { plainClixml } from "../plain/plainClixml.ts";
import { PlainSource } from "../plain/plainMessages.ts";
import type { PlainMessage, PlainObject } from "../plain/plainMessages.ts";
import type { Conversation, Line, Listed } from "./conversation.ts";

export type Reading = {
  readonly messages: number;
  /** Messages that the recorder did not list: of pipelines that no Command began, or beside what it could not read. */
  readonly unlisted: number;
  /** Named errors for what was malformed on purpose. */
  readonly refused: readonly string[];
};

/** Use 1: both directions through the framing, fragments, messages and values, twice with other cuts. */
export function checkReading(conversation: Conversation): Reading {
  const begun = new Set<string | null>([null]);
  const runs = (["client", "server"] as const).map((from) => new Direction(conversation, from, begun));
  for (const run of runs) run.check();
  return {
    messages: runs.reduce((sum, run) => sum + run.messages, 0),
    unlisted: runs.reduce((sum, run) => sum + run.unlisted, 0),
    refused: runs.flatMap((run) => run.refused),
  };
}

type Found = PlainObject<null> & { readonly target: string | null };

class Direction {
  readonly #from: Line["from"];
  readonly #conversation: Conversation;
  readonly #sources = new Map<string, FragmentAssembler>();
  readonly #plain = new Map<string, PlainSource<null>>();
  /** Targets of both directions that a Command began; null is the session. */
  readonly #begun: Set<string | null>;
  readonly refused: string[] = [];
  messages = 0;
  unlisted = 0;

  constructor(conversation: Conversation, from: Line["from"], begun: Set<string | null>) {
    this.#conversation = conversation;
    this.#from = from;
    this.#begun = begun;
  }

  check(): void {
    const bytes = this.#bytes();
    const reader = new PacketReader(this.#from === "client" ? "server" : "client");
    const reads = reader.feed(bytes);
    if (!isDeepStrictEqual(inPieces(this.#from, bytes), reads))
      throw new ConformanceFailure(`lines of the ${this.#from}`, "other packets when the bytes are cut anew");
    const found = reads.flatMap((read) => this.#readOne(read));
    this.#compare(found);
  }

  #bytes(): Uint8Array {
    const lines = this.#conversation.lines.filter(({ from }) => from === this.#from);
    return new TextEncoder().encode(lines.map(({ line }) => `${line}\n`).join(""));
  }

  #readOne(read: Read): readonly Found[] {
    if (read.type === "broken") this.refused.push(`framing: ${read.error.code}`);
    if (read.type !== "packet") return [];
    if (read.packet.type === "Command") this.#begun.add(read.packet.target);
    if (read.packet.type !== "Data") return [];
    const { target, stream, bytes } = read.packet;
    const key = `${target ?? ""} ${stream}`;
    const source = this.#sources.get(key) ?? new FragmentAssembler(clientLimits, { bytes: 0, objects: 0 });
    this.#sources.set(key, source);
    try {
      const messages = source.receive(bytes).map((object) => this.#readObject(object));
      return this.#besides(key, bytes, messages).map((object) => ({ ...object, target }));
    } catch (error) {
      if (!(error instanceof PsrpError)) throw error;
      this.refused.push(`fragments: ${error.code}`);
      return [];
    }
  }

  /** The same bytes by the second reading, which also tells the object ids. */
  #besides(key: string, bytes: Uint8Array, ours: readonly PlainMessage[]): readonly PlainObject<null>[] {
    const source = this.#plain.get(key) ?? new PlainSource<null>();
    this.#plain.set(key, source);
    const objects = source.add(Buffer.from(bytes), null);
    demandEqual(
      `messages of the ${this.#from}`,
      ours,
      objects.map(({ message }) => message),
    );
    return objects;
  }

  #readObject(object: Uint8Array): PlainMessage {
    const message = readMessage(object);
    const where = `message ${nameOfType(message.type)} of the ${this.#from}`;
    try {
      const value = canonical(graphOf(contentOf(message)));
      demandEqual(where, value, canonical(plainClixml(message.text)));
    } catch (error) {
      if (!(error instanceof PsrpError)) throw error;
      this.#expectUnreadable(message.text, where);
      const cause = error.cause instanceof ClixmlError ? error.cause.code : error.code;
      this.refused.push(`message: ${cause}`);
    }
    const { poolId, pipelineId, ...rest } = message;
    return { ...rest, poolId: hexOf(poolId), pipelineId: hexOf(pipelineId) };
  }

  /** A message may only be unreadable where the plain reading cannot make anything of it either. */
  #expectUnreadable(text: string, where: string): void {
    try {
      plainClixml(text);
    } catch {
      return;
    }
    throw new ConformanceFailure(where, "not readable for us, though it is well-formed");
  }

  /** What is listed must have been found, in order; what is found must be listed, but for what no recorder could. */
  #compare(found: readonly Found[]): void {
    const { listed } = this.#conversation;
    const expected = listed.filter(
      (message): message is Listed => message !== null && message.from === this.#from,
    );
    let at = 0;
    for (const object of found)
      if (isSame(object, expected[at])) at += 1;
      else this.#allowUnlisted(object, expected[at] ?? null);
    this.messages = found.length;
    const missing = expected[at];
    if (missing !== undefined) throw notAsListed(missing);
  }

  #allowUnlisted({ target, message }: Found, next: Listed | null): void {
    const isUnread = this.#conversation.listed.some((one) => one === null);
    if (this.#begun.has(target) && !isUnread)
      throw next === null
        ? new ConformanceFailure(
            `the end of the ${this.#from}`,
            `message ${nameOfType(message.type)} was read, and is not listed`,
          )
        : notAsListed(next);
    this.unlisted += 1;
  }
}

const isSame = ({ message, objectId }: Found, listed: Listed | undefined): boolean => {
  if (listed === undefined) return false;
  const { from: _from, line: _line, objectId: expected, ...plain } = listed;
  return isDeepStrictEqual({ ...message }, plain) && (expected ?? objectId) === objectId;
};

const notAsListed = ({ line, type, from }: Listed): ConformanceFailure =>
  new ConformanceFailure(`line ${line}`, `message ${nameOfType(type)} of the ${from} was not read as listed`);

function inPieces(from: Line["from"], bytes: Uint8Array): readonly Read[] {
  const reader = new PacketReader(from === "client" ? "server" : "client");
  const chance = new Seeded(2);
  const reads: Read[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = 1 + chance.below(700);
    reads.push(...reader.feed(bytes.subarray(at, at + length)));
    at += length;
  }
  return reads;
}
