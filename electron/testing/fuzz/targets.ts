import { ClixmlError } from "../../protocol/clixml/clixmlError.ts";
import { instantOf, itemsOf, properties, textOf } from "../../protocol/clixml/look.ts";
import { readClixml, readClixmlFile } from "../../protocol/clixml/read.ts";
import { OutOfProcessError } from "../../protocol/outOfProcess/outOfProcessError.ts";
import { PacketReader } from "../../protocol/outOfProcess/packetReader.ts";
import { writePacket } from "../../protocol/outOfProcess/writePacket.ts";
import { announcesSealing, SEALED_CONTENT_TYPE } from "../../protocol/sealing/sealedBody.ts";
import { readRequest } from "../../protocol/wsman/readRequest.ts";
import { readResponse } from "../../protocol/wsman/readResponse.ts";
import { WsmanError } from "../../protocol/wsman/wsmanError.ts";
import { readSchemes } from "../../transport/authenticateHeader.ts";
import { type HttpAnswer, HttpAnswerReader } from "../../transport/httpAnswerReader.ts";
import { HttpError, singleHeader } from "../../transport/httpHead.ts";
import type { FuzzTarget } from "./fuzz.ts";
import { psrpTargets } from "./psrpTargets.ts";
import { recordTargets } from "./recordTargets.ts";
import { bytesOf, clixmlTexts, commandId } from "./samples.ts";
import { answerSamples, expectedFor, requestSamples } from "./soapSamples.ts";
import { signInTargets } from "./signInTargets.ts";
import { textOfBytes } from "./textOfBytes.ts";

/** Every reader of bytes or texts that a peer sent, both roles. */
export function fuzzTargets(): readonly FuzzTarget[] {
  return [
    ...soapTargets(),
    clixmlTarget(),
    ...psrpTargets(),
    ...signInTargets(),
    httpTarget(),
    packetTarget(),
    ...recordTargets(),
  ];
}

const soapTargets = (): readonly FuzzTarget[] => [
  {
    name: "SOAP, client",
    samples: answerSamples,
    read: (bytes, chance) => {
      const text = textOfBytes(bytes, chance);
      readResponse(text, expectedFor(text));
      return true;
    },
    declared: [WsmanError],
  },
  {
    name: "SOAP, server",
    samples: requestSamples,
    read: (bytes, chance) => readRequest(textOfBytes(bytes, chance)).type === "request",
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
    return [textOf(value), instantOf(value), properties(value).size, itemsOf(value).length].length > 0;
  },
  declared: [ClixmlError],
});

const httpTarget = (): FuzzTarget => ({
  name: "HTTP answer",
  samples: [
    `HTTP/1.1 200 OK\r\nContent-Type: ${SEALED_CONTENT_TYPE}\r\nContent-Length: 5\r\n\r\nhello`,
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\nabc\r\n0\r\nT: v\r\n\r\n",
    'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Negotiate, Basic realm="WSMAN"\r\nWWW-Authenticate: Kerberos\r\nContent-Length: 0\r\n\r\n',
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 401 Unauthorized\r\nWWW-Authenticate: Negotiate TlRMTQ==\r\nConnection: keep-alive\r\n\r\nrest",
  ].map(bytesOf),
  read: (bytes, chance) => {
    const reader = new HttpAnswerReader(1_024);
    const cut = chance.below(bytes.length + 1);
    const answer =
      reader.receive(bytes.subarray(0, cut)) ?? reader.receive(bytes.subarray(cut)) ?? reader.end();
    if (answer !== null) lookAtHead(answer);
    return answer !== null;
  },
  declared: [HttpError],
});

function lookAtHead({ headers }: HttpAnswer): void {
  readSchemes(headers.get("www-authenticate") ?? []);
  announcesSealing(singleHeader(headers, "content-type"));
}

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
    const found = [...reader.feed(bytes.subarray(0, cut)), ...reader.feed(bytes.subarray(cut))];
    reader.end();
    return found.every(({ type }) => type !== "broken");
  },
  declared: [OutOfProcessError],
});
