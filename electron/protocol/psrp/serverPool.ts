/*
 * The server's end of one RunspacePool and its pipelines ([MS-PSRP] 3.2). Longer than a file should be, because it is
 * the whole list of what a server may do and how a pool is begun; each entry is short. What it hears of a pool that is
 * open is read in serverMessages.ts.
 */
import { writeClixml } from "../clixml/write.ts";
import type { ClixmlValue } from "../clixml/value.ts";
import { concatenate } from "../concatenate.ts";
import { commonCapability, demandSupported, readCapability, writeCapability } from "./capability.ts";
import type { Capability } from "./capability.ts";
import { readMetadataQuestion } from "./commandMetadata.ts";
import { readPipeline } from "./createPipeline.ts";
import { errorRecord, writeErrorRecord } from "./errorRecord.ts";
import type { ErrorRecord } from "./errorRecord.ts";
import { writeHostCall } from "./hostCalls.ts";
import { hexOf, isNoId, noId, sameId } from "./ids.ts";
import type { MessageId } from "./ids.ts";
import { demandSameSizes, readPoolDescription } from "./initRunspacePool.ts";
import { mostPipelines, serverFragment, serverLimits } from "./limits.ts";
import type { ServerLimits } from "./limits.ts";
import type { AssemblyLoad } from "./fragmentAssembler.ts";
import { contentOf, readMessage, toClient, toServer, writeMessage } from "./messages.ts";
import type { Message } from "./messages.ts";
import { messageTypes, messageTypeText } from "./messageTypes.ts";
import { members } from "./objects.ts";
import { objectIds } from "./outbox.ts";
import { pipelineEndNumbers } from "./pipelineState.ts";
import type { PipelineEnd } from "./pipelineState.ts";
import { demandState, PsrpError, PsrpStateError } from "./psrpError.ts";
import { writePlainRecord, writeProgress } from "./records.ts";
import type { PlainRecordKind, ProgressRecord } from "./records.ts";
import type { ServerEvent, ServerSource } from "./serverEvents.ts";
import { malformed, note, poolMessage, psrpErrorOf, readable, runningMessage } from "./serverMessages.ts";
import { ServerSide } from "./serverPipeline.ts";
import { writeEncryptedKey } from "./sessionKey.ts";

/** negotiated: the capability came; opening: INIT came and `opened` is due. */
export type ServerPoolState = "beforeOpen" | "negotiated" | "opening" | "opened" | "closed" | "broken";

const poolStateNumbers = { opened: 2, closed: 3, closing: 4, broken: 5 } as const;

const plainRecordMessages: Readonly<Record<PlainRecordKind, number>> = {
  debug: messageTypes.debugRecord,
  verbose: messageTypes.verboseRecord,
  warning: messageTypes.warningRecord,
};

/** Pipelines are named by CommandId, compared as text; the ids inside messages are only ever echoed. */
export class ServerPool {
  readonly #limits: ServerLimits;
  readonly #load: AssemblyLoad = { bytes: 0, objects: 0 };
  readonly #ids = objectIds();
  readonly #pool: ServerSide;
  readonly #pipelines = new Map<string, ServerSide>();
  #poolId: MessageId = noId;
  #capability: Capability | null = null;
  #state: ServerPoolState = "beforeOpen";

  constructor(limits: ServerLimits = serverLimits) {
    this.#limits = limits;
    this.#pool = new ServerSide(this.#ids, limits, this.#load);
  }

  get state(): ServerPoolState {
    return this.#state;
  }

  /** `running`, its end, or null for a CommandId that is not known. */
  pipelineState(pipeline: string): "running" | PipelineEnd | null {
    const side = this.#pipelines.get(pipeline);
    return side?.id ? (side.end ?? "running") : null;
  }

  /** True while a host call of that pipeline waits for the client: its CommandState is then Pending. */
  isAsking(pipeline: string): boolean {
    return this.#pipelines.get(pipeline)?.calls.any ?? false;
  }

  /** True when `take` has something for the pipeline, or for the pool (null). */
  hasWaiting(pipeline: string | null): boolean {
    return !(this.#sideOf(pipeline)?.outbox.empty ?? true);
  }

  /** The next fragment for one Stream element, at most 32,768 bytes; null when nothing waits. */
  take(pipeline: string | null, limit: number = serverFragment): Uint8Array | null {
    return this.#sideOf(pipeline)?.outbox.take(limit) ?? null;
  }

  /**
   * Feeds the bytes of creationXml, Command Arguments or one Stream of a Send. Never throws: what cannot be read is
   * an event, and where the conversation cannot go on the pool is broken.
   */
  receive(source: ServerSource, bytes: Uint8Array): readonly ServerEvent[] {
    if (this.#state === "closed" || this.#state === "broken") return [note("bytes for a pool that is over")];
    const events: ServerEvent[] = [];
    try {
      const side = this.#receivingSide(source.pipeline);
      if (source.pipeline !== null) side.count(bytes.length);
      for (const object of side.receive(source.stream, bytes))
        events.push(...this.#message(source, readMessage(object)));
    } catch (error) {
      events.push(this.#break(psrpErrorOf(error)));
    }
    return events;
  }

  /**
   * The answer to connectXml of a second client: SESSION_CAPABILITY and RUNSPACEPOOL_INIT_DATA in one text. Throws
   * PsrpError unless the bytes are exactly CAPABILITY and CONNECT_RUNSPACEPOOL for this pool ([MS-PSRP] 3.2.5.4.15);
   * its code is `otherSizes` where they fit and name other sizes.
   */
  connect(connectXml: Uint8Array, sizes: { readonly min: number; readonly max: number }): Uint8Array {
    demandState("connect", this.#state, ["opened"]);
    const side = new ServerSide(this.#ids, this.#limits, this.#load);
    const [first, second, ...rest] = side.receive("stdin", connectXml).map(readMessage);
    side.drop();
    const fits =
      first?.type === messageTypes.sessionCapability &&
      second?.type === messageTypes.connectRunspacePool &&
      rest.length === 0 &&
      [first, second].every((part) => part.destination === toServer && sameId(part.poolId, this.#poolId));
    if (!fits || first === undefined || second === undefined)
      throw new PsrpError("badMessage", "the pool cannot be joined with this");
    const theirs = readCapability(contentOf(first));
    demandSupported(theirs);
    demandSameSizes(contentOf(second), sizes);
    const initData = members({ MinRunspaces: sizes.min, MaxRunspaces: sizes.max });
    this.#put(side, messageTypes.sessionCapability, writeCapability(commonCapability(theirs)), noId);
    this.#put(side, messageTypes.runspacePoolInitData, initData);
    return concatenate(
      [side.outbox.take(serverFragment), side.outbox.take(serverFragment)].filter((part) => part !== null),
    );
  }

  /** The pool is ready: APPLICATION_PRIVATE_DATA, then RUNSPACEPOOL_STATE Opened. Also tells a client that joined. */
  opened(privateData: ClixmlValue): void {
    demandState("opened", this.#state, ["opening", "opened"]);
    this.#put(
      this.#pool,
      messageTypes.applicationPrivateData,
      members({ ApplicationPrivateData: privateData }),
    );
    this.#poolState("opened", null);
  }

  /** The pool cannot be used (any more), with the reason as its ErrorRecord. */
  broken(error: ErrorRecord): void {
    demandState("broken", this.#state, ["beforeOpen", "negotiated", "opening", "opened"]);
    this.#poolState("broken", error);
  }

  /** Says RUNSPACEPOOL_STATE Closing, which only the out-of-process framing knows; `closed` has to follow. */
  closing(): void {
    demandState("closing", this.#state, ["opening", "opened"]);
    this.#sayState("closing", null);
  }

  /** The pool was closed by the server's own will. */
  closed(): void {
    demandState("closed", this.#state, ["opening", "opened"]);
    this.#poolState("closed", null);
  }

  output(pipeline: string, value: ClixmlValue): void {
    this.#put(this.#running("output", pipeline), messageTypes.pipelineOutput, value);
  }

  /** An error that does not end the pipeline. */
  error(pipeline: string, record: ErrorRecord): void {
    const content = writeErrorRecord(record, true);
    this.#put(this.#running("error", pipeline), messageTypes.errorRecord, content);
  }

  /** A debug, verbose or warning line. */
  say(pipeline: string, kind: PlainRecordKind, text: string): void {
    this.#put(this.#running(kind, pipeline), plainRecordMessages[kind], writePlainRecord(kind, text));
  }

  /** `record` as `writeHostLine` makes it, or any other INFORMATION_RECORD. */
  information(pipeline: string, record: ClixmlValue): void {
    this.#put(this.#running("information", pipeline), messageTypes.informationRecord, record);
  }

  progress(pipeline: string, record: ProgressRecord): void {
    this.#put(this.#running("progress", pipeline), messageTypes.progressRecord, writeProgress(record));
  }

  /** Calls a method of the client's host; gives the call id, -100 where no answer will come. */
  hostCall(pipeline: string | null, method: number, parameters: readonly ClixmlValue[]): bigint {
    const side = pipeline === null ? this.#pool : this.#running("hostCall", pipeline);
    const type = pipeline === null ? messageTypes.runspacePoolHostCall : messageTypes.pipelineHostCall;
    const callId = side.calls.begin(method);
    this.#put(side, type, writeHostCall({ callId, method, parameters }));
    return callId;
  }

  /** Ends the pipeline: its one and last PIPELINE_STATE. Open host calls are cancelled. */
  end(pipeline: string, end: PipelineEnd, error: ErrorRecord | null = null): void {
    const side = this.#running("end", pipeline);
    const reason = error === null ? {} : { ExceptionAsErrorRecord: writeErrorRecord(error, false) };
    const content = members({ PipelineState: pipelineEndNumbers[end], ...reason });
    this.#put(side, messageTypes.pipelineState, content);
    side.end = end;
    side.calls.cancel();
  }

  /** The command was closed (Signal terminate, or the shell is gone): nothing of it is kept. Its id may come again. */
  forget(pipeline: string): void {
    this.#pipelines.get(pipeline)?.drop();
    this.#pipelines.delete(pipeline);
  }

  /** Answers `publicKey` with the AES key under that RSA key, PKCS#1 v1.5, big-endian. */
  sessionKey(cipher: Uint8Array): void {
    demandState("sessionKey", this.#state, ["opened"]);
    const content = members({ EncryptedSessionKey: writeEncryptedKey(cipher) });
    this.#put(this.#pool, messageTypes.encryptedSessionKey, content, noId);
  }

  /** Answers set, get and reset: whether it was done, or how many are free. */
  availability(callId: bigint, answer: boolean | number | bigint): void {
    demandState("availability", this.#state, ["opened"]);
    const content = members({ SetMinMaxRunspacesResponse: answer, ci: callId });
    this.#put(this.#pool, messageTypes.runspaceAvailability, content);
  }

  #sideOf(pipeline: string | null): ServerSide | undefined {
    return pipeline === null ? this.#pool : this.#pipelines.get(pipeline);
  }

  /**
   * The side that bytes for that CommandId go to; a command is known from its first bytes on. The id may come again
   * once its pipeline was read to the end; before, late bytes meet the pipeline that has ended.
   */
  #receivingSide(pipeline: string | null): ServerSide {
    const known = this.#sideOf(pipeline);
    const isOver = known !== undefined && known.end !== null && known.outbox.empty;
    if (pipeline === null || (known !== undefined && !isOver)) return known ?? this.#pool;
    if (known === undefined && this.#pipelines.size >= mostPipelines)
      throw new PsrpError("tooLarge", `more than ${mostPipelines} pipelines`);
    known?.drop();
    const fresh = new ServerSide(this.#ids, this.#limits, this.#load);
    this.#pipelines.set(pipeline, fresh);
    return fresh;
  }

  #running(action: string, pipeline: string): ServerSide {
    demandState(action, this.#state, ["opened"]);
    const side = this.#pipelines.get(pipeline);
    if (side?.id && side.end === null) return side;
    throw new PsrpStateError(action, side?.end ?? "unknown pipeline", ["running"]);
  }

  #put(side: ServerSide, type: number, content: ClixmlValue, poolId: MessageId = this.#poolId): void {
    const text = writeClixml(content);
    const message = { destination: toClient, type, poolId, pipelineId: side.id ?? noId, text };
    side.outbox.put(writeMessage(message, { mark: true }));
  }

  #poolState(state: "opened" | "closed" | "broken", error: ErrorRecord | null): void {
    this.#sayState(state, error);
    this.#state = state;
  }

  #sayState(state: keyof typeof poolStateNumbers, error: ErrorRecord | null): void {
    const reason = error === null ? {} : { ExceptionAsErrorRecord: writeErrorRecord(error, false) };
    const content = members({ RunspaceState: poolStateNumbers[state], ...reason });
    this.#put(this.#pool, messageTypes.runspacePoolState, content);
  }

  #break(error: PsrpError): ServerEvent {
    this.broken(errorRecord({ message: error.message, errorId: "RunspacePoolBroken", category: 26 }));
    return { type: "broken", error };
  }

  #message(source: ServerSource, message: Message): readonly ServerEvent[] {
    if (message.destination !== toServer)
      return [note(`message ${messageTypeText(message.type)} not for a server`)];
    if (!isNoId(this.#poolId) && !sameId(message.poolId, this.#poolId))
      return [note(`message ${messageTypeText(message.type)} of pool ${hexOf(message.poolId)}`)];
    switch (message.type) {
      case messageTypes.sessionCapability:
        return this.#negotiate(message);
      case messageTypes.initRunspacePool:
        return [this.#init(message)];
      case messageTypes.createPipeline:
      case messageTypes.getCommandMetadata:
        return [this.#create(source, message)];
      default:
        return this.#afterOpening(source, message);
    }
  }

  #negotiate(message: Message): readonly ServerEvent[] {
    if (this.#state !== "beforeOpen") throw new PsrpError("notNow", "a second SESSION_CAPABILITY");
    const theirs = readCapability(contentOf(message));
    this.#put(this.#pool, messageTypes.sessionCapability, writeCapability(commonCapability(theirs)), noId);
    this.#poolId = message.poolId;
    demandSupported(theirs);
    this.#capability = theirs;
    this.#state = "negotiated";
    return [];
  }

  #init(message: Message): ServerEvent {
    if (this.#capability === null || this.#state !== "negotiated")
      throw new PsrpError("notNow", "an INIT_RUNSPACEPOOL out of its order");
    const description = readPoolDescription(contentOf(message));
    this.#poolId = message.poolId;
    this.#state = "opening";
    return { type: "initRunspacePool", capability: this.#capability, ...description };
  }

  #create(source: ServerSource, message: Message): ServerEvent {
    if (this.#state !== "opened") throw new PsrpError("notNow", "a pipeline before the pool is open");
    const { pipeline } = source;
    const side = this.#sideOf(pipeline);
    if (pipeline === null || side === undefined || side.id !== null)
      return malformed(pipeline, new PsrpError("badMessage", "a pipeline that cannot be created here"));
    return readable(pipeline, () => {
      const content = contentOf(message);
      const event: ServerEvent =
        message.type === messageTypes.createPipeline
          ? { type: "createPipeline", pipeline, description: readPipeline(content) }
          : { type: "getCommandMetadata", pipeline, ...readMetadataQuestion(content) };
      side.id = message.pipelineId;
      return event;
    });
  }

  #afterOpening(source: ServerSource, message: Message): readonly ServerEvent[] {
    // A startup script asks before the pool is open ([R7], conformance powershell).
    const isAwaited = this.#state === "opening" && message.type === messageTypes.runspacePoolHostResponse;
    if (this.#state !== "opened" && !isAwaited)
      throw new PsrpError("notNow", `message ${messageTypeText(message.type)} before the pool is open`);
    const event = isNoId(message.pipelineId)
      ? readable(null, () => poolMessage(this.#pool, message))
      : this.#pipelineMessage(source, message);
    return [event];
  }

  /** Routed by the PID bytes as they first came: host responses need not carry a CommandId on the wire. */
  #pipelineMessage(source: ServerSource, message: Message): ServerEvent {
    const [pipeline, side] =
      [...this.#pipelines].find(
        ([, candidate]) => candidate.id && sameId(candidate.id, message.pipelineId),
      ) ?? [];
    if (pipeline === undefined || side === undefined)
      return note(`message ${messageTypeText(message.type)} of a pipeline that is not known`);
    if (side.end !== null)
      return note(`message ${messageTypeText(message.type)} after the end of its pipeline`);
    if (source.pipeline !== pipeline) side.count(message.text.length);
    return readable(pipeline, () => runningMessage(pipeline, side, message));
  }
}
