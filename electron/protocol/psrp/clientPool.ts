/*
 * The client's end of one RunspacePool and its pipelines ([MS-PSRP] 3.1). Longer than a file should be, because it is
 * the whole list of what a client may do; each entry is short. What it hears is read in clientMessages.ts.
 */
import { integerOf, property } from "../clixml/look.ts";
import type { ClixmlValue } from "../clixml/value.ts";
import { writeClixml } from "../clixml/write.ts";
import { concatenate } from "../concatenate.ts";
import { ourCapability, writeCapability } from "./capability.ts";
import { describeCommands } from "./clientCommand.ts";
import type { ClientCommand } from "./clientCommand.ts";
import type { ClientEvent } from "./clientEvents.ts";
import { note, pipelineMessage, poolMessage, reasonOf } from "./clientMessages.ts";
import { ClientSide } from "./clientPipeline.ts";
import { writeMetadataQuestion } from "./commandMetadata.ts";
import type { MetadataQuestion } from "./commandMetadata.ts";
import { writePipeline } from "./createPipeline.ts";
import type { AssemblyLimits, AssemblyLoad } from "./fragmentAssembler.ts";
import { writeHostResponse } from "./hostCalls.ts";
import type { HostResponse } from "./hostCalls.ts";
import { askingHost } from "./hostInfo.ts";
import type { HostInfo } from "./hostInfo.ts";
import { idOf, isNoId, noId, sameId } from "./ids.ts";
import type { MessageId } from "./ids.ts";
import { writePoolDescription } from "./initRunspacePool.ts";
import { clientLimits } from "./limits.ts";
import { receiveMessage, toClient, toServer, writeMessage } from "./messages.ts";
import type { IncomingMessage } from "./messages.ts";
import { messageTypes, messageTypeText } from "./messageTypes.ts";
import { members } from "./objects.ts";
import { objectIds } from "./outbox.ts";
import { isOver } from "./pipelineState.ts";
import type { PipelineState } from "./pipelineState.ts";
import { demandState, PsrpError, PsrpStateError } from "./psrpError.ts";
import { writePublicKey } from "./sessionKey.ts";
import type { PublicKey } from "./sessionKey.ts";

export type ClientPoolState =
  | "beforeOpen"
  | "opening"
  | "opened"
  | "disconnected"
  | "closing"
  | "closed"
  | "broken";

/** Bytes to carry: in creationXml, connectXml, Command Arguments, or a Send on that stream. */
export type Carried = { readonly stream: "stdin" | "pr"; readonly bytes: Uint8Array };

/** One RunspacePool. Pipelines are named by the CommandId that the caller chose; `null` is the pool itself. */
export class ClientPool {
  readonly #poolId: MessageId;
  readonly #limits: AssemblyLimits;
  readonly #load: AssemblyLoad = { bytes: 0, objects: 0 };
  readonly #ids = objectIds();
  readonly #pool: ClientSide;
  readonly #pipelines = new Map<string, ClientSide>();
  #state: ClientPoolState = "beforeOpen";
  #lastCall = 0n;

  /** `poolId` is a GUID, the ShellId; `joining`: the pool exists and `connect` is meant. */
  constructor(
    poolId: string,
    options: { readonly limits?: AssemblyLimits; readonly joining?: boolean } = {},
  ) {
    this.#poolId = idOf(poolId);
    this.#limits = options.limits ?? clientLimits;
    this.#pool = this.#side(noId, options.joining ?? false, false);
  }

  get state(): ClientPoolState {
    return this.#state;
  }

  /** Null for a pipeline that is not known (any more). */
  pipelineState(pipeline: string): PipelineState | null {
    return this.#pipelines.get(pipeline)?.state ?? null;
  }

  /** Queues SESSION_CAPABILITY and INIT_RUNSPACEPOOL; take them for creationXml, a rest for Send on stdin. */
  open(options: { readonly host?: HostInfo; readonly applicationArguments?: ClixmlValue } = {}): void {
    demandState("open", this.#state, ["beforeOpen"]);
    this.#put(null, messageTypes.sessionCapability, writeCapability(ourCapability));
    const host = options.host ?? askingHost;
    const applicationArguments = options.applicationArguments ?? null;
    const description = { minRunspaces: 1, maxRunspaces: 1, host, applicationArguments };
    this.#put(null, messageTypes.initRunspacePool, writePoolDescription(description));
    this.#state = "opening";
  }

  /** Queues what joins a pool that exists: take it for connectXml. */
  connect(): void {
    demandState("connect", this.#state, ["beforeOpen"]);
    this.#put(null, messageTypes.sessionCapability, writeCapability(ourCapability));
    this.#put(null, messageTypes.connectRunspacePool, "");
    this.#state = "opening";
  }

  /** Queues CREATE_PIPELINE: its first `take` goes into Command Arguments. `input`: sendInput and endInput follow. */
  createPipeline(
    pipeline: string,
    commands: readonly ClientCommand[],
    options: { readonly input?: boolean } = {},
  ): void {
    const input = options.input ?? false;
    this.#begin("createPipeline", pipeline, input);
    this.#put(pipeline, messageTypes.createPipeline, writePipeline(describeCommands(commands, input)));
  }

  /** Queues GET_COMMAND_METADATA, carried and answered like a pipeline. */
  getCommandMetadata(pipeline: string, question: MetadataQuestion): void {
    this.#begin("getCommandMetadata", pipeline, false);
    this.#put(pipeline, messageTypes.getCommandMetadata, writeMetadataQuestion(question));
  }

  /** A pipeline that was running when we joined: its Receive may begin in the middle of an object. */
  joinPipeline(pipeline: string): void {
    demandState("joinPipeline", this.#state, ["opening", "opened"]);
    const side = this.#side(idOf(pipeline), true, false);
    side.state = "running";
    this.#pipelines.set(pipeline, side);
  }

  sendInput(pipeline: string, value: ClixmlValue): void {
    this.#takingInput("sendInput", pipeline);
    this.#put(pipeline, messageTypes.pipelineInput, value);
  }

  endInput(pipeline: string): void {
    this.#takingInput("endInput", pipeline).inputOpen = false;
    this.#putText(pipeline, messageTypes.endOfPipelineInput, "", "stdin");
  }

  /** Answers an open host call once. The caller decides; nothing is ever answered by itself. */
  answerHostCall(pipeline: string | null, response: HostResponse): void {
    const side = pipeline === null ? this.#pool : this.#live("answerHostCall", pipeline, ["running"]);
    if (!side.calls.answer(response.callId, response.method))
      throw new PsrpStateError("answerHostCall", "no such call open", ["a host call that waits"]);
    const type =
      pipeline === null ? messageTypes.runspacePoolHostResponse : messageTypes.pipelineHostResponse;
    this.#putText(pipeline, type, writeClixml(writeHostResponse(response)), "pr");
  }

  /** A stop was asked for: open calls are no longer answered, output still counts until the state comes. */
  stopping(pipeline: string): void {
    const side = this.#live("stopping", pipeline, ["notStarted", "running", "stopping"]);
    side.state = "stopping";
    side.calls.cancel();
    side.responses.dropUnbegun();
  }

  /** The answer to a Receive was lost: a gap in what comes next makes that source unreadable. */
  answerLost(pipeline: string | null): void {
    const side = pipeline === null ? this.#pool : this.#pipelines.get(pipeline);
    side?.assembler.answerLost();
  }

  /** The pipeline's outcome is not known: its command is gone, or Done came without a state. */
  lost(pipeline: string): void {
    const side = this.#pipelines.get(pipeline);
    if (side !== undefined && !isOver(side.state)) this.#breakSide(side);
  }

  /** CommandState Done was seen: gives the final state and forgets the pipeline. Without a state it is broken. */
  done(pipeline: string): PipelineState {
    const side = this.#pipelines.get(pipeline);
    if (side === undefined) throw new PsrpStateError("done", "unknown pipeline", ["a known pipeline"]);
    this.lost(pipeline);
    this.#pipelines.delete(pipeline);
    return side.state;
  }

  /** Starts the key exchange: PUBLIC_KEY, to be sent on the pool's stdin. */
  offerPublicKey(key: PublicKey): void {
    demandState("offerPublicKey", this.#state, ["opened"]);
    this.#put(null, messageTypes.publicKey, members({ PublicKey: writePublicKey(key) }));
  }

  /** Asks for other runspace counts; gives the call id of the answer. */
  setRunspaces(which: "max" | "min", count: number): bigint {
    demandState("setRunspaces", this.#state, ["opened"]);
    const ci = ++this.#lastCall;
    if (which === "max") this.#put(null, messageTypes.setMaxRunspaces, members({ MaxRunspaces: count, ci }));
    else this.#put(null, messageTypes.setMinRunspaces, members({ MinRunspaces: count, ci }));
    return ci;
  }

  /** Asks how many runspaces are free, or for a fresh state (2.3); gives the call id of the answer. */
  askPool(which: "availableRunspaces" | "reset"): bigint {
    demandState("askPool", this.#state, ["opened"]);
    const ci = ++this.#lastCall;
    const type = which === "reset" ? messageTypes.resetRunspaceState : messageTypes.getAvailableRunspaces;
    this.#put(null, type, members({ ci }));
    return ci;
  }

  disconnected(): void {
    demandState("disconnected", this.#state, ["opened"]);
    this.#state = "disconnected";
  }

  reconnected(): void {
    demandState("reconnected", this.#state, ["disconnected"]);
    this.#state = "opened";
  }

  /** Delete is being sent. */
  closing(): void {
    demandState("closing", this.#state, ["opening", "opened", "disconnected", "closing", "broken"]);
    this.#state = "closing";
  }

  /** Delete was answered, or the shell is known to be gone. */
  closed(): void {
    this.#finish("closed");
  }

  /** The shell failed below us: a fault, or no connection left. */
  broke(): void {
    if (this.#state !== "closed") this.#finish("broken");
  }

  /**
   * What to carry next for a source, at most `limit` bytes of whole fragments, host responses first; null when
   * nothing waits. The first take of a pipeline is its one opening fragment and nothing else ([MS-PSRP] 3.1.5.3.3).
   */
  take(pipeline: string | null, limit: number): Carried | null {
    const side = pipeline === null ? this.#pool : this.#pipelines.get(pipeline);
    if (side === undefined) return null;
    if (side.state === "notStarted" && pipeline !== null) {
      const bytes = side.stdin.take(limit);
      side.state = "running";
      return bytes === null ? null : { stream: "stdin", bytes };
    }
    const stream = side.responses.empty ? "stdin" : "pr";
    const bytes = side[stream === "pr" ? "responses" : "stdin"].takeMany(limit);
    return bytes.length === 0 ? null : { stream, bytes: concatenate(bytes) };
  }

  /** Feeds one Stream's bytes of that source. Never throws: what cannot be read is an event, and its source is broken. */
  receive(pipeline: string | null, bytes: Uint8Array): readonly ClientEvent[] {
    if (this.#state === "closed" || this.#state === "broken") return [note("bytes for a pool that is over")];
    const side = pipeline === null ? this.#pool : this.#pipelines.get(pipeline);
    if (side === undefined) return [note("bytes for a pipeline that is not known")];
    const events: ClientEvent[] = [];
    try {
      for (const pieces of side.assembler.receivePieces(bytes))
        events.push(...this.#message(pipeline, side, receiveMessage(pieces)));
    } catch (error) {
      if (!(error instanceof PsrpError)) throw error;
      events.push({ type: "broken", pipeline, error });
      if (pipeline === null) this.#finish("broken");
      else this.#breakSide(side);
    }
    return events;
  }

  #side(id: MessageId, joining: boolean, inputOpen: boolean): ClientSide {
    return new ClientSide(id, this.#ids, { limits: this.#limits, load: this.#load, joining }, inputOpen);
  }

  #begin(action: string, pipeline: string, input: boolean): void {
    demandState(action, this.#state, ["opened"]);
    const known = this.#pipelines.get(pipeline)?.state ?? null;
    if (known !== null && !isOver(known)) throw new PsrpStateError(action, known, ["a new pipeline id"]);
    this.#pipelines.set(pipeline, this.#side(idOf(pipeline), false, input));
  }

  #live(action: string, pipeline: string, allowed: readonly PipelineState[]): ClientSide {
    const side = this.#pipelines.get(pipeline);
    if (side === undefined) throw new PsrpStateError(action, "unknown pipeline", allowed);
    demandState(action, side.state, allowed);
    return side;
  }

  #takingInput(action: string, pipeline: string): ClientSide {
    const side = this.#live(action, pipeline, ["notStarted", "running"]);
    if (!side.inputOpen) throw new PsrpStateError(action, "input ended", ["a pipeline with open input"]);
    return side;
  }

  #put(pipeline: string | null, type: number, content: ClixmlValue): void {
    this.#putText(pipeline, type, writeClixml(content), "stdin");
  }

  #putText(pipeline: string | null, type: number, text: string, stream: "stdin" | "pr"): void {
    const side = pipeline === null ? this.#pool : this.#pipelines.get(pipeline);
    if (side === undefined) return;
    const message = { destination: toServer, type, poolId: this.#poolId, pipelineId: side.id, text };
    side[stream === "pr" ? "responses" : "stdin"].put(writeMessage(message, { mark: false }));
  }

  #breakSide(side: ClientSide): void {
    side.state = "broken";
    side.calls.cancel();
    side.assembler.drop();
  }

  #finish(state: "closed" | "broken"): void {
    this.#state = state;
    for (const side of this.#pipelines.values()) if (!isOver(side.state)) this.#breakSide(side);
    this.#pool.calls.cancel();
    this.#pool.assembler.drop();
  }

  #message(pipeline: string | null, side: ClientSide, message: IncomingMessage): readonly ClientEvent[] {
    const noted = (what: string): readonly ClientEvent[] => [
      note(`message ${messageTypeText(message.type)} ${what}`),
    ];
    if (message.destination !== toClient) return noted("not for a client");
    if (!isNoId(message.poolId) && !sameId(message.poolId, this.#poolId)) return noted("of another pool");
    if (pipeline === null) return [this.#poolMessage(message, message.content())];
    if (!sameId(message.pipelineId, side.id)) return noted("of another pipeline");
    if (isOver(side.state)) return noted("after the end of its pipeline");
    return [pipelineMessage(pipeline, side, message, message.content())];
  }

  #poolMessage(message: IncomingMessage, content: ClixmlValue): ClientEvent {
    if (message.type === messageTypes.runspacePoolState) return this.#poolState(content);
    return poolMessage(this.#pool, message, content);
  }

  /** 2 Opened, 3 Closed, 5 Broken; the others are never sent, or only noted ([MS-PSRP] 2.2.3.4). */
  #poolState(content: ClixmlValue): ClientEvent {
    const number = integerOf(property(content, "RunspaceState"));
    const error = reasonOf(content);
    if (number === 2) {
      if (this.#state === "opening") this.#state = "opened";
      return { type: "poolState", state: "opened", error };
    }
    if (number !== 3 && number !== 5) return note(`pool state ${number ?? "none"}`);
    const state = number === 3 ? "closed" : "broken";
    this.#finish(state);
    return { type: "poolState", state, error };
  }
}
