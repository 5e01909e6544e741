import { readClixml } from "../../../protocol/clixml/read.ts";
import { property, integerOf, textOf } from "../../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../../protocol/clixml/value.ts";
import type { ClientEvent } from "../../../protocol/psrp/clientEvents.ts";
import { ClientPool } from "../../../protocol/psrp/clientPool.ts";
import { readMetadataQuestion } from "../../../protocol/psrp/commandMetadata.ts";
import { readPipeline, writePipeline } from "../../../protocol/psrp/createPipeline.ts";
import { readHostResponse } from "../../../protocol/psrp/hostCalls.ts";
import { readPoolDescription } from "../../../protocol/psrp/initRunspacePool.ts";
import { hexOf, idOf } from "../../../protocol/psrp/ids.ts";
import { messageTypes } from "../../../protocol/psrp/messageTypes.ts";
import { readPublicKey } from "../../../protocol/psrp/sessionKey.ts";
import { writeClixml } from "../../../protocol/clixml/write.ts";
import { ConformanceFailure } from "../outcome.ts";
import { clientEventOf, nameOfType } from "../plain/eventKinds.ts";
import { guidOfBytes, noPlainId, PlainSource } from "../plain/plainMessages.ts";
import type { PlainMessage } from "../plain/plainMessages.ts";
import { endsPipeline, stateOf } from "../plain/stateOf.ts";
import { asOfferedCommands } from "./offered.ts";
import type { SentMessage } from "./recording.ts";

const t = messageTypes;
const most = 32_768;

/** Our client role on one recorded shell, driven with the calls that the recorded client made. */
export class ClientShell {
  readonly pool: ClientPool;
  readonly #poolId: string;
  readonly #before: ClientShell | null;
  /** CommandId in upper case to the PID bytes of its pipeline, while it is known. */
  readonly #commands = new Map<string, string>();
  readonly #over = new Set<string>();
  readonly #sources = new Map<string, PlainSource<null>>();

  /** `before`: the shell as an earlier client had it, when this one joins by Connect. */
  constructor(poolId: string, before: ClientShell | null) {
    this.#poolId = poolId;
    this.pool = new ClientPool(guidOfBytes(poolId), { joining: before !== null });
    this.#before = before;
  }

  /** A Connect names a command: it is taken over where it runs. */
  join(command: string): void {
    const known = this.#before?.pidOf(command) ?? hexOf(idOf(command));
    if (this.#commands.has(command.toUpperCase())) return;
    this.#commands.set(command.toUpperCase(), known);
    this.pool.joinPipeline(guidOfBytes(known));
  }

  /** Created, and not heard of since; a pool that is joined is open already. */
  get isOpening(): boolean {
    return this.#before === null && this.pool.state === "opening";
  }

  /** Pipelines that this client began or joined, and did not read to their last state. */
  get unread(): number {
    return [...this.#commands.values()].filter((pid) => !this.#over.has(pid)).length;
  }

  pidOf(command: string): string | undefined {
    return this.#commands.get(command.toUpperCase());
  }

  /** Makes the same calls; gives the messages that our client queued for them. */
  call(sent: readonly SentMessage[]): readonly PlainMessage[] {
    const ours: PlainMessage[] = [];
    for (const { message, command } of sent) {
      const pipeline = message.pipelineId === noPlainId ? null : guidOfBytes(message.pipelineId);
      const replaced = this.#act(message, pipeline, command);
      for (const written of this.#taken(pipeline))
        ours.push(replaced === null ? written : { ...written, text: replaced });
    }
    return ours;
  }

  /** Text that stands for the message where our client has no call for what was asked: a script. */
  #act(message: PlainMessage, pipeline: string | null, command: string | null): string | null {
    const content = message.text === "" ? null : readClixml(message.text);
    if (message.type === t.createPipeline || message.type === t.getCommandMetadata) {
      this.#commands.set((command ?? "").toUpperCase(), message.pipelineId);
      this.#over.delete(message.pipelineId);
    }
    if (message.type === t.createPipeline) return this.#create(pipeline ?? "", content);
    if (pipeline === null) this.#poolCall(message.type, content);
    else if (message.type === t.getCommandMetadata)
      this.pool.getCommandMetadata(pipeline, readMetadataQuestion(content));
    else if (message.type === t.pipelineInput) this.pool.sendInput(pipeline, content);
    else if (message.type === t.endOfPipelineInput) this.pool.endInput(pipeline);
    else if (message.type === t.pipelineHostResponse)
      this.pool.answerHostCall(pipeline, readHostResponse(content));
    return null;
  }

  #poolCall(type: number, content: ClixmlValue): void {
    if (type === t.initRunspacePool) {
      const { host, applicationArguments } = readPoolDescription(content);
      this.pool.open({ host, applicationArguments });
    } else if (type === t.connectRunspacePool) this.pool.connect();
    else if (type === t.publicKey)
      this.pool.offerPublicKey(readPublicKey(textOf(property(content, "PublicKey")) ?? ""));
    else if (type === t.setMaxRunspaces)
      this.pool.setRunspaces("max", integerOf(property(content, "MaxRunspaces")) ?? 0);
    else if (type === t.setMinRunspaces)
      this.pool.setRunspaces("min", integerOf(property(content, "MinRunspaces")) ?? 0);
    else if (type === t.getAvailableRunspaces) this.pool.askPool("availableRunspaces");
    else if (type === t.resetRunspaceState) this.pool.askPool("reset");
    else if (type === t.runspacePoolHostResponse) this.pool.answerHostCall(null, readHostResponse(content));
  }

  #create(pipeline: string, content: ClixmlValue): string | null {
    const description = readPipeline(content);
    const commands = asOfferedCommands(description);
    const input = !description.noInput;
    this.pool.createPipeline(pipeline, commands ?? [{ name: "Get-Command", parameters: [] }], { input });
    return commands === null ? writeClixml(writePipeline(description)) : null;
  }

  /** What waits, as whole messages. The first part of a pipeline is taken alone, as a Command carries it. */
  #taken(pipeline: string | null): readonly PlainMessage[] {
    const source = new PlainSource<null>();
    const messages: PlainMessage[] = [];
    for (let part = this.pool.take(pipeline, most); part !== null; part = this.pool.take(pipeline, most))
      messages.push(...source.add(Buffer.from(part.bytes), null).map(({ message }) => message));
    return messages;
  }

  /** Feeds one Stream's bytes, and says which kinds of event a strict client owes for them. */
  hear(command: string | null, bytes: Buffer): { events: readonly ClientEvent[]; owed: readonly string[] } {
    const pid = command === null ? noPlainId : this.#commands.get(command.toUpperCase());
    // A command that nobody began: all its bytes are dropped with one note.
    if (pid === undefined) return { events: this.pool.receive(command, bytes), owed: ["note"] };
    const owed = this.#messages(command, bytes).map((message) => this.#owed(message, pid));
    return { events: this.pool.receive(pid === noPlainId ? null : guidOfBytes(pid), bytes), owed };
  }

  #messages(command: string | null, bytes: Buffer): readonly PlainMessage[] {
    const source = this.#sources.get(command ?? "") ?? new PlainSource<null>();
    this.#sources.set(command ?? "", source);
    return source.add(bytes, null).map(({ message }) => message);
  }

  #owed(message: PlainMessage, pid: string): string {
    const isForeign = message.poolId !== this.#poolId && message.poolId !== noPlainId;
    // [R]: Windows sends back the ids that it got, in every recorded message of a command that was begun.
    if (isForeign || message.destination !== 1 || message.pipelineId !== pid)
      throw new ConformanceFailure("messages", `message ${nameOfType(message.type)} is not of this Stream`);
    if (pid === noPlainId) return poolEvent(message);
    if (this.#over.has(pid))
      throw new ConformanceFailure(
        "messages",
        `message ${nameOfType(message.type)} after its pipeline's end`,
      );
    if (endsPipeline(message)) this.#over.add(pid);
    const known = message.type !== messageTypes.pipelineState || endsPipeline(message);
    return known ? clientEventOf(message.type, true) : "note";
  }

  /** Windows 2008 R2 gives a command another id than the client chose: what it answers counts. */
  renamed(asked: string, answered: string): void {
    const pid = this.#commands.get(asked.toUpperCase());
    if (pid !== undefined) this.#commands.set(answered.toUpperCase(), pid);
  }

  /** CommandState Done: the pipeline is forgotten, and its id may come again. */
  done(command: string): void {
    const pid = this.#commands.get(command.toUpperCase());
    if (pid === undefined) return;
    if (!this.#over.has(pid))
      throw new ConformanceFailure("CommandState", "Done without the pipeline's last state");
    this.pool.done(guidOfBytes(pid));
    this.#commands.delete(command.toUpperCase());
  }
}

const poolEvent = (message: PlainMessage): string =>
  message.type === messageTypes.runspacePoolState && ![2, 3, 5].includes(stateOf(message) ?? 0)
    ? "note"
    : clientEventOf(message.type, false);
