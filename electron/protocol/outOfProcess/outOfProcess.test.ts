import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Packet } from "./packet.ts";
import { PacketReader } from "./packetReader.ts";
import type { Read } from "./packetReader.ts";
import { writePacket } from "./writePacket.ts";

const id = "309f7d49-62ad-4ed4-ab02-174dc96a46ec";
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, role: "client" | "server" = "server"): readonly Read[] =>
  new PacketReader(role).feed(bytesOf(text));
const codes = (found: readonly Read[]): readonly string[] =>
  found.map((one) => (one.type === "broken" ? one.error.code : one.type));

const target = fc.option(
  fc.uuid().filter((guid) => !/^[0-]+$/.test(guid)),
  { nil: null },
);
const data = (stream: fc.Arbitrary<"Default" | "PromptResponse">): fc.Arbitrary<Packet> =>
  fc.record({
    type: fc.constant("Data" as const),
    target,
    stream,
    bytes: fc.uint8Array({ minLength: 1, maxLength: 200 }),
  });
const plain = (...names: readonly Exclude<Packet["type"], "Data">[]): fc.Arbitrary<Packet> =>
  fc.record({ type: fc.constantFrom(...names), target });
const fromClient = fc.oneof(
  data(fc.constantFrom("Default", "PromptResponse")),
  plain("Command", "Signal", "Close"),
);
const fromServer = fc.oneof(
  data(fc.constant("Default")),
  plain("DataAck", "CommandAck", "SignalAck", "CloseAck"),
);

/** Feeds the bytes in pieces of those lengths, over and over. */
function inPieces(reader: PacketReader, bytes: Uint8Array, lengths: readonly number[]): readonly Read[] {
  const found: Read[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = lengths[turn % lengths.length] ?? 1;
    found.push(...reader.feed(bytes.subarray(at, at + length)));
    at += length;
  }
  return found;
}

const cuts = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 6 });

describe("packets", () => {
  test("are written letter for letter as PowerShell writes them", () => {
    const written = (packet: Packet): string => new TextDecoder().decode(writePacket(packet));
    expect(written({ type: "Command", target: id.toUpperCase() })).toBe(`<Command PSGuid='${id}' />\n`);
    expect(written({ type: "Data", target: null, stream: "Default", bytes: Uint8Array.of(1, 2) })).toBe(
      "<Data Stream='Default' PSGuid='00000000-0000-0000-0000-000000000000'>AQI=</Data>\n",
    );
  });

  test.each([
    ["server", fromClient],
    ["client", fromServer],
  ] as const)("come back to a %s as they were, however the bytes are cut", (role, packets) => {
    fc.assert(
      fc.property(fc.array(packets, { maxLength: 6 }), cuts, (sent, lengths) => {
        const bytes = Uint8Array.from(sent.flatMap((packet) => [...writePacket(packet)]));
        const expected = sent.map((packet) => ({ type: "packet", packet }));
        expect(inPieces(new PacketReader(role), bytes, lengths)).toEqual(expected);
      }),
    );
  });

  test.each([
    `<Close PSGuid='${id}' />\r\n`,
    `<Close PSGuid="${id}"/>\n`,
    `<Close PSGuid='{${id.toUpperCase()}}'></Close>\n`,
    `  <Close  PSGuid = '${id}' ></Close >\t\n`,
  ])("are taken as real servers take them: %j", (line) => {
    expect(read(line)).toEqual([{ type: "packet", packet: { type: "Close", target: id } }]);
  });

  test("a target that is no GUID is never written", () => {
    const attempt = (): unknown => writePacket({ type: "Close", target: "x' Evil='" });
    expect(attempt).toThrow(expect.objectContaining({ code: "badAttribute" }));
  });
});

describe("what is no packet", () => {
  test.each([
    ["notXml", "hello world"],
    ["notXml", `<Close PSGuid='${id}'`],
    ["notXml", `<?xml version="1.0"?><Close PSGuid='${id}' />`],
    ["unknownElement", `<Foo PSGuid='${id}' />`],
    ["unknownElement", `<DataAck PSGuid='${id}' />`],
    ["badAttribute", "<Close />"],
    ["badAttribute", "<Close PSGuid='1' />"],
    ["badAttribute", `<Close PSGuid='{${id}' />`],
    ["badAttribute", `<Close PSGuid='${id}' PSGuid='${id}' />`],
    ["badAttribute", `<Close PSGuid='${id}' More='1' />`],
    ["badAttribute", `<Data PSGuid='${id}'>AQI=</Data>`],
    ["badAttribute", `<Data Stream='Other' PSGuid='${id}'>AQI=</Data>`],
    ["badBase64", `<Data Stream='Default' PSGuid='${id}'>AQ!=</Data>`],
    ["badBase64", `<Data Stream='Default' PSGuid='${id}'>AQI=AQI=</Data>`],
    ["badBase64", `<Data Stream='Default' PSGuid='${id}'>AQI</Data>`],
    ["badBase64", `<Data Stream='Default' PSGuid='${id}'></Data>`],
    ["unexpectedContent", `<Data Stream='Default' PSGuid='${id}'>AQI=`],
    ["unexpectedContent", `<Data Stream='Default' PSGuid='${id}'>AQI=<b/></Data>`],
    ["badBase64", `<Data Stream='Default' PSGuid='${id}' />`],
    ["unexpectedContent", `<Close PSGuid='${id}'>text</Close>`],
    ["unexpectedContent", `<Close PSGuid='${id}' /><Close PSGuid='${id}' />`],
    ["tooLong", `<Close PSGuid='${"0".repeat(2_000)}' />`],
    ["ended", ""],
  ])("%s: %s", (code, line) => {
    expect(codes(read(`${line}\n<Close PSGuid='${id}' />\n`))).toEqual([code]);
  });

  test("a server never says PromptResponse to a client, nor a Command", () => {
    const line = `<Data Stream='PromptResponse' PSGuid='${id}'>AQI=</Data>\n`;
    expect(codes(read(line, "client"))).toEqual(["badAttribute"]);
    expect(codes(read(`<Command PSGuid='${id}' />\n`, "client"))).toEqual(["unknownElement"]);
  });

  test("a client passes over empty lines and shows what a server says about its end", () => {
    const text = `\r\n__NamedPipeError__: Größe\n<CloseAck PSGuid='${id}' />\n`;
    expect(read(text, "client")).toEqual([
      { type: "said", text: "Größe" },
      { type: "packet", packet: { type: "CloseAck", target: id } },
    ]);
  });

  test("a line over the limit ends reading before it is kept", () => {
    const reader = new PacketReader("server", { line: 5_000 });
    const line = bytesOf(`<Data Stream='Default' PSGuid='${id}'>${"AAAA".repeat(2_000)}</Data>\n`);
    expect(codes(inPieces(reader, line, [100]))).toEqual(["tooLong"]);
  });

  test("the end of the input is told once", () => {
    const reader = new PacketReader("client");
    reader.feed(bytesOf("<Clo"));
    expect(codes(reader.end())).toEqual(["ended"]);
    expect(reader.end()).toEqual([]);
  });

  test("any bytes end in packets or one named error, the same however they are cut", () => {
    const noise = fc.uint8Array({ maxLength: 400 });
    const damaged = fc
      .tuple(fc.array(fromClient, { minLength: 1, maxLength: 4 }), fc.nat(), noise)
      .map(([packets, at, put]) => {
        const bytes = packets.flatMap((packet) => [...writePacket(packet)]);
        return Uint8Array.from(bytes.toSpliced(at % bytes.length, put.length, ...put));
      });
    const limits = { line: 600 };
    fc.assert(
      fc.property(
        fc.oneof(noise, damaged),
        fc.constantFrom("client" as const, "server" as const),
        cuts,
        (bytes, role, lengths) => {
          const whole = new PacketReader(role, limits).feed(bytes);
          expect(inPieces(new PacketReader(role, limits), bytes, lengths)).toEqual(whole);
          expect(codes(whole).filter((code) => code !== "packet" && code !== "said").length).toBeLessThan(2);
        },
      ),
      { numRuns: 500 },
    );
  });
});
