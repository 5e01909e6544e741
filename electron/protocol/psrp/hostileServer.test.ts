import { describe, expect, test } from "vitest";
import { scalar } from "../clixml/build.ts";
import type { ClixmlValue } from "../clixml/value.ts";
import { writeClixml } from "../clixml/write.ts";
import type { ClientEvent } from "./clientEvents.ts";
import { ClientPool } from "./clientPool.ts";
import { writeFragment } from "./fragments.ts";
import { writeHostCall } from "./hostCalls.ts";
import { hostMethods } from "./hostMethods.ts";
import { idOf, noId } from "./ids.ts";
import { toClient, toServer, writeMessage } from "./messages.ts";
import { messageTypes } from "./messageTypes.ts";
import { members } from "./objects.ts";
import { PsrpStateError } from "./psrpError.ts";
import { ServerPool } from "./serverPool.ts";

/* What a server may not say: it is noted and passed over, or breaks its source by name, and nothing else. */

const poolId = "00112233-4455-6677-8899-AABBCCDDEEFF";
const pipeline = "11111111-2222-3333-4444-555555555555";
const other = "99999999-8888-7777-6666-555555555555";

type Said = {
  readonly type: number;
  readonly content?: ClixmlValue;
  readonly text?: string;
  readonly destination?: number;
  readonly pool?: Uint8Array;
  readonly of?: Uint8Array;
};

/** A client with a command that runs, and a server that says what it likes. */
class Attacked {
  readonly client = new ClientPool(poolId);
  #object = 100n;

  constructor() {
    const server = new ServerPool();
    this.client.open();
    const open = this.client.take(null, 65_536);
    server.receive({ pipeline: null, stream: "stdin" }, open?.bytes ?? new Uint8Array());
    server.opened(null);
    for (let part = server.take(null); part !== null; part = server.take(null))
      this.client.receive(null, part);
    this.client.createPipeline(pipeline, [{ name: "Enable-RemoteSupport", parameters: [] }]);
    this.client.take(pipeline, 65_536);
  }

  hear(source: string | null, said: Said): readonly ClientEvent[] {
    const of = said.of ?? (source === null ? noId : idOf(source));
    const { type, destination = toClient, pool = idOf(poolId) } = said;
    const text = said.text ?? writeClixml(said.content ?? null);
    const data = writeMessage({ destination, type, poolId: pool, pipelineId: of, text }, { mark: true });
    this.#object += 1n;
    return this.client.receive(
      source,
      writeFragment({ objectId: this.#object, fragmentId: 0n, start: true, end: true, data }),
    );
  }

  get states(): readonly unknown[] {
    return [this.client.state, this.client.pipelineState(pipeline)];
  }
}

const output = (text: string): Said => ({ type: messageTypes.pipelineOutput, content: text });
const state = (number: number): Said => ({
  type: messageTypes.pipelineState,
  content: members({ PipelineState: number }),
});
const poolState = (number: number): Said => ({
  type: messageTypes.runspacePoolState,
  content: members({ RunspaceState: number }),
});

describe("is noted and changes nothing", () => {
  const clientOnly = [
    "initRunspacePool",
    "publicKey",
    "connectRunspacePool",
    "setMaxRunspaces",
    "setMinRunspaces",
    "getAvailableRunspaces",
    "resetRunspaceState",
    "runspacePoolHostResponse",
  ] as const;
  const pipelineOnly = [
    "createPipeline",
    "getCommandMetadata",
    "pipelineInput",
    "endOfPipelineInput",
    "pipelineHostResponse",
  ] as const;

  test.each<[string, string | null, Said]>([
    ...clientOnly.map((name) => [name, null, { type: messageTypes[name] }] as [string, null, Said]),
    ...pipelineOnly.map((name) => [name, pipeline, { type: messageTypes[name] }] as [string, string, Said]),
    ["a pool's message to a pipeline", pipeline, poolState(5)],
    ["a pipeline's message to the pool", null, state(4)],
    ["a type that nobody knows", pipeline, { type: 0x0009_9999 }],
    ["a message to a server", pipeline, { ...output("x"), destination: toServer }],
    ["a message to nobody", pipeline, { ...output("x"), destination: 9 }],
    ["a message of another pool", pipeline, { ...output("x"), pool: idOf(other) }],
    ["a message of another pipeline", pipeline, { ...output("x"), of: idOf(other) }],
    ["a pipeline state that is none", pipeline, state(99)],
    ["a pipeline that has not started", pipeline, state(0)],
    ["a pool state that is none", null, poolState(99)],
    ["a pool that opens again", null, poolState(1)],
  ])("%s", (_, source, said) => {
    const on = new Attacked();
    const before = on.states;
    expect(on.hear(source, said)).toMatchObject([{ type: "note" }]);
    expect(on.states).toEqual(before);
    expect(on.hear(pipeline, output("goes on"))).toMatchObject([{ type: "output", value: "goes on" }]);
  });

  test("a command that we did not send", () => {
    const on = new Attacked();
    expect(on.hear(other, output("x"))).toMatchObject([{ type: "note" }]);
  });

  test.each([3, 4, 5])("whatever comes after the end of a pipeline (state %i)", (end) => {
    const on = new Attacked();
    on.hear(pipeline, state(end));
    const before = on.states;
    for (const said of [output("late"), state(1), state(4), state(5), state(3), call(1n, 26)])
      expect(on.hear(pipeline, said)).toMatchObject([{ type: "note" }]);
    expect(on.states).toEqual(before);
  });

  test.each([3, 5])(
    "whatever comes after the end of the pool (state %i): it is never opened again",
    (end) => {
      const on = new Attacked();
      on.hear(null, poolState(end));
      const before = on.states;
      expect(before).toEqual([end === 3 ? "closed" : "broken", "broken"]);
      for (const said of [poolState(2), poolState(5), { type: messageTypes.sessionCapability }])
        expect(on.hear(null, said)).toMatchObject([{ type: "note" }]);
      expect(on.hear(pipeline, output("late"))).toMatchObject([{ type: "note" }]);
      expect(on.states).toEqual(before);
    },
  );
});

const call = (callId: bigint, method: number): Said => ({
  type: messageTypes.pipelineHostCall,
  content: writeHostCall({ callId, method, parameters: [] }),
});

describe("breaks its source by name, and no other", () => {
  const text = (type: number, content: string): Said => ({ type, text: content });
  const bomb = `<!DOCTYPE a [<!ENTITY b "c">]><S>&b;</S>`;

  test.each<[string, string | null, Said]>([
    ["output that is no CLIXML", pipeline, text(messageTypes.pipelineOutput, "<S>")],
    ["output with a DTD", pipeline, text(messageTypes.pipelineOutput, bomb)],
    ["output nested too deeply", pipeline, text(messageTypes.pipelineOutput, "<Obj>".repeat(500))],
    ["output with a reference to nothing", pipeline, text(messageTypes.pipelineOutput, '<Ref RefId="9"/>')],
    ["two objects in one message", pipeline, text(messageTypes.pipelineOutput, "<S/><S/>")],
    ["a host call without a number", pipeline, { type: messageTypes.pipelineHostCall, content: members({}) }],
    ["a key that is none", null, { type: messageTypes.encryptedSessionKey, content: "no" }],
    [
      "another major version in mid-life",
      null,
      {
        type: messageTypes.sessionCapability,
        content: members({
          protocolversion: scalar("Version", "9.0"),
          PSVersion: scalar("Version", "2.0"),
          SerializationVersion: scalar("Version", "1.1.0.1"),
        }),
      },
    ],
  ])("%s", (_, source, said) => {
    const on = new Attacked();
    const events = on.hear(source, said);
    expect(events).toMatchObject([{ type: "broken", pipeline: source }]);
    const [broken] = events;
    // The error names the message and never what stood in it.
    expect(broken?.type === "broken" && broken.error.message).not.toMatch(/DOCTYPE|RefId/);
    expect(on.states).toEqual(source === null ? ["broken", "broken"] : ["opened", "broken"]);
  });
});

describe("host calls", () => {
  test("are answered once each, by their number and method, and never when none was made", () => {
    const on = new Attacked();
    const answer = (callId: bigint, method: number) => (): void =>
      on.client.answerHostCall(pipeline, { callId, method, result: 0, error: null });
    expect(answer(1n, hostMethods.promptForChoice)).toThrow(PsrpStateError);
    on.hear(pipeline, call(1n, hostMethods.promptForChoice));
    // The same number again is the same call: one answer is all that it gets.
    on.hear(pipeline, call(1n, hostMethods.promptForChoice));
    expect(answer(1n, hostMethods.prompt)).toThrow(PsrpStateError);
    expect(answer(2n, hostMethods.promptForChoice)).toThrow(PsrpStateError);
    answer(1n, hostMethods.promptForChoice)();
    expect(answer(1n, hostMethods.promptForChoice)).toThrow(PsrpStateError);
  });

  test("of numbers and methods that nobody knows are told as they are", () => {
    const on = new Attacked();
    for (const [callId, method] of [
      [-1n, 26],
      [9_223_372_036_854_775_807n, 9_999],
      [0n, -5],
    ] as const)
      expect(on.hear(pipeline, call(callId, method))).toMatchObject([
        { type: "hostCall", call: { callId, method, wantsAnswer: true } },
      ]);
  });
});
