import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scalar } from "../clixml/build.ts";
import type { ClixmlValue } from "../clixml/value.ts";
import type { ClientEvent } from "./clientEvents.ts";
import { ClientPool } from "./clientPool.ts";
import { errorRecord } from "./errorRecord.ts";
import { hostMethods } from "./hostMethods.ts";
import { serverLimits } from "./limits.ts";
import { PsrpStateError } from "./psrpError.ts";
import { writeHostLine } from "./records.ts";
import type { ServerEvent } from "./serverEvents.ts";
import { ServerPool } from "./serverPool.ts";

const poolId = "00112233-4455-6677-8899-AABBCCDDEEFF";
const first = "11111111-2222-3333-4444-555555555555";
const second = "99999999-8888-7777-6666-555555555555";

/** Both ends of one pool, bytes carried by hand. */
class Joined {
  readonly client = new ClientPool(poolId);
  readonly server: ServerPool;

  constructor(limits = serverLimits) {
    this.server = new ServerPool(limits);
  }

  /** Everything that waits on the client's side for that source. */
  toServer(pipeline: string | null, limit = 65_536): readonly ServerEvent[] {
    const events: ServerEvent[] = [];
    for (;;) {
      const carried = this.client.take(pipeline, limit);
      if (carried === null) return events;
      events.push(...this.server.receive({ pipeline, stream: carried.stream }, carried.bytes));
    }
  }

  toClient(pipeline: string | null): readonly ClientEvent[] {
    const events: ClientEvent[] = [];
    for (;;) {
      const fragment = this.server.take(pipeline);
      if (fragment === null) return events;
      events.push(...this.client.receive(pipeline, fragment));
    }
  }
}

const opened = (limits = serverLimits): Joined => {
  const both = new Joined(limits);
  both.client.open();
  expect(both.toServer(null).map((event) => event.type)).toEqual(["initRunspacePool"]);
  both.server.opened(null);
  expect(both.toClient(null).map((event) => event.type)).toEqual(["capability", "privateData", "poolState"]);
  return both;
};

const command = (name: string, value: ClixmlValue = 480) => ({
  name,
  parameters: [{ name: "ExpireInMinutes", value }],
});

const running = (pipeline = first, options = {}, limits = serverLimits): Joined => {
  const both = opened(limits);
  both.client.createPipeline(pipeline, [command("Enable-RemoteSupport")], options);
  expect(both.toServer(pipeline).map((event) => event.type)).toEqual(["createPipeline"]);
  return both;
};

describe("opening", () => {
  test("the worked capability message is written to the byte", () => {
    const client = new ClientPool(poolId);
    client.open();
    const bytes = client.take(null, 220)?.bytes ?? new Uint8Array();
    expect(bytes).toHaveLength(21 + 40 + 159);
    expect(Buffer.from(bytes).toString("base64")).toMatch(
      /^AAAAAAAAAAEAAAAAAAAAAAMAAADHAgAAAAIAAQAzIhEAVUR3Zoi/,
    );
    expect(Buffer.from(bytes.subarray(61)).toString()).toBe(
      '<Obj RefId="0"><MS><Version N="protocolversion">2.3</Version><Version N="PSVersion">2.0</Version><Version N="SerializationVersion">1.1.0.1</Version></MS></Obj>',
    );
  });

  test("a question of the pool's own, from a startup script, is answered before the pool is open", () => {
    const both = new Joined();
    both.client.open();
    both.toServer(null);
    const callId = both.server.hostCall(null, hostMethods.promptForChoice, []);
    const heard = both.toClient(null);
    expect(heard.at(-1)).toMatchObject({ type: "hostCall", pipeline: null, call: { callId } });
    both.client.answerHostCall(null, { callId, method: 26, result: 1, error: null });
    expect(both.toServer(null)).toMatchObject([{ type: "hostResponse", pipeline: null, callId, result: 1 }]);
    both.server.opened(null);
    expect(both.toClient(null).map((event) => event.type)).toEqual(["privateData", "poolState"]);
  });

  test("the server answers with a capability of 202 bytes and an opened state of 103", () => {
    const both = new Joined();
    both.client.open();
    both.toServer(null);
    both.server.opened(null);
    const sizes = [1, 2, 3].map(() => (both.server.take(null)?.length ?? 0) - 21);
    expect([sizes[0], sizes[2]]).toEqual([202, 103]);
  });

  test("a pool is opened with one runspace and a host that can be asked", () => {
    const both = new Joined();
    both.client.open({ applicationArguments: "from us" });
    expect(both.toServer(null, 100)).toMatchObject([
      {
        type: "initRunspacePool",
        minRunspaces: 1,
        maxRunspaces: 1,
        capability: { protocolVersion: "2.3" },
        host: { isHostNull: false, isUserInterfaceNull: false, isRawInterfaceNull: true },
        applicationArguments: "from us",
      },
    ]);
  });

  test("a pipeline before the pool is open breaks it, with the reason", () => {
    const both = opened();
    both.client.createPipeline(first, [command("Get-Command")]);
    const bytes = both.client.take(first, 65_536)?.bytes ?? new Uint8Array();
    const early = new Joined();
    early.client.open();
    early.toServer(null);
    const events = early.server.receive({ pipeline: first, stream: "stdin" }, bytes);
    expect(events).toMatchObject([{ type: "broken" }]);
    expect(early.toClient(null).at(-1)).toMatchObject({
      type: "poolState",
      state: "broken",
      error: { message: "a pipeline before the pool is open" },
    });
    expect([early.client.state, early.server.state]).toEqual(["broken", "broken"]);
  });

  test("a closed pool is not opened again by a late message", () => {
    const both = opened();
    both.server.opened(null);
    both.client.closing();
    both.client.closed();
    expect(both.toClient(null).map((event) => event.type)).toEqual(["note", "note"]);
    expect(both.client.state).toBe("closed");
  });

  test("a second client joins with the pool's id and no other", () => {
    const both = opened();
    const joins = (id: string): Uint8Array => {
      const client = new ClientPool(id, { joining: true });
      client.connect();
      return both.server.connect(client.take(null, 65_536)?.bytes ?? new Uint8Array(), { min: 1, max: 1 });
    };
    expect(() => joins(second)).toThrow(/cannot be joined/);
    const joining = new ClientPool(poolId, { joining: true });
    expect(joining.receive(null, joins(poolId))).toMatchObject([
      { type: "capability" },
      { type: "initData", minRunspaces: 1 },
    ]);
  });
});

describe("a pipeline", () => {
  test("arrives as commands with parameters, never as a script, unmerged and not redirected", () => {
    const both = opened();
    both.client.createPipeline(first, [
      command("Enable-RemoteSupport"),
      { name: "Out-Default", parameters: [] },
    ]);
    const [event] = both.toServer(first);
    expect(event).toMatchObject({
      type: "createPipeline",
      pipeline: first,
      description: {
        noInput: true,
        redirectErrors: false,
        host: { isUserInterfaceNull: false },
        statements: [
          [
            {
              text: "Enable-RemoteSupport",
              isScript: false,
              arguments: [{ name: "ExpireInMinutes", value: 480 }],
              merges: { myResult: 0, error: 0 },
            },
            { text: "Out-Default", isScript: false },
          ],
        ],
      },
    });
  });

  test("every record comes over as what it was, in order", () => {
    const both = running();
    const record = errorRecord({ message: "no", errorId: "Refused,Enable-RemoteSupport", category: 18 });
    both.server.say(first, "warning", "careful");
    both.server.output(first, "text");
    both.server.output(first, null);
    both.server.error(first, record);
    both.server.information(first, writeHostLine("a line", "2026-11-24T03:00:00Z"));
    const progress = {
      activity: "Enabling",
      activityId: 1,
      status: "half",
      currentOperation: null,
      parentActivityId: -1,
      percent: 50,
      secondsRemaining: -1,
      completed: false,
    };
    both.server.progress(first, progress);
    both.server.end(first, "failed", record);
    expect(both.toClient(first)).toMatchObject([
      { type: "warning", text: "careful" },
      { type: "output", value: "text" },
      { type: "output", value: null },
      { type: "error", record },
      { type: "information", record: { text: "a line", fromHost: true } },
      { type: "progress", record: progress },
      { type: "pipelineState", state: "failed", error: record },
    ]);
    expect(both.client.done(first)).toBe("failed");
  });

  test("object ids of the server are contiguous over the pool and its pipelines", () => {
    const both = running();
    both.server.output(first, "x".repeat(100_000));
    both.server.end(first, "completed");
    const ids: bigint[] = [];
    for (let part = both.server.take(first); part !== null; part = both.server.take(first)) {
      expect(part.length).toBeLessThanOrEqual(32_768);
      ids.push(new DataView(part.buffer, part.byteOffset).getBigUint64(0));
    }
    expect(ids).toEqual([4n, 4n, 4n, 4n, 5n]);
  });

  test("a question is answered once, and only by the call that is open", () => {
    const both = running();
    const callId = both.server.hostCall(first, hostMethods.promptForChoice, [
      "terms",
      "go on?",
      "choices",
      0,
    ]);
    expect(both.server.isAsking(first)).toBe(true);
    const [event] = both.toClient(first);
    expect(event).toMatchObject({ type: "hostCall", call: { callId: 1n, method: 26, wantsAnswer: true } });
    const answer = { callId, method: 26, result: 1, error: null };
    expect(() => both.client.answerHostCall(first, { ...answer, callId: 2n })).toThrow(PsrpStateError);
    both.client.answerHostCall(first, answer);
    expect(() => both.client.answerHostCall(first, answer)).toThrow(PsrpStateError);
    expect(both.client.take(first, 65_536)?.stream).toBe("pr");
  });

  test("an answer arrives whether or not the Send names the command", () => {
    const both = running();
    both.server.hostCall(first, hostMethods.promptForChoice, []);
    both.toClient(first);
    both.client.answerHostCall(first, { callId: 1n, method: 26, result: 0, error: null });
    const bytes = both.client.take(first, 65_536)?.bytes ?? new Uint8Array();
    expect(both.server.receive({ pipeline: null, stream: "pr" }, bytes)).toMatchObject([
      { type: "hostResponse", pipeline: first, callId: 1n, result: 0, error: null },
    ]);
    expect(both.server.isAsking(first)).toBe(false);
  });

  test("a stop withdraws the answer that was not sent yet", () => {
    const both = running();
    both.server.hostCall(first, hostMethods.promptForChoice, []);
    both.toClient(first);
    both.client.answerHostCall(first, { callId: 1n, method: 26, result: 0, error: null });
    both.client.stopping(first);
    expect(both.client.take(first, 65_536)).toBeNull();
    both.server.end(first, "stopped", errorRecord({ message: "stopped", errorId: "PipelineStopped" }));
    expect(both.toClient(first)).toMatchObject([{ type: "pipelineState", state: "stopped" }]);
  });

  test("an answer to a question of a pipeline that ended is dropped", () => {
    const both = running();
    both.server.hostCall(first, hostMethods.promptForChoice, []);
    both.toClient(first);
    both.client.answerHostCall(first, { callId: 1n, method: 26, result: 0, error: null });
    both.server.end(first, "stopped");
    expect(both.toServer(first)).toMatchObject([{ type: "note" }]);
  });

  test("an answer that comes after the end takes nothing away from what was not read yet", () => {
    const both = running();
    both.server.hostCall(first, hostMethods.promptForChoice, []);
    both.toClient(first);
    both.client.answerHostCall(first, { callId: 1n, method: 26, result: 0, error: null });
    both.server.end(first, "stopped");
    both.toServer(first);
    expect(both.server.pipelineState(first)).toBe("stopped");
    expect(both.toClient(first)).toMatchObject([{ type: "pipelineState", state: "stopped" }]);
  });

  test("writing methods want no answer", () => {
    const both = running();
    expect(both.server.hostCall(first, hostMethods.writeLine2, ["hello"])).toBe(-100n);
    expect(both.toClient(first)).toMatchObject([{ type: "hostCall", call: { wantsAnswer: false } }]);
  });

  test("input goes over until its end and not beyond", () => {
    const both = running(first, { input: true });
    both.client.sendInput(first, "one");
    both.client.sendInput(first, scalar("G", "792e5b37-4505-47ef-b7d2-8711bb7affa8"));
    both.client.endInput(first);
    expect(() => both.client.sendInput(first, "late")).toThrow(PsrpStateError);
    expect(both.toServer(first).map((event) => event.type)).toEqual(["input", "input", "endOfInput"]);
  });

  test.each([
    ["named by its Sends", first],
    ["that its messages alone name", null],
  ])("a command %s takes as much as its limit, and beyond it the pool breaks", (_, named) => {
    const both = running(first, { input: true }, { ...serverLimits, commandBytes: 200_000 });
    const sent = (size: number): readonly ServerEvent[] => {
      both.client.sendInput(first, "x".repeat(size));
      const events: ServerEvent[] = [];
      for (let part = both.client.take(first, 30_000); part !== null; part = both.client.take(first, 30_000))
        events.push(...both.server.receive({ pipeline: named, stream: "stdin" }, part.bytes));
      return events;
    };
    for (let turn = 0; turn < 3; turn++) expect(sent(60_000)).toMatchObject([{ type: "input" }]);
    expect(sent(60_000)[0]).toMatchObject({ type: "broken", error: { code: "tooLarge" } });
    expect(both.toClient(null)).toMatchObject([
      { type: "poolState", state: "broken", error: { message: "a command of more than 200000 bytes" } },
    ]);
  });

  test("what one command took counts against no other", () => {
    const both = running(first, { input: true }, { ...serverLimits, commandBytes: 200_000 });
    both.client.createPipeline(second, [command("Get-Command")], { input: true });
    both.toServer(second);
    for (const pipeline of [first, second, first, second]) {
      both.client.sendInput(pipeline, "x".repeat(60_000));
      expect(both.toServer(pipeline)).toMatchObject([{ type: "input", pipeline }]);
    }
  });

  test("a real server takes 50 MiB of one command", () => {
    expect(serverLimits.commandBytes).toBe(50 * 1024 * 1024);
  });

  test("Done without a state leaves the outcome not known", () => {
    const both = running();
    expect(both.client.done(first)).toBe("broken");
    expect(both.client.pipelineState(first)).toBeNull();
  });

  test("bytes that cannot be read break their pipeline and leave the others alone", () => {
    const both = running();
    both.client.createPipeline(second, [command("Get-Command")]);
    both.toServer(second);
    expect(both.client.receive(first, new Uint8Array(30))).toMatchObject([
      { type: "broken", pipeline: first },
    ]);
    expect(both.client.pipelineState(first)).toBe("broken");
    both.server.output(second, 1);
    expect(both.toClient(second)).toMatchObject([{ type: "output", value: 1 }]);
  });

  test("a CommandId may come again after its pipeline is over", () => {
    const both = running();
    both.server.end(first, "completed");
    both.toClient(first);
    both.client.done(first);
    both.client.createPipeline(first, [command("Get-Command")]);
    expect(both.toServer(first)).toMatchObject([{ type: "createPipeline", pipeline: first }]);
  });
});

describe("both ends", () => {
  const act = fc.constantFrom(
    "create",
    "output",
    "ask",
    "answer",
    "stop",
    "completed",
    "failed",
    "stopped",
    "done",
    "close",
  );

  /** Client first. A client that saw Done has forgotten the pipeline, or begun it anew before the server forgot it. */
  const ends = ["completed", "failed", "stopped"] as const;
  const matching = [
    [null, null],
    [null, "running"],
    ["running", "running"],
    ["stopping", "running"],
    ...ends.flatMap((end) => [
      [end, end],
      [null, end],
    ]),
  ];

  /** Does the act at both ends; a forbidden one is a state error and changes nothing. */
  const perform = (both: Joined, name: string): void => {
    const before = [both.client.state, both.client.pipelineState(first), both.server.pipelineState(first)];
    try {
      if (name === "create") both.client.createPipeline(first, [command("Get-Command")]);
      if (name === "output") both.server.output(first, 7);
      if (name === "ask") both.server.hostCall(first, hostMethods.promptForChoice, []);
      if (name === "answer")
        both.client.answerHostCall(first, { callId: 1n, method: 26, result: 0, error: null });
      if (name === "stop") both.client.stopping(first);
      if (name === "completed" || name === "failed" || name === "stopped") both.server.end(first, name);
      if (name === "done") both.client.done(first);
      if (name === "close") both.client.closing();
    } catch (error) {
      expect(error).toBeInstanceOf(PsrpStateError);
      const after = [both.client.state, both.client.pipelineState(first), both.server.pipelineState(first)];
      expect(after).toEqual(before);
    }
  };

  test("any sequence of acts ends in matching states; forbidden ones change nothing", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        const both = opened();
        for (const name of acts) {
          perform(both, name);
          both.toServer(first);
          both.toClient(first);
        }
        const pair = [both.client.pipelineState(first), both.server.pipelineState(first)];
        expect(matching).toContainEqual(pair);
        expect(both.server.state).toBe("opened");
      }),
    );
  });

  test("arbitrary bytes never throw at either end", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, framed) => {
        const both = running();
        const head = Buffer.from(`00000000000000ff000000000000000003${"00".repeat(4)}`, "hex");
        head.writeUInt32BE(bytes.length, 17);
        const payload = framed ? Buffer.concat([head, bytes]) : bytes;
        const events = [
          ...both.client.receive(first, payload),
          ...both.client.receive(null, payload),
          ...both.server.receive({ pipeline: first, stream: "stdin" }, payload),
          ...both.server.receive({ pipeline: null, stream: "pr" }, payload),
        ];
        expect(["broken", "malformed", "note", undefined]).toContain(events[0]?.type);
      }),
    );
  });
});
