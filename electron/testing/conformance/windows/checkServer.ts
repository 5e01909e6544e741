import { integerOf, itemsOf, property } from "../../../protocol/clixml/look.ts";
import { readClixml } from "../../../protocol/clixml/read.ts";
import { hostMethodNames } from "../../../protocol/psrp/hostMethods.ts";
import { messageTypes } from "../../../protocol/psrp/messageTypes.ts";
import type { ServerEvent } from "../../../protocol/psrp/serverEvents.ts";
import { ServerPool } from "../../../protocol/psrp/serverPool.ts";
import { readRequest } from "../../../protocol/wsman/readRequest.ts";
import { at, demandEqual } from "../outcome.ts";
import { canonical } from "../plain/graph.ts";
import { graphOf } from "../plain/graphOf.ts";
import { serverEventOf } from "../plain/eventKinds.ts";
import { plainClixml } from "../plain/plainClixml.ts";
import { PlainSource } from "../plain/plainMessages.ts";
import type { PlainMessage } from "../plain/plainMessages.ts";
import { endsPipeline, stateOf } from "../plain/stateOf.ts";
import { carriedBy, psrpShells } from "./recording.ts";
import type { Exchange } from "./recording.ts";
import { recordedFault, streamsOf } from "./streams.ts";

const bodyTypes: Readonly<Record<string, readonly string[]>> = {
  Create: ["create"],
  Command: ["command"],
  Receive: ["receive"],
  Send: ["send"],
  Signal: ["signal"],
  Delete: ["delete"],
  Get: ["getShell", "getConfiguration"],
  Enumerate: ["enumerateShells", "enumerateCommands"],
  Pull: ["pull"],
  Connect: ["connect"],
  Disconnect: ["disconnect"],
  Reconnect: ["reconnect"],
};

/** Use 2: our server role hears every request, and says what the recorded server said where that changes its state. */
export function checkServer(exchanges: readonly Exchange[]): number {
  const psrp = psrpShells(exchanges);
  const shells = new Map<string, ServerShell>();
  let messages = 0;
  exchanges.forEach((exchange, index) =>
    at(`request ${index + 1} (${exchange.action}) at the server role`, () => {
      checkBody(exchange);
      if (!psrp.has(exchange.shell)) return;
      if (exchange.action === "Create") shells.set(exchange.shell, new ServerShell());
      const shell = shells.get(exchange.shell);
      messages += shell?.hear(exchange) ?? 0;
      shell?.say(exchange);
    }),
  );
  return messages;
}

/** The body is what the Action says; or our role refuses the request with the fault that the recorded server had for it. */
function checkBody(exchange: Exchange): void {
  const request = readRequest(exchange.request);
  const fault = recordedFault(exchange);
  if (request.type === "refused" && fault !== null) return demandEqual("fault", request.fault.code, fault);
  const type = request.type === "request" ? request.body.type : "refused";
  const expected = bodyTypes[exchange.action] ?? ["none"];
  demandEqual("body", type, expected.includes(type) ? type : expected[0]);
}

class ServerShell {
  readonly #pool = new ServerPool();
  readonly #commands = new Map<string, string>();
  readonly #sources = new Map<string, PlainSource<null>>();
  readonly #answers = new Map<string, PlainSource<null>>();

  hear(exchange: Exchange): number {
    if (exchange.action === "Signal") this.#signal(exchange);
    let count = 0;
    for (const { command, stream, bytes } of carriedBy(exchange)) {
      if (exchange.action === "Connect") this.#pool.connect(bytes, { min: 1, max: 1 });
      const key = `${command ?? ""} ${stream}`;
      const source = this.#sources.get(key) ?? new PlainSource<null>();
      this.#sources.set(key, source);
      const messages = source.add(bytes, null).map(({ message }) => message);
      count += messages.length;
      if (exchange.action === "Connect") continue;
      const side = { pipeline: command, stream: stream === "pr" ? "pr" : "stdin" } as const;
      this.#compare(messages, this.#pool.receive(side, bytes), command);
    }
    return count;
  }

  /** Terminate frees the id; any other code that comes after the end does too. */
  #signal({ asked }: Exchange): void {
    const signalled = JSON.stringify(asked);
    for (const [pid, command] of this.#commands)
      if (signalled.includes(command) && this.#pool.pipelineState(command) !== "running") {
        this.#pool.forget(command);
        this.#commands.delete(pid);
      }
  }

  #compare(messages: readonly PlainMessage[], events: readonly ServerEvent[], command: string | null): void {
    const owed = messages.flatMap((message) => serverEventOf(message.type) ?? []);
    demandEqual(
      "events",
      events.map(({ type }) => type),
      owed,
    );
    const telling = messages.filter((message) => serverEventOf(message.type) !== null);
    events.forEach((event, index) => {
      const message = telling[index];
      if (message === undefined) return;
      if (event.type === "createPipeline" || event.type === "getCommandMetadata")
        this.#commands.set(message.pipelineId, command ?? "");
      if (event.type === "initRunspacePool") this.#pool.opened(null);
      if (event.type === "input")
        demandEqual("input", canonical(graphOf(event.value)), canonical(plainClixml(message.text)));
    });
  }

  /** Host calls, states and the session key of the recorded answer, by our role. */
  say({ answered }: Exchange): void {
    if (answered === null) return;
    for (const { command, bytes } of streamsOf(answered)) {
      const source = this.#answers.get(command ?? "") ?? new PlainSource<null>();
      this.#answers.set(command ?? "", source);
      for (const { message } of source.add(bytes, null)) this.#repeat(message);
    }
  }

  #repeat(message: PlainMessage): void {
    const pipeline = this.#commands.get(message.pipelineId) ?? null;
    if (pipeline === null || this.#pool.pipelineState(pipeline) !== "running") return;
    if (message.type === messageTypes.pipelineHostCall) {
      const call = readClixml(message.text);
      const method = integerOf(property(call, "mi")) ?? 0;
      const callId = this.#pool.hostCall(pipeline, method, itemsOf(property(call, "mp")));
      demandEqual(`call of ${hostMethodNames[method]}`, String(callId), callIdOf(message));
    }
    if (endsPipeline(message))
      this.#pool.end(
        pipeline,
        (["stopped", "completed", "failed"] as const)[(stateOf(message) ?? 4) - 3] ?? "completed",
      );
  }
}

const callIdOf = (message: PlainMessage): string =>
  /<I64 N="ci">(-?\d+)<\/I64>/i.exec(message.text)?.[1] ?? "none";
