import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { peersPython } from "../../../e2e/peers/python.ts";
import { assumedShapes } from "../../pep/readiedShapes.ts";
import { readGrants } from "../../pep/records/readGrants.ts";
import { readyShapes } from "../../pep/records/readShapes.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { writeClixml } from "../../protocol/clixml/write.ts";
import type { SealingContext } from "../../protocol/ntlm/sealingContext.ts";
import { ClientPool } from "../../protocol/psrp/clientPool.ts";
import { serverFragment } from "../../protocol/psrp/limits.ts";
import { ServerPool } from "../../protocol/psrp/serverPool.ts";
import { openBody, SEALED_CONTENT_TYPE, sealBody } from "../../protocol/sealing/sealedBody.ts";
import { readRequest } from "../../protocol/wsman/readRequest.ts";
import { readResponse } from "../../protocol/wsman/readResponse.ts";
import { receiveOutput } from "../../protocol/wsman/requests.ts";
import { writeResponse } from "../../protocol/wsman/writeAnswer.ts";
import { HttpAnswerReader } from "../../transport/httpAnswerReader.ts";
import { nodeDigests } from "../../transport/nodeDigests.ts";
import { Seeded } from "../seeded.ts";
import { grantRecord } from "./clixmlInputs.ts";
import type { BenchResult } from "./result.ts";
import { rounded } from "./result.ts";
import { sealedPairs } from "./sealedPair.ts";
import { mediansInTurns, timed } from "./timing.ts";

const objects = 10_000;
const runs = 5;
const shellId = "5C1A9F0E-8D2B-4C6E-9A3F-0B1C2D3E4F50";
const commandId = "6D2B0A1F-9E3C-4D7F-8B4A-1C2D3E4F5061";
const now = 1_700_000_000_000;
const reading = {
  shapes: readyShapes(assumedShapes.shapes),
  device: { measured: now, ours: now },
  includeExpired: true,
  shownBy: ["AZS-ERCS01"],
};
/** Fragments of one Receive answer: what fits into 512,000 bytes of envelope. */
const fragmentsAnAnswer = 10;

/** The whole client path: bytes of sealed HTTP in, grants out; against the reader of pypsrp alone, in turns. */
export async function clientBench(): Promise<readonly BenchResult[]> {
  const chance = new Seeded(12);
  const records = Array.from({ length: objects }, () => grantRecord(chance));
  const wire = recordedAnswers(records);
  const pypsrp = await pypsrpReader(records.map((record) => writeClixml(record)));
  const [ours = Number.NaN, theirs = Number.NaN] = mediansInTurns(runs, [
    () => timed(() => readAll(wire)),
    pypsrp.milliseconds,
  ]);
  pypsrp.remove();
  const speed = (milliseconds: number): string => `${rounded(objects / (milliseconds / 1_000))} objects/s`;
  const result = {
    name: "client",
    what: `bytes of sealed HTTP to grants, ${objects} objects of 12 properties, against pypsrp's reader alone`,
    must: { least: 6 },
    aim: 12,
    unit: "x",
  };
  if (Number.isNaN(theirs))
    return [{ ...result, measured: speed(ours), number: null, note: pypsrp.trouble() }];
  return [{ ...result, measured: `${speed(ours)} against ${speed(theirs)}`, number: theirs / ours }];
}

type Recorded = {
  readonly answers: readonly Uint8Array[];
  readonly messageId: string;
  readonly action: string;
};

/** What a server would send: fragments in Receive answers, sealed, with their HTTP heads. */
function recordedAnswers(records: Parameters<typeof writeClixml>[0][]): Recorded {
  const pool = openedServer();
  for (const record of records) pool.output(commandId, record);
  const request = receiveRequest();
  const read = readRequest(request.envelope);
  if (read.type !== "request") throw new Error("our own request is refused");
  const { sender } = sealedPairs(nodeDigests)();
  const answers: Uint8Array[] = [];
  for (let fragments = some(pool); fragments.length > 0; fragments = some(pool)) {
    const body = { type: "received", commandId, fragments, state: null } as const;
    answers.push(
      httpAnswer(
        sender,
        writeResponse(read.headers, body, () => shellId),
      ),
    );
  }
  return { answers, messageId: request.messageId, action: request.action };
}

function httpAnswer(sender: SealingContext, envelope: string): Uint8Array {
  const body = sealBody(sender, new TextEncoder().encode(envelope));
  const head = `HTTP/1.1 200 OK\r\nContent-Type: ${SEALED_CONTENT_TYPE}\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, "latin1"), body]);
}

function some(pool: ServerPool): readonly Uint8Array[] {
  const fragments: Uint8Array[] = [];
  while (fragments.length < fragmentsAnAnswer) {
    const fragment = pool.take(commandId, serverFragment);
    if (fragment === null) break;
    fragments.push(fragment);
  }
  return fragments;
}

function receiveRequest() {
  const context = {
    to: "http://127.0.0.1:5985/wsman",
    configuration: "PrivilegedEndpoint",
    sessionId: shellId,
    maxEnvelopeSize: 512_000,
    newId: () => shellId,
  };
  return receiveOutput(context, { shellId, commandId, timeoutMs: 60_000 });
}

function openedServer(): ServerPool {
  const server = new ServerPool();
  const client = new ClientPool(shellId);
  client.open();
  for (let carried = client.take(null, 65_536); carried !== null; carried = client.take(null, 65_536))
    server.receive({ pipeline: null, stream: "stdin" }, carried.bytes);
  server.opened(null);
  for (let part = server.take(null); part !== null; part = server.take(null)) client.receive(null, part);
  client.createPipeline(commandId, [{ name: "Get-RemoteSupportAccess", parameters: [] }]);
  const carried = client.take(commandId, 65_536);
  server.receive({ pipeline: commandId, stream: "stdin" }, carried?.bytes ?? new Uint8Array());
  return server;
}

function openedClient(): ClientPool {
  const client = new ClientPool(shellId);
  client.open();
  client.joinPipeline(commandId);
  return client;
}

function readAll({ answers, ...expected }: Recorded): void {
  const { receiver } = sealedPairs(nodeDigests)();
  const pool = openedClient();
  const output: ClixmlValue[] = [];
  for (const bytes of answers) {
    const envelope = openBody(receiver, bodyOf(bytes), SEALED_CONTENT_TYPE);
    const response = readResponse(new TextDecoder().decode(envelope), expected);
    if (response.type !== "received") throw new Error("no answer to a Receive");
    for (const stream of response.streams)
      for (const event of pool.receive(commandId, stream.bytes))
        if (event.type === "output") output.push(event.value);
  }
  const { grants } = readGrants({ output, said: [], aside: [] }, reading);
  if (grants.length !== objects) throw new Error(`${grants.length} grants were read`);
}

/** In pieces of 64 KiB, as a socket hands them over. */
function bodyOf(bytes: Uint8Array): Uint8Array {
  const reader = new HttpAnswerReader(4 * 1024 * 1024);
  for (let at = 0; at < bytes.length; at += 65_536) {
    const answer = reader.receive(bytes.subarray(at, at + 65_536));
    if (answer !== null) return answer.body;
  }
  throw new Error("the answer is not whole");
}

const script = `
import sys, time
import xml.etree.ElementTree as ET
from pypsrp.serializer import Serializer
texts = open(sys.argv[1], encoding="utf-8").read().split("\\n")
begun = time.process_time()
for text in texts:
    Serializer().deserialize(text)
print((time.process_time() - begun) * 1000)
`;

/** Milliseconds of CPU time that pypsrp's reader takes for all texts; NaN, and what the trouble was, where it cannot be asked. */
async function pypsrpReader(texts: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), "rsc-bench-"));
  const file = join(folder, "texts");
  writeFileSync(file, texts.join("\n"));
  const { python, trouble: noPython } = await pythonOfPeers();
  let trouble = noPython;
  const milliseconds = (): number => {
    if (noPython === "") {
      const { stdout, stderr, status } = spawnSync(python, ["-c", script, file], { encoding: "utf8" });
      if (status === 0) return Number(stdout);
      trouble = `pypsrp failed: ${stderr.trim().split("\n").at(-1) ?? ""}`;
    }
    return Number.NaN;
  };
  return {
    milliseconds,
    trouble: (): string => trouble,
    remove: (): void => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The interpreter that has pypsrp, or why there is none. */
async function pythonOfPeers(): Promise<{ readonly python: string; readonly trouble: string }> {
  try {
    const { python, unreached } = await peersPython(() => undefined);
    const trouble = unreached === null ? "" : `the Python registry (${unreached}) is not reached`;
    return { python, trouble };
  } catch (error) {
    return { python: "", trouble: error instanceof Error ? error.message : String(error) };
  }
}
