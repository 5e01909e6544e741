import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { ClixmlValue } from "../protocol/clixml/value.ts";
import { errorRecord } from "../protocol/psrp/errorRecord.ts";
import type { ErrorRecord } from "../protocol/psrp/errorRecord.ts";
import type { PipelineDescription } from "../protocol/psrp/pipelineDescription.ts";
import type { ServerEvent } from "../protocol/psrp/serverEvents.ts";
import { ServerPool } from "../protocol/psrp/serverPool.ts";
import { readRequest } from "../protocol/wsman/readRequest.ts";
import type { RequestBody, RequestHeaders } from "../protocol/wsman/serverRequest.ts";
import { writeFault, writeResponse } from "../protocol/wsman/writeAnswer.ts";
import type { AnswerBody, ServedShell } from "../protocol/wsman/writeAnswer.ts";
import type { Clock } from "../services/ports.ts";
import { TransportError } from "../transport/winrmConnection.ts";
import type { OpenConnection, WinrmReply } from "../transport/winrmConnection.ts";

/** What a scripted command may do. */
export type Voice = {
  readonly pool: ServerPool;
  readonly pipeline: string;
  readonly parameters: ReadonlyMap<string, ClixmlValue>;
  /** Resolves with what the client answered to a host call. */
  call(method: number, parameters: readonly ClixmlValue[]): Promise<ClixmlValue>;
  /** Aborted when the pipeline is stopped. */
  readonly signal: AbortSignal;
};

/** Gives the output; an ErrorRecord thrown ends the pipeline as failed. */
export type ScriptedCommand = (voice: Voice) => Promise<readonly ClixmlValue[]> | readonly ClixmlValue[];

/** What goes wrong with one request; null: nothing. */
export type Mishap = "refusedUnopened" | "lostBefore" | "lostAfter" | number;

type Running = {
  readonly stop: AbortController;
  readonly answers: Map<bigint, (value: ClixmlValue) => void>;
  closed: boolean;
};

type Shell = {
  readonly pool: ServerPool;
  readonly running: Map<string, Running>;
  state: ServedShell["state"];
};

/** An endpoint in memory: the server roles of WSMan and PSRP behind the shape of a connection. No sockets, no sign-in. */
export class MemoryEndpoint {
  readonly commands = new Map<string, ScriptedCommand>();
  /** Action names of all requests, in order, such as `Create`, `Receive`. */
  readonly requests: string[] = [];
  /** Names of the commands that ran. */
  readonly ran: string[] = [];
  readonly shells = new Map<string, Shell>();
  /** Signal codes as they came. */
  readonly signals: string[] = [];
  connections = 0;
  isAnsweringAvailability = true;
  /** What a Receive gets that waited when its shell was disconnected: a fault, a cut, or an answer of another kind. */
  leftReceive: number | "cut" | "odd" = 2_150_859_230;
  /** What has to happen before it gets that. */
  leftReceiveAfter: Promise<unknown> = Promise.resolve();
  /** Answers to what the pool itself asked: the call, and the id of the error that was given for a result. */
  readonly poolAnswers: (readonly [callId: bigint, errorId: string | null])[] = [];
  mishap: (action: string, count: number) => Mishap | null = () => null;
  /** Ends the Receives that wait, as an OperationTimeout does. */
  silence: () => void = () => undefined;
  #changed = Promise.withResolvers<void>();
  readonly #clock: Clock | null;

  /** By the clock Receives end when their OperationTimeout is over; without one only `silence` ends them. */
  constructor(clock: Clock | null = null) {
    this.#clock = clock;
  }

  readonly connect: OpenConnection = async (_address, _credential, options) => {
    options.signal.throwIfAborted();
    this.connections += 1;
    const state = { usable: true };
    let last: Promise<unknown> = Promise.resolve();
    return {
      security: { scheme: "Negotiate", sealed: true, channelBinding: false, certificate: null },
      get usable() {
        return state.usable;
      },
      lastUsed: 0,
      exchange: (envelope, { signal }) => {
        const turn = last.then(async () => {
          if (!state.usable) throw new TransportError("closedBeforeAnswer", "closed", { acted: "no" });
          try {
            return await this.#answered(envelope, signal);
          } catch (error) {
            state.usable = false;
            throw error;
          }
        });
        last = turn.catch(() => undefined);
        return turn;
      },
      close: () => {
        state.usable = false;
      },
    };
  };

  /** All that waits looks again. */
  wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }

  async #answered(envelope: string, signal: AbortSignal): Promise<WinrmReply> {
    const request = readRequest(envelope);
    if (request.type === "refused") throw new Error(`the client sent what is refused: ${request.fault.text}`);
    const { headers, body } = request;
    const action = headers.action.split("/").at(-1) ?? "";
    this.requests.push(action);
    const mishap = this.mishap(action, this.requests.filter((name) => name === action).length);
    if (mishap === "refusedUnopened") throw new TransportError("staleContext", "stale", { acted: "no" });
    if (mishap === "lostBefore") throw new TransportError("closedBeforeAnswer", "cut", { acted: "maybe" });
    const answer = typeof mishap === "number" ? mishap : await this.#act(headers, body, signal);
    if (mishap === "lostAfter") throw new TransportError("cutInAnswer", "cut", { acted: "maybe" });
    if (typeof answer === "number") {
      const fault = {
        code: answer,
        role: "Receiver",
        subcode: "w:InternalError",
        text: "words of the endpoint",
        provider: null,
        faultDetail: "",
      };
      return { status: 500, envelope: writeFault(headers, fault, randomUUID) };
    }
    return { status: 200, envelope: writeResponse(headers, answer, randomUUID) };
  }

  async #act(headers: RequestHeaders, body: RequestBody, signal: AbortSignal): Promise<AnswerBody | number> {
    if (body.type === "create")
      return this.#create(headers, body.shellId ?? "", body.creationXml ?? new Uint8Array());
    if (body.type === "enumerateShells")
      return {
        type: "shells",
        shells: [...this.shells].map(([id, { state }]) => served(id, headers, state)),
      };
    if (body.type === "enumerateCommands") {
      const there = this.shells.get(body.shellId ?? "");
      return { type: "commands", commandIds: [...(there?.running.keys() ?? [])] };
    }
    const shellId = headers.selectors.get("ShellId") ?? "";
    const shell = this.shells.get(shellId);
    if (shell === undefined) return 2_150_858_843;
    const needsConnected = ["command", "receive", "send"].includes(body.type);
    if (needsConnected && shell.state === "Disconnected") return 2_150_859_230;
    switch (body.type) {
      case "disconnect":
        shell.state = "Disconnected";
        this.wake();
        // A server may tell the Receive that waits before it answers this.
        await setImmediate();
        return { type: "empty" };
      case "connect":
        return this.#connect(shell, body.commandId, body.connectXml);
      case "command":
        this.#hear(
          shell,
          shell.pool.receive({ pipeline: body.commandId, stream: "stdin" }, body.bytes ?? new Uint8Array()),
        );
        return { type: "commandStarted", commandId: body.commandId ?? "" };
      case "receive":
        return await this.#receive(shell, { shellId, ...headers, commandId: body.commandId }, signal);
      case "send":
        for (const { name, commandId, bytes } of body.streams)
          this.#hear(
            shell,
            shell.pool.receive({ pipeline: commandId, stream: name === "pr" ? "pr" : "stdin" }, bytes),
          );
        return { type: "sent" };
      case "signal":
        this.#signal(shell, body.commandId ?? "", body.code);
        return { type: "signalled" };
      case "getShell":
        return { type: "shell", shell: served(shellId, headers, shell.state) };
      case "reconnect":
        shell.state = "Connected";
        return { type: "empty" };
      case "delete":
        for (const { stop } of shell.running.values()) stop.abort();
        this.shells.delete(shellId);
        this.wake();
        return { type: "empty" };
      default:
        return 2_150_858_753;
    }
  }

  #connect(shell: Shell, commandId: string | null, connectXml: Uint8Array | null): AnswerBody | number {
    if (commandId !== null)
      return shell.running.has(commandId) ? { type: "commandConnected" } : 2_150_858_843;
    const connectResponseXml = shell.pool.connect(connectXml ?? new Uint8Array(), { min: 1, max: 1 });
    shell.state = "Connected";
    shell.pool.opened(null);
    return { type: "connected", connectResponseXml };
  }

  #create(headers: RequestHeaders, shellId: string, creationXml: Uint8Array): AnswerBody | number {
    if (this.shells.has(shellId)) return 183;
    const shell: Shell = { pool: new ServerPool(), running: new Map(), state: "Connected" };
    this.shells.set(shellId, shell);
    this.#hear(shell, shell.pool.receive({ pipeline: null, stream: "stdin" }, creationXml));
    return { type: "created", address: headers.to, shell: served(shellId, headers, "Connected") };
  }

  /** As the recorded JEA endpoint: one message an answer for the pool, up to 42 for a command. */
  async #receive(
    shell: Shell,
    asked: Pick<RequestHeaders, "operationTimeoutMs"> & {
      readonly shellId: string;
      readonly commandId: string | null;
    },
    signal: AbortSignal,
  ): Promise<AnswerBody | number> {
    const { shellId, commandId } = asked;
    const silence = Promise.withResolvers<"silence">();
    this.silence = () => silence.resolve("silence");
    using _answered = this.#timeout(asked.operationTimeoutMs, this.silence);
    const aborted = Promise.withResolvers<"aborted">();
    signal.addEventListener("abort", () => aborted.resolve("aborted"), { once: true });
    for (;;) {
      if (signal.aborted) throw new TransportError("cancelled", "given up", { acted: "maybe" });
      if (!this.shells.has(shellId)) return 995;
      if (shell.state === "Disconnected") return await this.#left();
      if (commandId !== null && shell.running.get(commandId)?.closed !== false) return 2_150_858_843;
      if (shell.pool.hasWaiting(commandId)) return this.#fragments(shell, commandId);
      const event = await Promise.race([this.#changed.promise, silence.promise, aborted.promise]);
      if (event === "silence") return 2_150_858_793;
    }
  }

  async #left(): Promise<AnswerBody | number> {
    const { leftReceive } = this;
    await this.leftReceiveAfter;
    if (leftReceive === "cut") throw new TransportError("cutInAnswer", "cut", { acted: "maybe" });
    return leftReceive === "odd" ? { type: "sent" } : leftReceive;
  }

  #timeout(milliseconds: number | null, act: () => void): Disposable {
    const answered = new AbortController();
    this.#clock?.sleep(milliseconds ?? 60_000, answered.signal).then(act, () => undefined);
    return { [Symbol.dispose]: () => answered.abort() };
  }

  #fragments(shell: Shell, commandId: string | null): AnswerBody {
    const fragments: Uint8Array[] = [];
    const most = commandId === null ? 1 : 42;
    for (let part = shell.pool.take(commandId); part !== null; ) {
      fragments.push(part);
      part = fragments.length < most ? shell.pool.take(commandId) : null;
    }
    const state = commandId === null ? null : shell.pool.pipelineState(commandId);
    const asking = commandId !== null && shell.pool.isAsking(commandId);
    const over = state !== null && state !== "running" && !shell.pool.hasWaiting(commandId);
    if (over && commandId !== null) shell.running.delete(commandId);
    return { type: "received", commandId, fragments, state: over ? "done" : asking ? "pending" : null };
  }

  #hear(shell: Shell, events: readonly ServerEvent[]): void {
    for (const event of events) {
      if (event.type === "initRunspacePool") shell.pool.opened(null);
      if (event.type === "getAvailableRunspaces" && this.isAnsweringAvailability)
        shell.pool.availability(event.callId, 1);
      if (event.type === "createPipeline") void this.#run(shell, event.pipeline, event.description);
      if (event.type === "hostResponse" && event.pipeline === null)
        this.poolAnswers.push([event.callId, event.error?.errorId ?? null]);
      if (event.type === "hostResponse" && event.pipeline !== null)
        shell.running.get(event.pipeline)?.answers.get(event.callId)?.(
          event.error === null ? event.result : "an error",
        );
    }
    this.wake();
  }

  async #run(shell: Shell, pipeline: string, description: PipelineDescription): Promise<void> {
    const running: Running = { stop: new AbortController(), answers: new Map(), closed: false };
    shell.running.set(pipeline, running);
    const command = description.statements[0]?.[0];
    const name = command?.text ?? "";
    const parameters = new Map(command?.arguments.map((argument) => [argument.name ?? "", argument.value]));
    this.ran.push(name);
    const { signal } = running.stop;
    const call = (method: number, values: readonly ClixmlValue[]): Promise<ClixmlValue> => {
      const answered = Promise.withResolvers<ClixmlValue>();
      running.answers.set(shell.pool.hostCall(pipeline, method, values), answered.resolve);
      signal.addEventListener("abort", () => answered.reject(signal.reason), { once: true });
      this.wake();
      return answered.promise;
    };
    try {
      const scripted = this.commands.get(name);
      if (scripted === undefined)
        throw errorRecord({
          message: `The term '${name}' is not recognized`,
          errorId: "CommandNotFoundException",
          category: 13,
        });
      const output = await scripted({ pool: shell.pool, pipeline, parameters, call, signal });
      for (const value of output) shell.pool.output(pipeline, value);
      shell.pool.end(pipeline, "completed");
    } catch (error) {
      const stopped = errorRecord({
        message: "The pipeline has been stopped.",
        errorId: "PipelineStopped",
        category: 14,
      });
      if (signal.aborted) shell.pool.end(pipeline, "stopped", stopped);
      else shell.pool.end(pipeline, "failed", error as ErrorRecord);
    }
    this.wake();
  }

  #signal(shell: Shell, commandId: string, code: string): void {
    this.signals.push(code);
    const running = shell.running.get(commandId);
    if (running === undefined) return;
    // Any other code closes the command ([MS-PSRP] 3.1.5.3.9).
    if (code !== "powershell/signal/crtl_c") running.closed = true;
    running.stop.abort();
    this.wake();
  }
}

const served = (shellId: string, headers: RequestHeaders, state: ServedShell["state"]): ServedShell => ({
  shellId,
  name: null,
  resourceUri: headers.resourceUri,
  owner: "AZS\\cloudadmin",
  clientIp: "127.0.0.1",
  processId: 1,
  idleTimeoutMs: 7_200_000,
  state,
  runTimeMs: 0,
  inactivityMs: 0,
});
