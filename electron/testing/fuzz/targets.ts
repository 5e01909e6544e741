import { ClixmlError } from "../../protocol/clixml/clixmlError.ts";
import { instantOf, itemsOf, properties, textOf } from "../../protocol/clixml/look.ts";
import { readClixml, readClixmlFile } from "../../protocol/clixml/read.ts";
import { OutOfProcessError } from "../../protocol/outOfProcess/outOfProcessError.ts";
import { PacketReader } from "../../protocol/outOfProcess/packetReader.ts";
import { writePacket } from "../../protocol/outOfProcess/writePacket.ts";
import { ClientPool } from "../../protocol/psrp/clientPool.ts";
import { FragmentAssembler } from "../../protocol/psrp/fragmentAssembler.ts";
import { clientLimits } from "../../protocol/psrp/limits.ts";
import { contentOf, readMessage } from "../../protocol/psrp/messages.ts";
import { PsrpError } from "../../protocol/psrp/psrpError.ts";
import { ServerPool } from "../../protocol/psrp/serverPool.ts";
import { readRequest } from "../../protocol/wsman/readRequest.ts";
import { readResponse } from "../../protocol/wsman/readResponse.ts";
import { WsmanError } from "../../protocol/wsman/wsmanError.ts";
import { HttpAnswerReader } from "../../transport/httpAnswerReader.ts";
import { HttpError } from "../../transport/httpHead.ts";
import type { Seeded } from "../seeded.ts";
import type { FuzzTarget } from "./fuzz.ts";
import { bytesOf, clixmlTexts, commandId, shellId, talk } from "./samples.ts";
import { answerSamples, expected, requestSamples } from "./soapSamples.ts";
import { signInTargets } from "./signInTargets.ts";

/** Every reader of bytes or texts that a peer sent, both roles. */
export function fuzzTargets(): readonly FuzzTarget[] {
  return [
    ...soapTargets(),
    clixmlTarget(),
    ...psrpTargets(),
    ...signInTargets(),
    httpTarget(),
    packetTarget(),
  ];
}

/** Mostly one character for each byte; now and then one that UTF-8 cannot say, such as half a pair. */
function textOfBytes(bytes: Uint8Array, chance: Seeded): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  if (chance.below(16) > 0) return text;
  const at = chance.below(text.length + 1);
  return (
    text.slice(0, at) +
    String.fromCharCode(chance.pick([0xd800, 0xdfff, 0xfffe, 0xfeff, 0x2028])) +
    text.slice(at)
  );
}

const soapTargets = (): readonly FuzzTarget[] => [
  {
    name: "SOAP, client",
    samples: answerSamples,
    read: (bytes, chance) => readResponse(textOfBytes(bytes, chance), expected),
    declared: [WsmanError],
  },
  {
    name: "SOAP, server",
    samples: requestSamples,
    read: (bytes, chance) => readRequest(textOfBytes(bytes, chance)),
    declared: [],
  },
];

const clixmlTarget = (): FuzzTarget => ({
  name: "CLIXML",
  samples: clixmlTexts.map(bytesOf),
  read: (bytes, chance) => {
    const text = textOfBytes(bytes, chance);
    const value = chance.below(8) === 0 ? (readClixmlFile(text)[0] ?? null) : readClixml(text);
    // What looks at values never throws, whatever was read.
    return [textOf(value), instantOf(value), properties(value).size, itemsOf(value).length];
  },
  declared: [ClixmlError],
});

function psrpTargets(): readonly FuzzTarget[] {
  const said = talk();
  const fragments = [...said.toClient, ...said.pipelineToClient];
  const objects = fragments.flatMap((bytes) =>
    new FragmentAssembler(clientLimits, { bytes: 0, objects: 0 }).receive(bytes),
  );
  return [
    {
      name: "fragments",
      samples: fragments,
      read: (bytes) => new FragmentAssembler(clientLimits, { bytes: 0, objects: 0 }).receive(bytes),
      declared: [PsrpError],
    },
    {
      name: "messages",
      samples: objects,
      read: (bytes) => contentOf(readMessage(bytes)),
      declared: [PsrpError],
    },
    { name: "pool, client", samples: fragments, read: hearAsClient, declared: [] },
    {
      name: "pool, server",
      samples: [...said.toServer, ...said.pipelineToServer],
      read: hearAsServer,
      declared: [],
    },
  ];
}

function hearAsClient(bytes: Uint8Array, chance: Seeded): void {
  const pool = new ClientPool(shellId);
  pool.open();
  pool.joinPipeline(commandId);
  pool.receive(chance.below(4) === 0 ? null : commandId, bytes);
}

function hearAsServer(bytes: Uint8Array, chance: Seeded): void {
  const pipeline = chance.below(2) === 0 ? null : commandId;
  new ServerPool().receive({ pipeline, stream: chance.below(4) === 0 ? "pr" : "stdin" }, bytes);
}

const httpTarget = (): FuzzTarget => ({
  name: "HTTP answer",
  samples: [
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\nabc\r\n0\r\nT: v\r\n\r\n",
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 401 Unauthorized\r\nWWW-Authenticate: Negotiate TlRMTQ==\r\nConnection: keep-alive\r\n\r\nrest",
  ].map(bytesOf),
  read: (bytes, chance) => {
    const reader = new HttpAnswerReader(1_024);
    const cut = chance.below(bytes.length + 1);
    if (reader.receive(bytes.subarray(0, cut)) === null && reader.receive(bytes.subarray(cut)) === null)
      reader.end();
  },
  declared: [HttpError],
});

const packetTarget = (): FuzzTarget => ({
  name: "out of process",
  samples: [
    writePacket({ type: "Data", stream: "Default", target: commandId, bytes: new Uint8Array(20) }),
    writePacket({ type: "Command", target: commandId }),
    writePacket({ type: "CloseAck", target: null }),
  ],
  read: (bytes, chance) => {
    const reader = new PacketReader(chance.below(2) === 0 ? "client" : "server");
    const cut = chance.below(bytes.length + 1);
    reader.feed(bytes.subarray(0, cut));
    reader.feed(bytes.subarray(cut));
    reader.end();
  },
  declared: [OutOfProcessError],
});
