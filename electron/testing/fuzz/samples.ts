import {
  customObject,
  dateTime,
  dateTimeOffset,
  dictionary,
  enumValue,
  list,
  scalar,
} from "../../protocol/clixml/build.ts";
import { writeClixml } from "../../protocol/clixml/write.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { ClientPool } from "../../protocol/psrp/clientPool.ts";
import { errorRecord } from "../../protocol/psrp/errorRecord.ts";
import { writeHostLine } from "../../protocol/psrp/records.ts";
import { ServerPool } from "../../protocol/psrp/serverPool.ts";

/* What the two ends say to each other when nothing is wrong; small, so that many mutations fit into a second. */

export const shellId = "5C1A9F0E-8D2B-4C6E-9A3F-0B1C2D3E4F50";
export const commandId = "6D2B0A1F-9E3C-4D7F-8B4A-1C2D3E4F5061";
const instant = new Date(1_700_000_000_000);

export const values: readonly ClixmlValue[] = [
  "text _x000D_ & <more>",
  customObject({
    State: enumValue("Some.State", "Active", 1),
    CreatedAt: dateTime(instant),
    Count: 7,
    None: null,
  }),
  list([1, 2n, true, scalar("Db", "1.5"), scalar("TS", "PT5M"), scalar("G", shellId), scalar("BA", "AAEC")]),
  dictionary([
    ["Key", 1],
    [2, "Value"],
  ]),
  dateTimeOffset(instant),
  scalar("Version", "5.1.17763.1"),
];

export const clixmlTexts: readonly string[] = [
  ...values.map((value) => writeClixml(value)),
  `<Obj RefId="0"><MS><Obj N="Self" RefId="1"><LST><Ref RefId="0" /></LST></Obj><PR N="P"><AV>a</AV><AI>1</AI><Nil /><PI>-1</PI><PC>5</PC><T>Processing</T><SR>-1</SR><SD>b</SD></PR></MS></Obj>`,
  `<Obj RefId="0"><TN RefId="0"><T>A</T></TN><ToString>x</ToString><Props><S N="a">b</S></Props></Obj>`,
];

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export type Talk = {
  /** What the client sent: for the pool, and for the pipeline. */
  readonly toServer: readonly Uint8Array[];
  readonly pipelineToServer: readonly Uint8Array[];
  readonly toClient: readonly Uint8Array[];
  readonly pipelineToClient: readonly Uint8Array[];
};

/** A pool that is opened, and a command that speaks on every stream, asks once and ends. */
export function talk(): Talk {
  const client = new ClientPool(shellId);
  const server = new ServerPool();
  client.open();
  const toServer = carried(client, null);
  for (const bytes of toServer) server.receive({ pipeline: null, stream: "stdin" }, bytes);
  server.opened(null);
  const toClient = taken(server, null);
  for (const bytes of toClient) client.receive(null, bytes);
  const parameters = [{ name: "FromDate", value: dateTime(instant) }];
  client.createPipeline(commandId, [{ name: "Get-RemoteSupportAccess", parameters }]);
  const create = carried(client, commandId);
  for (const bytes of create) server.receive({ pipeline: commandId, stream: "stdin" }, bytes);
  speak(server);
  const pipelineToClient = taken(server, commandId);
  for (const bytes of pipelineToClient) client.receive(commandId, bytes);
  client.answerHostCall(commandId, { callId: 1n, method: 26, result: 0, error: null });
  return {
    toServer,
    toClient,
    pipelineToServer: [...create, ...carried(client, commandId)],
    pipelineToClient,
  };
}

function speak(server: ServerPool): void {
  server.output(commandId, values[1] ?? null);
  server.error(commandId, errorRecord({ message: "no", errorId: "No,It" }));
  server.say(commandId, "warning", "mind");
  server.information(commandId, writeHostLine("line", instant.toISOString()));
  server.hostCall(commandId, 26, ["terms", "question", list([]), 0]);
}

function carried(client: ClientPool, pipeline: string | null): readonly Uint8Array[] {
  const all: Uint8Array[] = [];
  for (let next = client.take(pipeline, 65_536); next !== null; next = client.take(pipeline, 65_536))
    all.push(next.bytes);
  return all;
}

function taken(server: ServerPool, pipeline: string | null): readonly Uint8Array[] {
  const all: Uint8Array[] = [];
  for (let next = server.take(pipeline); next !== null; next = server.take(pipeline)) all.push(next);
  return all;
}
