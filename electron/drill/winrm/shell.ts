// Past the usual length: one shell is one list of what may be asked of it, and each entry is short.
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { commonCapability, minorOf, ourCapability } from "../../protocol/psrp/capability.ts";
import { errorRecord } from "../../protocol/psrp/errorRecord.ts";
import { hasUserInterface } from "../../protocol/psrp/hostInfo.ts";
import type { HostInfo } from "../../protocol/psrp/hostInfo.ts";
import type { PipelineDescription } from "../../protocol/psrp/pipelineDescription.ts";
import { PsrpError } from "../../protocol/psrp/psrpError.ts";
import type { ServerEvent } from "../../protocol/psrp/serverEvents.ts";
import { serverFragment } from "../../protocol/psrp/limits.ts";
import { ServerPool } from "../../protocol/psrp/serverPool.ts";
import type { SessionCipher } from "../../protocol/psrp/sessionKey.ts";
import { signalCodes } from "../../protocol/wsman/names.ts";
import type { SentStream } from "../../protocol/wsman/serverRequest.ts";
import type { ServedShell } from "../../protocol/wsman/writeAnswer.ts";
import { faultCodes } from "../../protocol/wsman/wsmanFault.ts";
import type { StampCommand } from "../stampCommand.ts";
import { answerMetadata } from "./commandMetadata.ts";
import type { PipelineOutlet } from "./commandVoice.ts";
import { withDefaultCommands } from "./defaultCommands/withDefaultCommands.ts";
import type { EndpointClock, EndpointSwitches } from "./endpointOptions.ts";
import { pipelineStopped, recordOf } from "./pipelineErrors.ts";
import { ReceiveWaits } from "./receiveWaits.ts";
import { RunningCommand } from "./runningCommand.ts";
import { runPipeline } from "./runPipeline.ts";
import { sessionCipher, wrapSessionKey } from "./sessionCipher.ts";
import { answer, cannotConnect, gone, refuse } from "./shellAnswer.ts";
import type { ShellAnswer } from "./shellAnswer.ts";

export type ShellFacts = Pick<
  ServedShell,
  "shellId" | "name" | "resourceUri" | "owner" | "clientIp" | "processId" | "idleTimeoutMs"
>;

export type ShellSurroundings = {
  readonly endpoint: string;
  readonly commands: () => readonly StampCommand[];
  readonly switches: () => EndpointSwitches;
  readonly privateData: (protocolVersion: string) => ClixmlValue;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly clock: EndpointClock;
  readonly today: () => Date;
  readonly commandsPerShell: number;
  readonly onRun: (name: string) => void;
};

/** Milliseconds without a request after which a shell shows itself Disconnected (protocol 8.5, [R]). */
const idleUntilDisconnected = 60_000;
/** The most Streams of one answer (protocol 11.6, [R]). */
const mostStreams = 42;
/** What base64 and its Stream element make of a whole fragment, and what the headers take. */
const fragmentInEnvelope = 44_000;
const headersInEnvelope = 3_000;
const finishedKept = 1_000;

const noHost: HostInfo = {
  isHostNull: true,
  isUserInterfaceNull: true,
  isRawInterfaceNull: true,
  useRunspaceHost: false,
};

/** One shell: the server's end of a RunspacePool behind WSMan ([MS-PSRP] 3.2, [MS-WSMV] 3.1.4). */
export class Shell {
  readonly facts: ShellFacts;
  readonly #around: ShellSurroundings;
  readonly #pool = new ServerPool();
  readonly #waits: ReceiveWaits;
  readonly #commands = new Map<string, RunningCommand>();
  /** Commands read to Done and not closed: their Signal is still answered well. */
  readonly #finished = new Set<string>();
  readonly #begunAt: number;
  #lastUsed: number;
  #inFlight = 0;
  #disconnected = false;
  #idleTimeoutMs: number;
  #host = noHost;
  #capability = ourCapability;
  #sizes = { min: 1, max: 1 };
  #busy = 0;
  readonly #queue: (() => void)[] = [];
  #cipher: SessionCipher | null = null;
  #sessionKey: Uint8Array | null = null;
  #lookDue = false;
  #culture = "en-US";

  constructor(facts: ShellFacts, around: ShellSurroundings) {
    this.facts = facts;
    this.#idleTimeoutMs = facts.idleTimeoutMs;
    this.#around = around;
    this.#waits = new ReceiveWaits(around.clock);
    this.#begunAt = around.clock.now();
    this.#lastUsed = this.#begunAt;
  }

  get state(): "Connected" | "Disconnected" {
    return this.#disconnected || this.#idleFor() > idleUntilDisconnected ? "Disconnected" : "Connected";
  }

  get running(): readonly string[] {
    return [...this.#commands.keys()];
  }

  /** True when nobody used it for its whole idle time. */
  get expired(): boolean {
    return this.#idleFor() > this.#idleTimeoutMs;
  }

  describe(): ServedShell {
    const runTimeMs = this.#around.clock.now() - this.#begunAt;
    const idleTimeoutMs = this.#idleTimeoutMs;
    return { ...this.facts, idleTimeoutMs, state: this.state, runTimeMs, inactivityMs: this.#idleFor() };
  }

  /** Counts a request as use, from its beginning to its answer. */
  async use(act: () => ShellAnswer | Promise<ShellAnswer>): Promise<ShellAnswer> {
    this.#inFlight++;
    try {
      return await act();
    } finally {
      this.#inFlight--;
      this.#lastUsed = this.#around.clock.now();
    }
  }

  /** creationXml; false when it holds no capability, and so begins nothing. */
  begin(creationXml: Uint8Array): boolean {
    this.#feed(null, "stdin", creationXml);
    return this.#pool.state !== "beforeOpen";
  }

  command(commandId: string, bytes: Uint8Array, culture: string): ShellAnswer {
    if (this.#disconnected) return refuse(faultCodes.disconnected);
    if (this.#commands.has(commandId)) return refuse(faultCodes.invalidParameter);
    if (this.#commands.size >= this.#around.commandsPerShell) return refuse(faultCodes.tooManyCommands);
    this.#finished.delete(commandId);
    this.#culture = culture;
    this.#commands.set(commandId, new RunningCommand());
    this.#feed(commandId, "stdin", bytes);
    return answer({ type: "commandStarted", commandId });
  }

  receive(
    commandId: string | null,
    options: { readonly timeoutMs: number; readonly envelopeBytes: number; readonly signal: AbortSignal },
  ): Promise<ShellAnswer> {
    if (this.#disconnected) return Promise.resolve(refuse(faultCodes.disconnected));
    if (commandId !== null && !this.#commands.has(commandId)) return Promise.resolve(gone());
    return this.#waits.wait(commandId, {
      timeoutMs: options.timeoutMs,
      signal: options.signal,
      collect: () => this.#collect(commandId, options.envelopeBytes),
    });
  }

  send(streams: readonly SentStream[]): ShellAnswer {
    if (this.#disconnected) return refuse(faultCodes.disconnected);
    for (const { commandId, name, bytes } of streams) {
      if (name !== "stdin" && name !== "pr") return refuse(faultCodes.schemaValidation);
      if (commandId !== null && !this.#commands.has(commandId)) {
        if (!this.#finished.has(commandId)) return gone();
      } else this.#feed(commandId, name, bytes);
    }
    return answer({ type: "sent" });
  }

  /** crtl_c stops; any other code closes the command ([P] WSManPlugin compares exactly so). */
  signal(commandId: string | null, code: string): ShellAnswer {
    if (commandId === null) return answer({ type: "signalled" });
    const command = this.#commands.get(commandId);
    if (command === undefined && !this.#finished.has(commandId)) return gone();
    if (code !== signalCodes.stop) this.#closeCommand(commandId);
    else if (command !== undefined) this.#stop(commandId, command);
    return answer({ type: "signalled" });
  }

  /** `idleTimeoutMs`: how long the client wants it to wait; null leaves that as it was. */
  disconnect(idleTimeoutMs: number | null): ShellAnswer {
    this.#disconnected = true;
    this.#idleTimeoutMs = idleTimeoutMs ?? this.#idleTimeoutMs;
    this.#waits.endAll(refuse(faultCodes.disconnected));
    return answer({ type: "empty" });
  }

  reconnect(): ShellAnswer {
    this.#disconnected = false;
    return answer({ type: "empty" });
  }

  /** A second client joins the pool. Who waited before is told that the stream went elsewhere. */
  connect(connectXml: Uint8Array): ShellAnswer {
    try {
      const connectResponseXml = this.#pool.connect(connectXml, this.#sizes);
      this.#disconnected = false;
      this.#waits.endAll(refuse(faultCodes.disconnected));
      this.#open();
      return answer({ type: "connected", connectResponseXml });
    } catch (error) {
      if (error instanceof PsrpError) return cannotConnect();
      throw error;
    }
  }

  joinCommand(commandId: string): ShellAnswer {
    return this.#commands.has(commandId) ? answer({ type: "commandConnected" }) : gone();
  }

  /** The shell is deleted, or the endpoint ends: commands stop, waiting Receives are answered. */
  close(): void {
    for (const commandId of this.running) this.#closeCommand(commandId);
    this.#waits.endAll(refuse(faultCodes.aborted));
  }

  #idleFor(): number {
    return this.#inFlight > 0 ? 0 : this.#around.clock.now() - this.#lastUsed;
  }

  #collect(commandId: string | null, envelopeBytes: number): ShellAnswer | null {
    const ended = commandId !== null && this.#hasEnded(commandId);
    if (!this.#pool.hasWaiting(commandId) && !ended) return null;
    const fragments = this.#take(commandId, envelopeBytes);
    const isRest = !this.#pool.hasWaiting(commandId);
    const isDone = ended && isRest;
    const isPending = commandId !== null && !isDone && isRest && this.#pool.isAsking(commandId);
    if (isDone) this.#finish(commandId);
    const state = isDone ? "done" : isPending ? "pending" : null;
    return answer({ type: "received", commandId, fragments, state });
  }

  /** One message an answer for the pool, as a JEA endpoint sends them ([R]); for a command as many as fit. */
  #take(commandId: string | null, envelopeBytes: number): readonly Uint8Array[] {
    const room = Math.max(4_096, envelopeBytes - headersInEnvelope);
    const largest = Math.min(serverFragment, Math.floor((room * 3) / 4) - 256);
    const most = commandId === null ? 1 : Math.min(mostStreams, Math.floor(room / fragmentInEnvelope) || 1);
    const fragments: Uint8Array[] = [];
    let left = room;
    while (fragments.length < mostStreams && (fragments.length < most || left >= fragmentInEnvelope)) {
      if (commandId === null && fragments.length > 0) break;
      const fragment = this.#pool.take(commandId, largest);
      if (fragment === null) break;
      left -= Math.ceil(fragment.length / 3) * 4 + 160;
      fragments.push(fragment);
    }
    return fragments;
  }

  #hasEnded(commandId: string): boolean {
    const state = this.#pool.pipelineState(commandId);
    return state !== null && state !== "running";
  }

  #finish(commandId: string): void {
    this.#commands.get(commandId)?.stop();
    this.#commands.delete(commandId);
    this.#pool.forget(commandId);
    this.#finished.add(commandId);
    const [oldest] = this.#finished;
    if (this.#finished.size > finishedKept && oldest !== undefined) this.#finished.delete(oldest);
  }

  #closeCommand(commandId: string): void {
    this.#finish(commandId);
    this.#finished.delete(commandId);
    this.#waits.end(commandId, refuse(faultCodes.aborted));
  }

  /** The state message waits before the SignalResponse goes out ([MS-PSRP] 3.2.5.3.9). */
  #stop(commandId: string, command: RunningCommand): void {
    command.stop();
    if (this.#isRunning(commandId)) this.#pool.end(commandId, "stopped", pipelineStopped());
    this.#look();
  }

  #isRunning(commandId: string): boolean {
    return this.#pool.state === "opened" && this.#pool.pipelineState(commandId) === "running";
  }

  /** Looks once after all that is happening now: what belongs together travels in one answer. */
  #look(): void {
    if (this.#lookDue) return;
    this.#lookDue = true;
    setImmediate(() => {
      this.#lookDue = false;
      this.#waits.look();
    });
  }

  #feed(pipeline: string | null, stream: "stdin" | "pr", bytes: Uint8Array): void {
    const events = this.#pool.receive({ pipeline, stream }, bytes);
    // What came before the break in the same bytes can no longer be answered.
    const broken = events.filter((event) => event.type === "broken");
    for (const event of broken.length > 0 ? broken : events) this.#on(event);
    this.#look();
  }

  #on(event: ServerEvent): void {
    switch (event.type) {
      case "initRunspacePool":
        this.#host = event.host;
        this.#sizes = { min: event.minRunspaces, max: event.maxRunspaces };
        this.#capability = commonCapability(event.capability);
        return this.#open();
      case "createPipeline":
        return void this.#run(event.pipeline, event.description);
      case "getCommandMetadata":
        return this.#answerMetadata(event);
      case "input":
        return this.#commands.get(event.pipeline)?.addInput(event.value);
      case "endOfInput":
        return this.#commands.get(event.pipeline)?.endInput();
      case "hostResponse":
        if (event.pipeline !== null) this.#commands.get(event.pipeline)?.answer(event.callId, event);
        return;
      case "publicKey":
        return this.#exchangeKeys(event);
      case "setMaxRunspaces":
      case "setMinRunspaces":
        return this.#resize(event.type === "setMaxRunspaces" ? "max" : "min", event.count, event.callId);
      case "getAvailableRunspaces":
        return this.#pool.availability(event.callId, Math.max(0, this.#sizes.max - this.#busy));
      case "resetRunspaceState":
        // With several runspaces there is no single state to reset ([R7], conformance 12b).
        return this.#pool.availability(event.callId, this.#sizes.max === 1);
      case "broken":
        for (const command of this.#commands.values()) command.stop();
        return;
      case "malformed":
      case "note":
        return;
      default:
        event satisfies never;
    }
  }

  #open(): void {
    this.#pool.opened(this.#around.privateData(this.#capability.protocolVersion));
  }

  #exchangeKeys(client: { readonly modulus: Uint8Array; readonly exponent: number }): void {
    // One key for the life of the pool, however often it is asked for.
    this.#sessionKey ??= this.#around.randomBytes(32);
    const key = this.#sessionKey;
    const wrapped = wrapSessionKey(key, client);
    if (wrapped === null) {
      const message = "The public key cannot be used.";
      this.#pool.broken(errorRecord({ message, errorId: "BadPublicKey", category: 25 }));
      return;
    }
    this.#cipher = sessionCipher(key);
    this.#pool.sessionKey(wrapped);
  }

  #resize(which: "min" | "max", count: number, callId: bigint): void {
    const sizes = { ...this.#sizes, [which]: count };
    const isAllowed = count >= 1 && sizes.min <= sizes.max;
    if (isAllowed) this.#sizes = sizes;
    this.#pool.availability(callId, isAllowed);
  }

  #answerMetadata(event: ServerEvent & { readonly type: "getCommandMetadata" }): void {
    const session = this.#session(this.#outlet(event.pipeline, noHost));
    for (const value of answerMetadata(event, session)) this.#pool.output(event.pipeline, value);
    this.#pool.end(event.pipeline, "completed");
  }

  async #run(pipeline: string, description: PipelineDescription): Promise<void> {
    const command = this.#commands.get(pipeline);
    if (command === undefined) return;
    if (description.noInput) command.endInput();
    if (!description.isNested) await this.#runspace();
    try {
      command.signal.throwIfAborted();
      const outlet = this.#outlet(pipeline, description.host.useRunspaceHost ? this.#host : description.host);
      const failure = await runPipeline(description, {
        commands: this.#session(outlet),
        outlet,
        input: command.input,
        cipher: this.#cipher,
        account: this.facts.owner,
        endpoint: this.#around.endpoint,
        culture: this.#culture,
        lines: this.#around.switches().lines,
        today: this.#around.today,
        onRun: this.#around.onRun,
        signal: command.signal,
      });
      if (this.#isRunning(pipeline))
        this.#pool.end(pipeline, failure === null ? "completed" : "failed", failure);
    } catch (error) {
      if (!command.signal.aborted && this.#isRunning(pipeline))
        this.#pool.end(pipeline, "failed", recordOf(error, ""));
    } finally {
      if (!description.isNested) this.#release();
      this.#look();
    }
  }

  /** Waits for a free runspace: one pipeline runs in each, others queue (protocol 6.6). */
  async #runspace(): Promise<void> {
    if (this.#busy >= this.#sizes.max) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#queue.push(resolve);
      await promise;
    }
    this.#busy++;
  }

  #release(): void {
    this.#busy--;
    this.#queue.shift()?.();
  }

  #session(outlet: PipelineOutlet): readonly StampCommand[] {
    return withDefaultCommands(this.#around.commands(), {
      hasInterface: outlet.hasInterface,
      hasScreen: outlet.hasScreen,
      width: outlet.width,
      tellHost: (method, parameters) => outlet.tellHost(method, parameters),
    });
  }

  #outlet(pipeline: string, host: HostInfo): PipelineOutlet {
    const speaking = (act: () => void): void => {
      if (!this.#isRunning(pipeline)) return;
      act();
      this.#look();
    };
    return {
      hasInterface: hasUserInterface(host),
      hasScreen: hasUserInterface(host) && !host.isRawInterfaceNull,
      width: host.width ?? null,
      output: (value) => speaking(() => this.#pool.output(pipeline, value)),
      error: (record) => speaking(() => this.#pool.error(pipeline, record)),
      say: (kind, text) => speaking(() => this.#pool.say(pipeline, kind, text)),
      // Before protocol 2.3 there is no such record (protocol 6.4).
      information: (record) => {
        if (minorOf(this.#capability) >= 3) speaking(() => this.#pool.information(pipeline, record));
      },
      progress: (record) => speaking(() => this.#pool.progress(pipeline, record)),
      tellHost: (method, parameters) =>
        speaking(() => void this.#pool.hostCall(pipeline, method, parameters)),
      askHost: (method, parameters) => {
        const command = this.#commands.get(pipeline);
        if (command === undefined || !this.#isRunning(pipeline)) return Promise.reject(new Error("stopped"));
        const asked = command.ask(this.#pool.hostCall(pipeline, method, parameters));
        this.#look();
        return asked;
      },
    };
  }
}
