import { commonCapability, ourCapability } from "../../protocol/psrp/capability.ts";
import { errorRecord } from "../../protocol/psrp/errorRecord.ts";
import type { HostInfo } from "../../protocol/psrp/hostInfo.ts";
import type { PipelineDescription } from "../../protocol/psrp/pipelineDescription.ts";
import type { ServerEvent } from "../../protocol/psrp/serverEvents.ts";
import { ServerPool } from "../../protocol/psrp/serverPool.ts";
import type { SessionCipher } from "../../protocol/psrp/sessionKey.ts";
import type { StampCommand } from "../stampCommand.ts";
import { answerMetadata } from "./commandMetadata.ts";
import type { PipelineOutlet } from "./commandVoice.ts";
import { withDefaultCommands } from "./defaultCommands/withDefaultCommands.ts";
import { pipelineStopped, recordOf } from "./pipelineErrors.ts";
import { pipelineOutlet } from "./pipelineOutlet.ts";
import { runPipeline } from "./runPipeline.ts";
import { RunspaceQueue } from "./runspaceQueue.ts";
import { sessionCipher, wrapSessionKey } from "./sessionCipher.ts";
import type { ShellCommands } from "./shellCommands.ts";
import type { ShellSurroundings } from "./shellSurroundings.ts";

const noHost: HostInfo = {
  isHostNull: true,
  isUserInterfaceNull: true,
  isRawInterfaceNull: true,
  useRunspaceHost: false,
};

type ShellPoolParts = {
  readonly around: ShellSurroundings;
  readonly owner: string;
  readonly commands: ShellCommands;
  /** Told whenever there is something to send. */
  readonly look: () => void;
};

/** The RunspacePool in a shell ([MS-PSRP] 3.2): what its client's messages set going, and what is said to them. */
export class ShellPool {
  readonly messages = new ServerPool();
  readonly #around: ShellSurroundings;
  readonly #owner: string;
  readonly #commands: ShellCommands;
  readonly #look: () => void;
  readonly #runspaces = new RunspaceQueue();
  #host = noHost;
  #capability = ourCapability;
  #cipher: SessionCipher | null = null;
  #sessionKey: Uint8Array | null = null;
  /** Of the Command that came last. */
  culture = "en-US";

  constructor({ around, owner, commands, look }: ShellPoolParts) {
    this.#around = around;
    this.#owner = owner;
    this.#commands = commands;
    this.#look = look;
  }

  feed(pipeline: string | null, stream: "stdin" | "pr", bytes: Uint8Array): void {
    const events = this.messages.receive({ pipeline, stream }, bytes);
    // What came before the break in the same bytes can no longer be answered.
    const broken = events.filter((event) => event.type === "broken");
    for (const event of broken.length > 0 ? broken : events) this.#on(event);
    this.#look();
  }

  /** A second client joins; gives connectResponseXml. Throws PsrpError. */
  connect(connectXml: Uint8Array): Uint8Array {
    return this.messages.connect(connectXml, this.#runspaces.sizes);
  }

  opened(): void {
    this.messages.opened(this.#around.privateData(this.#capability.protocolVersion));
  }

  hasEnded(commandId: string): boolean {
    const state = this.messages.pipelineState(commandId);
    return state !== null && state !== "running";
  }

  /** The state message waits before the SignalResponse goes out ([MS-PSRP] 3.2.5.3.9). */
  stop(commandId: string): void {
    this.#commands.get(commandId)?.stop();
    if (this.#isRunning(commandId)) this.messages.end(commandId, "stopped", pipelineStopped());
    this.#look();
  }

  #isRunning(commandId: string): boolean {
    return this.messages.state === "opened" && this.messages.pipelineState(commandId) === "running";
  }

  #on(event: ServerEvent): void {
    switch (event.type) {
      case "initRunspacePool":
        this.#host = event.host;
        this.#runspaces.begin({ min: event.minRunspaces, max: event.maxRunspaces });
        this.#capability = commonCapability(event.capability);
        return this.opened();
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
        return this.messages.availability(event.callId, this.#runspaces.resize("max", event.count));
      case "setMinRunspaces":
        return this.messages.availability(event.callId, this.#runspaces.resize("min", event.count));
      case "getAvailableRunspaces":
        return this.messages.availability(event.callId, this.#runspaces.free);
      case "resetRunspaceState":
        // With several runspaces there is no single state to reset ([R7], conformance 12b).
        return this.messages.availability(event.callId, this.#runspaces.sizes.max === 1);
      case "broken":
        return this.#commands.stopAll();
      case "malformed":
      case "note":
        return;
      default:
        event satisfies never;
    }
  }

  #exchangeKeys(client: { readonly modulus: Uint8Array; readonly exponent: number }): void {
    // One key for the life of the pool, however often it is asked for.
    this.#sessionKey ??= this.#around.randomBytes(32);
    const key = this.#sessionKey;
    const wrapped = wrapSessionKey(key, client);
    if (wrapped === null) {
      const message = "The public key cannot be used.";
      this.messages.broken(errorRecord({ message, errorId: "BadPublicKey", category: 25 }));
      return;
    }
    this.#cipher = sessionCipher(key);
    this.messages.sessionKey(wrapped);
  }

  #answerMetadata(event: ServerEvent & { readonly type: "getCommandMetadata" }): void {
    const session = this.#session(this.#outlet(event.pipeline, noHost));
    for (const value of answerMetadata(event, session)) this.messages.output(event.pipeline, value);
    this.messages.end(event.pipeline, "completed");
  }

  async #run(pipeline: string, description: PipelineDescription): Promise<void> {
    const command = this.#commands.get(pipeline);
    if (command === undefined) return;
    if (description.noInput) command.endInput();
    if (!description.isNested) await this.#runspaces.enter();
    try {
      command.signal.throwIfAborted();
      const outlet = this.#outlet(pipeline, description.host.useRunspaceHost ? this.#host : description.host);
      const failure = await runPipeline(description, {
        commands: this.#session(outlet),
        outlet,
        input: command.input,
        cipher: this.#cipher,
        account: this.#owner,
        endpoint: this.#around.endpoint,
        culture: this.culture,
        lines: this.#around.switches().lines,
        today: this.#around.today,
        onRun: this.#around.onRun,
        signal: command.signal,
      });
      if (this.#isRunning(pipeline))
        this.messages.end(pipeline, failure === null ? "completed" : "failed", failure);
    } catch (error) {
      if (!command.signal.aborted && this.#isRunning(pipeline))
        this.messages.end(pipeline, "failed", recordOf(error, ""));
    } finally {
      if (!description.isNested) this.#runspaces.leave();
      this.#look();
    }
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
    return pipelineOutlet(pipeline, {
      pool: this.messages,
      host,
      capability: () => this.#capability,
      command: () => this.#commands.get(pipeline),
      isRunning: () => this.#isRunning(pipeline),
      look: this.#look,
    });
  }
}
