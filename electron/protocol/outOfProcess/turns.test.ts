import { describe, expect, test } from "vitest";
import { ClientPool } from "../psrp/clientPool.ts";
import { errorRecord } from "../psrp/errorRecord.ts";
import { ServerPool } from "../psrp/serverPool.ts";
import { ClientTurns } from "./clientTurns.ts";
import { mostCarried } from "./limits.ts";
import { OutOfProcessServer } from "./outOfProcessServer.ts";
import type { OutOfProcessServerEvent } from "./outOfProcessServer.ts";
import { PacketReader } from "./packetReader.ts";
import { writePacket } from "./writePacket.ts";

const id = "309f7d49-62ad-4ed4-ab02-174dc96a46ec";
const poolId = "5a6bd1f0-0b7e-4a39-8f1b-0d5f0f9a7a11";

/** Both our ends, joined line by line. `heard` is what the client got, in the order of the wire. */
class Ends {
  readonly turns = new ClientTurns();
  readonly client = new ClientPool(poolId);
  readonly pool = new ServerPool();
  readonly server = new OutOfProcessServer(this.pool);
  readonly reader = new PacketReader("client");
  readonly heard: string[] = [];
  act: (event: OutOfProcessServerEvent) => void = () => undefined;

  say(packet: Parameters<typeof writePacket>[0]): void {
    for (const event of this.server.receive(writePacket(packet))) {
      if (event.type === "initRunspacePool") this.pool.opened(null);
      this.act(event);
    }
    this.listen();
  }

  listen(): void {
    for (const read of this.reader.feed(this.server.take() ?? new Uint8Array())) {
      if (read.type !== "packet") throw new Error(read.type);
      this.turns.receive(read.packet);
      if (read.packet.type !== "Data") this.heard.push(read.packet.type);
      else
        this.heard.push(
          ...this.client.receive(read.packet.target, read.packet.bytes).map((event) => event.type),
        );
    }
  }

  carry(pipeline: string | null): void {
    const carried = this.client.take(pipeline, mostCarried);
    if (carried === null) throw new Error("nothing waits");
    const stream = carried.stream === "pr" ? "PromptResponse" : "Default";
    this.say(this.turns.carry(pipeline, carried.bytes, stream));
  }

  open(): void {
    this.client.open();
    this.carry(null);
  }

  begin(): void {
    this.client.createPipeline(id, [{ name: "Get-RemoteSupport", parameters: [] }]);
    this.say(this.turns.begin(id));
    this.carry(id);
  }
}

describe("a conversation of our two ends", () => {
  test("opens with the answers before the ack, and a pipeline's ack before its output", () => {
    const ends = new Ends();
    ends.act = (event) => {
      if (event.type === "createPipeline") ends.pool.output(event.pipeline, "one");
    };
    ends.open();
    expect(ends.heard.splice(0)).toEqual(["capability", "privateData", "poolState", "DataAck"]);
    ends.begin();
    expect(ends.heard).toEqual(["CommandAck", "DataAck", "output"]);
  });

  test("acknowledges a stop behind the state that it brings, even when that comes late", () => {
    const ends = new Ends();
    ends.open();
    ends.begin();
    ends.heard.length = 0;
    ends.say(ends.turns.signal(id));
    expect(ends.heard).toEqual([]);
    ends.pool.output(id, "from finally");
    ends.pool.end(
      id,
      "stopped",
      errorRecord({ message: "stopped", errorId: "PipelineStopped", category: 14 }),
    );
    ends.listen();
    ends.say(ends.turns.close(id));
    expect(ends.heard).toEqual(["output", "pipelineState", "SignalAck", "CloseAck"]);
    expect(ends.turns.openCommands).toBe(0);
  });

  test("a Close of what still runs stops it first", () => {
    const ends = new Ends();
    ends.open();
    ends.begin();
    ends.heard.length = 0;
    ends.act = (event) => {
      if (event.type === "stop") ends.pool.end(event.pipeline, "stopped");
    };
    ends.say(ends.turns.close(id));
    expect(ends.heard).toEqual(["pipelineState", "CloseAck"]);
  });

  test("a session that is closed too early waits for its pipelines, then says its states and ends", () => {
    const ends = new Ends();
    const events: string[] = [];
    ends.open();
    ends.begin();
    ends.heard.length = 0;
    ends.act = (event) => {
      events.push(event.type);
      if (event.type === "stop") ends.pool.end(event.pipeline, "stopped");
    };
    expect(() => ends.turns.closeSession()).toThrow(expect.objectContaining({ code: "outOfOrder" }));
    ends.say({ type: "Close", target: null });
    expect(ends.heard).toEqual([]);
    for (const event of ends.server.receive(writePacket({ type: "Close", target: id }))) ends.act(event);
    const lines = new TextDecoder().decode(ends.server.take() ?? new Uint8Array()).split("\n");
    expect(lines.map((line) => line.slice(1, line.search(/[ >]/)))).toEqual([
      "Data",
      "CloseAck",
      "Data",
      "Data",
      "CloseAck",
      "",
    ]);
    expect(events).toEqual(["stop", "sessionClosed"]);
  });

  test("unknown commands are acknowledged, and data for them is passed over", () => {
    const ends = new Ends();
    ends.open();
    ends.heard.length = 0;
    const lines = [
      { type: "Signal", target: id },
      { type: "Close", target: id },
      { type: "Data", target: id, stream: "Default", bytes: Uint8Array.of(1) },
    ] as const;
    const events = lines.flatMap((packet) => [...ends.server.receive(writePacket(packet))]);
    expect(events).toEqual([]);
    expect(new TextDecoder().decode(ends.server.take() ?? new Uint8Array())).toBe(
      `<SignalAck PSGuid='${id}' />\n<CloseAck PSGuid='${id}' />\n<DataAck PSGuid='${id}' />\n`,
    );
  });

  test("a client's ack, or a Command for the session, ends the server without a word", () => {
    for (const line of [
      `<DataAck PSGuid='${id}' />\n`,
      `<Command PSGuid='${poolId.replace(/[^-]/g, "0")}' />\n`,
    ]) {
      const server = new OutOfProcessServer(new ServerPool());
      const events = [...server.receive(new TextEncoder().encode(line))];
      expect(events).toMatchObject([{ type: "unreadable" }]);
      expect(server.take()).toBeNull();
    }
  });

  test("the end of the input stops what runs and says the last states", () => {
    const ends = new Ends();
    ends.open();
    ends.begin();
    ends.heard.length = 0;
    for (const event of ends.server.end())
      if (event.type === "stop") ends.pool.end(event.pipeline, "stopped");
    ends.listen();
    expect(ends.heard).toEqual(["pipelineState", "note", "poolState"]);
    expect([...ends.server.end()]).toEqual([]);
  });
});

describe("the client's turns", () => {
  test("one Data is under way, and a command's waits for its ack", () => {
    const turns = new ClientTurns();
    turns.begin(id);
    expect(turns.mayCarry(id)).toBe(false);
    turns.carry(null, Uint8Array.of(1));
    turns.receive({ type: "CommandAck", target: id });
    expect(turns.mayCarry(id)).toBe(false);
    turns.receive({ type: "DataAck", target: null });
    expect(turns.mayCarry(id)).toBe(true);
    turns.signal(id);
    expect(turns.mayCarry(id)).toBe(false);
  });

  test.each([
    { type: "DataAck", target: null },
    { type: "CommandAck", target: null },
    { type: "CommandAck", target: id },
    { type: "SignalAck", target: id },
    { type: "CloseAck", target: id },
    { type: "CloseAck", target: null },
    { type: "Signal", target: id },
  ] as const)("an ack that nobody waits for is an error: $type", (packet) => {
    expect(() => new ClientTurns().receive(packet)).toThrow(expect.objectContaining({ code: "outOfOrder" }));
  });

  test("a CommandAck that a Signal has overtaken changes nothing", () => {
    const turns = new ClientTurns();
    turns.begin(id);
    turns.signal(id);
    turns.receive({ type: "CommandAck", target: id });
    expect(() => turns.close(id)).toThrow(expect.objectContaining({ code: "outOfOrder" }));
    turns.receive({ type: "SignalAck", target: id });
    expect(turns.close(id)).toEqual({ type: "Close", target: id });
  });
});
