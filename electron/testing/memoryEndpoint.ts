import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { ServerPool } from "../protocol/psrp/serverPool.ts";
import { readRequest } from "../protocol/wsman/readRequest.ts";
import type { RequestBody, RequestHeaders } from "../protocol/wsman/serverRequest.ts";
import { writeFault, writeResponse } from "../protocol/wsman/writeAnswer.ts";
import type { AnswerBody } from "../protocol/wsman/writeAnswer.ts";
import type { Clock } from "../services/ports.ts";
import { TransportError } from "../transport/winrmConnection.ts";
import type { OpenConnection, WinrmReply } from "../transport/winrmConnection.ts";
import { MemoryShell } from "./memoryShell.ts";
import type { ScriptedCommand } from "./scriptedCommand.ts";

/** What goes wrong with one request; null: nothing. */
export type Mishap = "refusedUnopened" | "lostBefore" | "lostAfter" | number;

/** An endpoint in memory: the server roles of WSMan and PSRP behind the shape of a connection. No sockets, no sign-in. */
export class MemoryEndpoint {
  readonly commands = new Map<string, ScriptedCommand>();
  /** Action names of all requests, in order, such as `Create`, `Receive`. */
  readonly requests: string[] = [];
  /** Names of the commands that ran. */
  readonly ran: string[] = [];
  readonly shells = new Map<string, MemoryShell>();
  /** Signal codes as they came. */
  readonly signals: string[] = [];
  connections = 0;
  isAnsweringAvailability = true;
  /** Whether the end of a command is told by its CommandState too, and not by its pipeline's state alone. */
  isSayingDone = true;
  /** What a Receive gets that waited when its shell was disconnected: a fault, a cut, or an answer of another kind. */
  leftReceive: number | "cut" | "odd" = 2_150_859_230;
  /** What has to happen before it gets that. */
  leftReceiveAfter: Promise<unknown> = Promise.resolve();
  /** Answers to what the pool itself asked: the call, and the id of the error that was given for a result. */
  readonly poolAnswers: (readonly [callId: bigint, errorId: string | null])[] = [];
  /** Messages of the pool in one answer; other endpoints than JEA give more than one. */
  mostOfPool = 1;
  /** What it does with a public key; `answer` gives the session key. */
  onPublicKey: (pool: ServerPool, answer: () => void) => void = (_pool, answer) => answer();
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
      exchange: (envelope, { signal, onSent }) => {
        const stopped = (): TransportError => new TransportError("cancelled", "stopped", { acted: "no" });
        const before = last;
        const turn = before.then(async () => {
          if (signal.aborted) throw stopped();
          if (!state.usable) throw new TransportError("closedBeforeAnswer", "closed", { acted: "no" });
          onSent?.();
          try {
            return await this.#answered(envelope, signal);
          } catch (error) {
            state.usable = false;
            throw error;
          }
        });
        last = turn.catch(() => undefined);
        // One that waits for its turn goes as soon as it is stopped; one that is under way hears of it by itself.
        const left = Promise.withResolvers<never>();
        const leave = (): void => left.reject(stopped());
        signal.addEventListener("abort", leave, { once: true });
        void before.then(() => signal.removeEventListener("abort", leave));
        return Promise.race([turn, left.promise]);
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
        shells: [...this.shells.values()].map((shell) => shell.describe(headers)),
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
        return shell.connect(body.commandId, body.connectXml);
      case "command":
        shell.feed(body.commandId, "stdin", body.bytes ?? new Uint8Array());
        return { type: "commandStarted", commandId: body.commandId ?? "" };
      case "receive":
        return await this.#receive(shell, { shellId, ...headers, commandId: body.commandId }, signal);
      case "send":
        for (const { name, commandId, bytes } of body.streams)
          shell.feed(commandId, name === "pr" ? "pr" : "stdin", bytes);
        return { type: "sent" };
      case "signal":
        this.signals.push(body.code);
        shell.signal(body.commandId ?? "", body.code);
        return { type: "signalled" };
      case "getShell":
        return { type: "shell", shell: shell.describe(headers) };
      case "reconnect":
        shell.state = "Connected";
        return { type: "empty" };
      case "delete":
        shell.stopAll();
        this.shells.delete(shellId);
        this.wake();
        return { type: "empty" };
      default:
        return 2_150_858_753;
    }
  }

  #create(headers: RequestHeaders, shellId: string, creationXml: Uint8Array): AnswerBody | number {
    if (this.shells.has(shellId)) return 183;
    const shell = new MemoryShell(shellId, this);
    this.shells.set(shellId, shell);
    shell.feed(null, "stdin", creationXml);
    return { type: "created", address: headers.to, shell: shell.describe(headers) };
  }

  async #receive(
    shell: MemoryShell,
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
      if (shell.pool.hasWaiting(commandId) || shell.isDone(commandId)) return shell.take(commandId);
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
}
