import { arrayList } from "../../protocol/clixml/build.ts";
import { ClientPool } from "../../protocol/psrp/clientPool.ts";
import { errorRecord } from "../../protocol/psrp/errorRecord.ts";
import { hostMethods } from "../../protocol/psrp/hostMethods.ts";
import { ServerPool } from "../../protocol/psrp/serverPool.ts";
import { ClientTurns } from "../../protocol/outOfProcess/clientTurns.ts";
import { mostCarried } from "../../protocol/outOfProcess/limits.ts";
import { OutOfProcessServer } from "../../protocol/outOfProcess/outOfProcessServer.ts";
import type { OutOfProcessServerEvent } from "../../protocol/outOfProcess/outOfProcessServer.ts";
import type { Packet } from "../../protocol/outOfProcess/packet.ts";
import { PacketReader } from "../../protocol/outOfProcess/packetReader.ts";
import { writePacket } from "../../protocol/outOfProcess/writePacket.ts";
import { guidOfBytes, PlainSource } from "./plain/plainMessages.ts";

type Line = { readonly from: "client" | "server"; readonly line: string };

const first = "11111111-2222-4333-8444-555555555501";
const second = "11111111-2222-4333-8444-555555555502";
const poolId = "11111111-2222-4333-8444-555555555500";

/** A conversation of our two ends, in the form of the recordings with PowerShell: a question, an answer, a stop. */
export function recordOutOfProcess(): {
  readonly lines: readonly Line[];
  readonly decoded: readonly object[];
} {
  const ends = new Ends();
  ends.client.open();
  ends.carry(null);
  ends.begin(first, "Enable-RemoteSupport");
  const call = ends.pool.hostCall(first, hostMethods.promptForChoice, ["Consent", "?", arrayList([]), 0]);
  ends.listen();
  ends.client.answerHostCall(first, {
    callId: call,
    method: hostMethods.promptForChoice,
    result: 0,
    error: null,
  });
  ends.carry(first);
  ends.pool.output(first, "granted".repeat(5_000));
  ends.pool.end(first, "completed");
  ends.listen();
  ends.say(ends.turns.close(first));
  ends.begin(second, "Get-RemoteSupportSessionHistory");
  ends.client.stopping(second);
  ends.say(ends.turns.signal(second));
  const stopped = errorRecord({
    message: "The pipeline has been stopped.",
    errorId: "PipelineStopped",
    category: 14,
  });
  ends.pool.end(second, "stopped", stopped);
  ends.listen();
  ends.say(ends.turns.close(second));
  ends.say(ends.turns.closeSession());
  return { lines: ends.lines, decoded: decoded(ends.lines) };
}

class Ends {
  readonly lines: Line[] = [];
  readonly turns = new ClientTurns();
  readonly client = new ClientPool(poolId);
  readonly pool = new ServerPool();
  readonly #server = new OutOfProcessServer(this.pool);
  readonly #reader = new PacketReader("client");

  say(packet: Packet): void {
    const bytes = writePacket(packet);
    this.#note("client", bytes);
    for (const event of this.#server.receive(bytes)) this.#act(event);
    this.listen();
  }

  #act(event: OutOfProcessServerEvent): void {
    if (event.type === "initRunspacePool") this.pool.opened(null);
  }

  listen(): void {
    const bytes = this.#server.take() ?? new Uint8Array();
    this.#note("server", bytes);
    for (const read of this.#reader.feed(bytes)) {
      if (read.type !== "packet") throw new Error("our own packet was not understood");
      this.turns.receive(read.packet);
      if (read.packet.type === "Data") this.client.receive(read.packet.target, read.packet.bytes);
    }
  }

  carry(pipeline: string | null): void {
    const carried = this.client.take(pipeline, mostCarried);
    if (carried === null) throw new Error("nothing waits to be sent");
    const stream = carried.stream === "pr" ? "PromptResponse" : "Default";
    this.say(this.turns.carry(pipeline, carried.bytes, stream));
  }

  begin(pipeline: string, name: string): void {
    this.client.createPipeline(pipeline, [{ name, parameters: [] }]);
    this.say(this.turns.begin(pipeline));
    this.carry(pipeline);
  }

  #note(from: Line["from"], bytes: Uint8Array): void {
    const lines = new TextDecoder().decode(bytes).split("\n").slice(0, -1);
    this.lines.push(...lines.map((line) => ({ from, line })));
  }
}

/** The list of whole messages, read without the product's codecs. */
function decoded(lines: readonly Line[]): readonly object[] {
  const sources = new Map<string, PlainSource<null>>();
  return lines.flatMap(({ from, line }, index) => {
    const [, target = "", base64 = ""] = /PSGuid='([^']*)'>([^<]*)</.exec(line) ?? [];
    const source = sources.get(from + target) ?? new PlainSource<null>();
    sources.set(from + target, source);
    return source.add(Buffer.from(base64, "base64"), null).map(({ message }) => ({
      from,
      typeId: `0x${message.type.toString(16).padStart(8, "0")}`,
      destination: message.destination,
      runspacePoolId: guidOfBytes(message.poolId),
      pipelineId: guidOfBytes(message.pipelineId),
      line: index,
      clixml: message.text,
    }));
  });
}
