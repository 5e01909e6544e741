import { ConformanceFailure } from "../outcome.ts";
import { plainFragments } from "../plain/plainMessages.ts";
import { below, firstBelow, plainAttribute, plainText } from "../plain/plainXml.ts";
import type { PlainElement } from "../plain/plainXml.ts";
import { carriedBy, psrpShells } from "./recording.ts";
import type { Exchange } from "./recording.ts";
import { streamsOf } from "./streams.ts";

/**
 * A recording has no second list of its messages, so it is held against what the wire guarantees: each answer is the
 * one to its request, shells and commands are begun before they are used and not after, and no object of either side
 * is missing.
 */
export function checkWhole(exchanges: readonly Exchange[]): void {
  const psrp = psrpShells(exchanges);
  checkAnswers(exchanges, psrp);
  const shells = new Shells(psrp);
  exchanges.forEach((exchange, index) =>
    shells.follow(exchange, `request ${index + 1} (${exchange.action})`),
  );
  shells.check();
}

/** Only in text shells do recorders leave an answer that relates to no request at all. */
function checkAnswers(exchanges: readonly Exchange[], psrp: ReadonlySet<string>): void {
  const requests = new Map<string, number>();
  exchanges.forEach(({ asked }, index) => {
    const id = idIn(asked, "MessageID");
    const before = requests.get(id);
    if (before !== undefined)
      throw new ConformanceFailure(`request ${index + 1}`, `it has the MessageID of request ${before + 1}`);
    requests.set(id, index);
  });
  exchanges.forEach(({ answered, shell }, index) => {
    if (answered === null) return;
    const related = requests.get(idIn(answered, "RelatesTo"));
    const mayBeEdited = related === undefined && !psrp.has(shell);
    if (related !== index && !mayBeEdited)
      throw new ConformanceFailure(
        `response ${index + 1}`,
        related === undefined
          ? "it answers no request of this recording"
          : `it answers request ${related + 1}`,
      );
  });
}

/** What is known of one shell at a moment of the recording. */
type Shell = {
  readonly sessionId: string;
  readonly poolId: string | null;
  readonly commands: Set<string>;
  readonly served: ObjectIds;
  readonly asked: ObjectIds;
  /** The request that brought its client: after a Connect the pool's state is told once more, as the same object. */
  readonly since: string;
};

class Shells {
  readonly #psrp: ReadonlySet<string>;
  readonly #shells = new Map<string, Shell>();
  readonly #all: ObjectIds[] = [];

  constructor(psrp: ReadonlySet<string>) {
    this.#psrp = psrp;
  }

  follow(exchange: Exchange, where: string): void {
    // A list of shells or commands is asked of the service, by a client that may not have joined yet.
    if (exchange.action === "Enumerate" || exchange.action === "Pull") return;
    if (exchange.action === "Create" || carriesConnect(exchange)) this.#begin(exchange, where);
    const shell = this.#shells.get(exchange.shell);
    if (shell === undefined) return this.#allowUnknown(exchange, where, "a shell");
    const sessionId = idIn(exchange.asked, "SessionId");
    if (sessionId !== shell.sessionId) throw new ConformanceFailure(where, "another SessionId in one shell");
    this.#followCommand(exchange, shell, where);
    if (this.#psrp.has(exchange.shell)) this.#count(exchange, shell, where);
    if (exchange.action === "Delete" && isDone(exchange)) this.#shells.delete(exchange.shell);
  }

  /** A client that joins has a session and object ids of its own; the server's ids and the commands go on. */
  #begin(exchange: Exchange, since: string): void {
    const before = exchange.action === "Create" ? undefined : this.#shells.get(exchange.shell);
    const [first] = exchange.messages;
    const shell = {
      sessionId: idIn(exchange.asked, "SessionId"),
      poolId: first?.message.poolId ?? null,
      commands: before?.commands ?? new Set<string>(),
      served: before?.served ?? new ObjectIds(`the server's objects in shell ${exchange.shell}`, 1n),
      asked: new ObjectIds(`the client's objects in shell ${exchange.shell}`),
      since,
    };
    this.#all.push(shell.asked, ...(exchange.action === "Create" ? [shell.served] : []));
    this.#shells.set(exchange.shell, shell);
  }

  #followCommand(exchange: Exchange, shell: Shell, where: string): void {
    const { asked, answered, action } = exchange;
    const named = commandsIn(asked);
    const renamed = answered === null ? null : firstBelow(answered, "CommandId");
    const begins = action === "Command" || action === "Connect";
    for (const id of begins ? [...named, ...(renamed === null ? [] : [textIn(renamed)])] : [])
      shell.commands.add(id.toUpperCase());
    if (named.some((id) => !shell.commands.has(id.toUpperCase())))
      this.#allowUnknown(exchange, where, "a command");
  }

  /** Only a fault, or silence, may answer what names something unknown. */
  #allowUnknown(exchange: Exchange, where: string, what: string): void {
    if (exchange.shell !== "" && isDone(exchange))
      throw new ConformanceFailure(where, `${what} that this recording does not begin is answered`);
  }

  #count(exchange: Exchange, shell: Shell, where: string): void {
    for (const { message } of exchange.messages)
      if (message.poolId !== shell.poolId)
        throw new ConformanceFailure(where, "a message of another pool than this shell's");
    for (const { command, stream, bytes } of carriedBy(exchange))
      shell.asked.add(`${command ?? ""} ${stream}`, bytes, where);
    if (exchange.answered === null) return shell.served.allowGap();
    // A Stream of a command that nobody began is dropped with a note by the client, and does not count.
    for (const { command, bytes } of streamsOf(exchange.answered))
      if (command === null || shell.commands.has(command.toUpperCase()))
        shell.served.add(`${shell.since} ${command ?? exchange.action}`, bytes, where);
  }

  check(): void {
    for (const ids of this.#all) ids.check();
  }
}

/** The objects that one side began, over all its sources. */
class ObjectIds {
  readonly #side: string;
  readonly #first: bigint | null;
  readonly #ids = new Set<bigint>();
  readonly #last = new Map<string, bigint>();
  #mayLack = false;

  /** [R]: contiguous over a pool and its pipelines, a server's from 1; Windows clients count over the whole process. */
  constructor(side: string, first: bigint | null = null) {
    this.#side = side;
    this.#first = first;
  }

  /** An answer was lost: what it carried is missing. */
  allowGap(): void {
    this.#mayLack = true;
  }

  add(source: string, bytes: Buffer, where: string): void {
    for (const { objectId, start } of plainFragments(bytes)) {
      const last = this.#last.get(source) ?? 0n;
      if (start && objectId <= last)
        throw new ConformanceFailure(where, `object ${objectId} comes behind object ${last}`);
      if (!start && objectId !== last)
        throw new ConformanceFailure(where, `object ${objectId} goes on without a beginning`);
      this.#last.set(source, objectId);
      this.#ids.add(objectId);
    }
  }

  check(): void {
    const ids = [...this.#ids].toSorted((one, other) => Number(one - other));
    const first = this.#first ?? ids[0] ?? 0n;
    const missing = ids.findIndex((id, index) => id !== first + BigInt(index));
    if (missing !== -1 && !this.#mayLack)
      throw new ConformanceFailure(this.#side, `object ${first + BigInt(missing)} is missing`);
  }
}

const textIn = (element: PlainElement): string => plainText(element).trim();

const idIn = (envelope: PlainElement, name: string): string => {
  const found = firstBelow(envelope, name);
  return found === null ? "" : textIn(found).toLowerCase();
};

/** Answered, and not by a fault. */
const isDone = ({ answered }: Exchange): boolean =>
  answered !== null && firstBelow(answered, "Fault") === null;

const carriesConnect = ({ asked }: Exchange): boolean => firstBelow(asked, "connectXml") !== null;

/** CommandIds that a request names. */
function commandsIn(asked: PlainElement): readonly string[] {
  const holders = ["CommandLine", "DesiredStream", "Stream", "Signal", "Connect"].flatMap((name) =>
    below(asked, name),
  );
  return holders.flatMap((holder) => plainAttribute(holder, "CommandId") ?? []);
}
