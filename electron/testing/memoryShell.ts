import { wrapSessionKey } from "../drill/winrm/sessionCipher.ts";
import { errorRecord } from "../protocol/psrp/errorRecord.ts";
import type { ErrorRecord } from "../protocol/psrp/errorRecord.ts";
import type { ClixmlValue } from "../protocol/clixml/value.ts";
import type { PipelineDescription } from "../protocol/psrp/pipelineDescription.ts";
import type { ServerEvent } from "../protocol/psrp/serverEvents.ts";
import { ServerPool } from "../protocol/psrp/serverPool.ts";
import type { RequestHeaders } from "../protocol/wsman/serverRequest.ts";
import type { AnswerBody, ServedShell } from "../protocol/wsman/writeAnswer.ts";
import type { ScriptedCommand } from "./scriptedCommand.ts";

type Running = {
  readonly stop: AbortController;
  readonly answers: Map<bigint, (value: ClixmlValue) => void>;
  closed: boolean;
};

/** What a shell knows of its endpoint, and tells it. */
type Home = {
  readonly commands: ReadonlyMap<string, ScriptedCommand>;
  readonly ran: string[];
  readonly poolAnswers: (readonly [callId: bigint, errorId: string | null])[];
  readonly isAnsweringAvailability: boolean;
  readonly isSayingDone: boolean;
  readonly mostOfPool: number;
  readonly onPublicKey: (pool: ServerPool, answer: () => void) => void;
  wake(): void;
};

/** One shell of a MemoryEndpoint: its pool and the scripted commands that run in it. */
export class MemoryShell {
  readonly pool = new ServerPool();
  readonly running = new Map<string, Running>();
  state: ServedShell["state"] = "Connected";
  readonly #shellId: string;
  readonly #home: Home;

  constructor(shellId: string, home: Home) {
    this.#shellId = shellId;
    this.#home = home;
  }

  describe(headers: RequestHeaders): ServedShell {
    return {
      shellId: this.#shellId,
      name: null,
      resourceUri: headers.resourceUri,
      owner: "AZS\\cloudadmin",
      clientIp: "127.0.0.1",
      processId: 1,
      idleTimeoutMs: 7_200_000,
      state: this.state,
      runTimeMs: 0,
      inactivityMs: 0,
    };
  }

  feed(pipeline: string | null, stream: "stdin" | "pr", bytes: Uint8Array): void {
    this.#hear(this.pool.receive({ pipeline, stream }, bytes));
  }

  connect(commandId: string | null, connectXml: Uint8Array | null): AnswerBody | number {
    if (commandId !== null) return this.running.has(commandId) ? { type: "commandConnected" } : 2_150_858_843;
    const connectResponseXml = this.pool.connect(connectXml ?? new Uint8Array(), { min: 1, max: 1 });
    this.state = "Connected";
    this.pool.opened(null);
    return { type: "connected", connectResponseXml };
  }

  /** As the recorded JEA endpoint: one message an answer for the pool, up to 42 for a command. */
  take(commandId: string | null): AnswerBody {
    const fragments: Uint8Array[] = [];
    const most = commandId === null ? this.#home.mostOfPool : 42;
    for (let part = this.pool.take(commandId); part !== null; ) {
      fragments.push(part);
      part = fragments.length < most ? this.pool.take(commandId) : null;
    }
    const asking = commandId !== null && this.pool.isAsking(commandId);
    const over = this.isDone(commandId);
    if (over && commandId !== null) this.running.delete(commandId);
    return { type: "received", commandId, fragments, state: over ? "done" : asking ? "pending" : null };
  }

  /** All of a command went out but that it is done, which may be said. */
  isDone(commandId: string | null): boolean {
    if (commandId === null || !this.#home.isSayingDone || this.pool.hasWaiting(commandId)) return false;
    const state = this.pool.pipelineState(commandId);
    return state !== null && state !== "running";
  }

  signal(commandId: string, code: string): void {
    const running = this.running.get(commandId);
    if (running === undefined) return;
    // Any other code closes the command ([MS-PSRP] 3.1.5.3.9).
    if (code !== "powershell/signal/crtl_c") running.closed = true;
    running.stop.abort();
    this.#home.wake();
  }

  stopAll(): void {
    for (const { stop } of this.running.values()) stop.abort();
  }

  #hear(events: readonly ServerEvent[]): void {
    for (const event of events) {
      if (event.type === "initRunspacePool") this.pool.opened(null);
      if (event.type === "getAvailableRunspaces" && this.#home.isAnsweringAvailability)
        this.pool.availability(event.callId, 1);
      if (event.type === "publicKey") {
        const wrapped = wrapSessionKey(new Uint8Array(32).fill(7), event) ?? new Uint8Array();
        this.#home.onPublicKey(this.pool, () => this.pool.sessionKey(wrapped));
      }
      if (event.type === "createPipeline") void this.#run(event.pipeline, event.description);
      if (event.type === "hostResponse" && event.pipeline === null)
        this.#home.poolAnswers.push([event.callId, event.error?.errorId ?? null]);
      if (event.type === "hostResponse" && event.pipeline !== null)
        this.running.get(event.pipeline)?.answers.get(event.callId)?.(
          event.error === null ? event.result : "an error",
        );
    }
    this.#home.wake();
  }

  async #run(pipeline: string, description: PipelineDescription): Promise<void> {
    const running: Running = { stop: new AbortController(), answers: new Map(), closed: false };
    this.running.set(pipeline, running);
    const command = description.statements[0]?.[0];
    const name = command?.text ?? "";
    const parameters = new Map(command?.arguments.map((argument) => [argument.name ?? "", argument.value]));
    this.#home.ran.push(name);
    const { signal } = running.stop;
    const call = (method: number, values: readonly ClixmlValue[]): Promise<ClixmlValue> => {
      const answered = Promise.withResolvers<ClixmlValue>();
      running.answers.set(this.pool.hostCall(pipeline, method, values), answered.resolve);
      signal.addEventListener("abort", () => answered.reject(signal.reason), { once: true });
      this.#home.wake();
      return answered.promise;
    };
    try {
      const scripted = this.#home.commands.get(name);
      if (scripted === undefined)
        throw errorRecord({
          message: `The term '${name}' is not recognized`,
          errorId: "CommandNotFoundException",
          category: 13,
        });
      const output = await scripted({ pool: this.pool, pipeline, parameters, call, signal });
      for (const value of output) this.pool.output(pipeline, value);
      this.pool.end(pipeline, "completed");
    } catch (error) {
      const stopped = errorRecord({
        message: "The pipeline has been stopped.",
        errorId: "PipelineStopped",
        category: 14,
      });
      if (signal.aborted) this.pool.end(pipeline, "stopped", stopped);
      else this.pool.end(pipeline, "failed", error as ErrorRecord);
    }
    this.#home.wake();
  }
}
