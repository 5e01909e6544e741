import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { integerOf, property, textOf } from "../../protocol/clixml/look.ts";
import { NtlmClient } from "../../protocol/ntlm/ntlmClient.ts";
import { FragmentAssembler } from "../../protocol/psrp/fragmentAssembler.ts";
import { hexOf } from "../../protocol/psrp/ids.ts";
import { clientLimits } from "../../protocol/psrp/limits.ts";
import { contentOf, readMessage } from "../../protocol/psrp/messages.ts";
import type { Message } from "../../protocol/psrp/messages.ts";
import { messageTypes } from "../../protocol/psrp/messageTypes.ts";
import { members } from "../../protocol/psrp/objects.ts";
import { readErrorRecord } from "../../protocol/psrp/errorRecord.ts";
import { openBody, SEALED_CONTENT_TYPE, sealBody } from "../../protocol/sealing/sealedBody.ts";
import type { WsmanContext } from "../../protocol/wsman/context.ts";
import { readResponse } from "../../protocol/wsman/readResponse.ts";
import * as ask from "../../protocol/wsman/requests.ts";
import type { WsmanRequest } from "../../protocol/wsman/requests.ts";
import type { WsmanResponse } from "../../protocol/wsman/responses.ts";
import { ClientWithoutMic } from "../../testing/clientWithoutMic.ts";
import { practiceTls } from "../../testing/winrmEnds.ts";
import { WindowsClient } from "../../testing/windowsClient.ts";
import { nodeChance, nodeDigests } from "../../transport/nodeDigests.ts";
import { openConnection } from "../../transport/openConnection.ts";
import type { StampCommand } from "../stampCommand.ts";
import type { EndpointOptions, RunningEndpoint } from "./endpointOptions.ts";
import { startEndpoint } from "./startEndpoint.ts";

/* One test for each client of the table in protocol 12 that is let in, made of our own encoders. */

const { signal } = new AbortController();
const account = { domain: "AZS", user: "cloudadmin", revealPassword: () => "Practice-1!" };
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

const asking: StampCommand = {
  name: "Ask-Operator",
  kind: "Function",
  module: "Practice",
  parameters: [{ name: "Note", type: "String" }],
  async *run({ voice, parameters }) {
    const note = parameters.get("Note");
    if (typeof note === "string") yield note.length;
    else yield await voice.choose("terms", "Proceed?", [{ label: "&Yes", help: "" }], 0);
  },
};

async function started(change: Partial<EndpointOptions> = {}): Promise<RunningEndpoint> {
  const endpoint = await startEndpoint({
    name: "AZS-ERCS01",
    host: "127.0.0.1",
    port: 0,
    accounts: [account],
    computerName: "AZS-ERCS01",
    domainName: "AZS",
    configuration: "PrivilegedEndpoint",
    commands: () => [asking],
    ...change,
  });
  open.push(endpoint);
  return endpoint;
}

const contextOf = (port: number, change: Partial<WsmanContext> = {}): WsmanContext => ({
  to: `http://127.0.0.1:${port}/wsman`,
  configuration: "PrivilegedEndpoint",
  sessionId: randomUUID(),
  maxEnvelopeSize: 512_000,
  newId: randomUUID,
  ...change,
});

type Way = (envelope: string) => Promise<string>;

const ownNtlm = (): NtlmClient =>
  new NtlmClient({
    account: "AZS\\cloudadmin",
    revealPassword: account.revealPassword,
    host: "127.0.0.1",
    sealing: true,
    channelBindings: null,
    digests: nodeDigests,
    ...nodeChance,
  });

/** Bare NTLMSSP without SPNEGO, the first envelope sealed on the AUTHENTICATE request, part headers without TABs. */
async function bareClient(
  port: number,
  scheme: "Negotiate" | "NTLM",
  ntlm: Pick<NtlmClient, "open" | "take" | "receive"> & {
    readonly state: NtlmClient["state"] | ClientWithoutMic["state"];
  } = ownNtlm(),
): Promise<Way> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  open.push({ close: () => agent.destroy() });
  const withToken = (): Readonly<Record<string, string>> => ({
    Authorization: `${scheme} ${Buffer.from(ntlm.take()).toString("base64")}`,
  });
  ntlm.open();
  const challenged = await post(port, agent, withToken(), new Uint8Array());
  expect(challenged.status).toBe(401);
  const [name, token = ""] = (challenged.headers["www-authenticate"] ?? "").split(" ");
  expect(name).toBe(scheme);
  ntlm.receive(Uint8Array.from(Buffer.from(token, "base64")));
  let proof = withToken();
  return async (envelope) => {
    if (ntlm.state.kind !== "complete") throw new Error("not signed in");
    const { context } = ntlm.state;
    const sealed = withoutTabs(sealBody(context, new TextEncoder().encode(envelope)));
    const answer = await post(port, agent, { ...proof, "Content-Type": SEALED_CONTENT_TYPE }, sealed);
    proof = {};
    const plain = openBody(context, answer.body, answer.headers["content-type"] ?? null);
    return new TextDecoder().decode(plain);
  };
}

const withoutTabs = (body: Uint8Array): Uint8Array =>
  Buffer.from(
    Buffer.from(body)
      .toString("latin1")
      .replaceAll(/\t(?=Content-Type|OriginalContent)/g, ""),
    "latin1",
  );

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Uint8Array };

function post(
  port: number,
  agent: Agent,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const path = "/wsman?PSVersion=5.1.14393.2248";
  const options = {
    port,
    agent,
    method: "POST",
    path,
    headers: { ...headers, "Content-Length": body.length },
  };
  const outgoing = request(options, (response) => {
    const chunks: Buffer[] = [];
    response.on("data", (chunk: Buffer) => chunks.push(chunk));
    response.on("error", reject);
    response.on("end", () =>
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: Uint8Array.from(Buffer.concat(chunks)),
      }),
    );
  });
  outgoing.on("error", reject);
  outgoing.end(body);
  return promise;
}

/** Puts the messages of one source together. */
function reader(): (response: WsmanResponse) => readonly Message[] {
  const assembler = new FragmentAssembler(clientLimits, { bytes: 0, objects: 0 });
  return (response) =>
    response.type === "received"
      ? response.streams.flatMap(({ bytes }) => assembler.receive(bytes).map(readMessage))
      : [];
}

const contentsOf = (messages: readonly Message[], type: number) =>
  messages.filter((message) => message.type === type).map(contentOf);

/** One shell over any way of carrying envelopes. */
function shellOver(way: Way, context: WsmanContext, shellId: string = randomUUID().toUpperCase()) {
  const exchange = async (asked: WsmanRequest, dressed: (envelope: string) => string = (text) => text) =>
    readResponse(await way(dressed(asked.envelope)), asked);
  return {
    shellId,
    exchange,
    create: (creationXml: Uint8Array) => exchange(ask.createShell(context, { shellId, creationXml })),
    start: (commandId: string, bytes: Uint8Array) =>
      exchange(ask.runCommand(context, { shellId, commandId, bytes })),
    receive: (commandId: string | null) => exchange(ask.receiveOutput(context, { shellId, commandId })),
    send: (commandId: string | null, bytes: Uint8Array) =>
      ask.sendInput(context, { shellId, commandId, stream: "stdin", bytes }),
    close: () => exchange(ask.deleteShell(context, { shellId })),
  };
}

async function connectedWay(endpoint: RunningEndpoint, transport: "http" | "https"): Promise<Way> {
  const connection = await openConnection(
    { host: "127.0.0.1", port: endpoint.port, transport },
    { account: "AZS\\cloudadmin", revealPassword: account.revealPassword },
    { signal, trust: () => true },
  );
  open.push(connection);
  return async (envelope) => (await connection.exchange(envelope, { firstByteMs: 20_000, signal })).envelope;
}

/** The GUID as it is printed, byte for byte: the order that a public client wrote for years. */
const bigEndian = (guid: string): Uint8Array => Uint8Array.from(Buffer.from(guid.replaceAll("-", ""), "hex"));

describe("Windows PowerShell", () => {
  const operation = "uuid:0A1B2C3D-0000-4000-8000-00000000000E";
  const operationHeaders = `<p:OperationID s:mustUnderstand="false">${operation}</p:OperationID><p:SequenceId s:mustUnderstand="false">1</p:SequenceId>`;

  /** An envelope of ours with what Windows' own client adds to it. */
  const dressed = (envelope: string): string =>
    envelope
      .replace(/(<\/s:Header>)/, `${operationHeaders}$1`)
      .replace(/(<rsp:Shell )/, '$1Name="Runspace1" ')
      .replace("<rsp:Command/>", "<rsp:Command>Get-Command</rsp:Command>")
      .replace("<rsp:Receive>", '<rsp:Receive SequenceId="0">')
      .replace(
        /(Create<\/a:Action>.*)(<\/s:Header>)/s,
        '$1<rsp:CompressionType s:mustUnderstand="true">xpress</rsp:CompressionType>$2',
      );

  test("enters a session: looks for two commands, types a line, sends an error back to be drawn, leaves", async () => {
    const endpoint = await started();
    const [speaking, waiting, idle] = [
      await connectedWay(endpoint, "http"),
      await connectedWay(endpoint, "http"),
      await connectedWay(endpoint, "http"),
    ];
    const heard: string[] = [];
    const over =
      (way: Way): Way =>
      async (envelope) => {
        const answer = await way(dressed(envelope));
        heard.push(answer);
        return answer;
      };
    const context = contextOf(endpoint.port, {
      to: `http://127.0.0.1:${endpoint.port}/wsman?PSVersion=5.1.14393.2248`,
    });
    const shell = shellOver(over(speaking), context);
    const receiving = shellOver(over(waiting), context, shell.shellId);
    const client = new WindowsClient();
    expect((await shell.create(client.lastBytes)).type).toBe("created");
    expect(heard[0]).toContain("<rsp:Name>Runspace1</rsp:Name>");
    expect(heard[0]).toContain("<rsp:CompressionMode>NoCompression</rsp:CompressionMode>");
    expect(heard[0]).toContain("?PSVersion=5.1.14393.2248</a:Address>");
    for (let opening = 0; opening < 3; opening++) await receiving.receive(null);
    // From here on one Receive waits for the pool, as long as it is open.
    const poolWaits = shellOver(idle, context, shell.shellId).receive(null);

    const run = async (guid: string): Promise<readonly Message[]> => {
      const [first, ...rest] = client.lines.flatMap(({ line }) =>
        line.includes(`PSGuid='${guid}'>`) ? [Buffer.from(/>([^<]*)</.exec(line)?.[1] ?? "", "base64")] : [],
      );
      expect((await shell.start(guid, first ?? Buffer.of())).type).toBe("commandStarted");
      for (const input of rest) await shell.exchange(shell.send(guid, input));
      const read = reader();
      const messages: Message[] = [];
      for (let isDone = false; !isDone; ) {
        const answer = await receiving.receive(guid);
        messages.push(...read(answer));
        isDone = answer.type !== "received" || answer.commandState?.state === "done";
      }
      const terminate = ask.signalCommand(context, {
        shellId: shell.shellId,
        commandId: guid,
        signal: "terminate",
      });
      expect((await shell.exchange(terminate)).type).toBe("signalled");
      return messages;
    };
    const types = async (guid: string): Promise<readonly number[]> =>
      (await run(guid)).map(({ type }) => type);
    const { pipelineOutput, pipelineHostCall, pipelineState } = messageTypes;
    expect(await types(client.metadata("Out-Default", "Exit-PSSession"))).toEqual([
      pipelineOutput,
      pipelineOutput,
      pipelineOutput,
      pipelineState,
    ]);
    const [refused] = contentsOf(await run(client.command("prompt")), pipelineState);
    const record = readErrorRecord(property(refused ?? null, "ExceptionAsErrorRecord") ?? null);
    expect(record.errorId).toBe("CommandNotFoundException");
    const drawn = await types(
      client.typed("gcm Ask-Operator", ["gcm", { name: null, value: "Ask-Operator" }]),
    );
    expect(new Set(drawn.slice(0, -1))).toEqual(new Set([pipelineHostCall]));
    expect((await types(client.drawError(record))).slice(0, -1)).toContain(pipelineHostCall);
    expect(await types(client.typed("exit", ["Exit-PSSession"]))).toEqual([pipelineHostCall, pipelineState]);
    expect((await shell.close()).type).toBe("deleted");
    expect(await poolWaits).toMatchObject({ type: "fault" });
    expect(heard.every((answer) => answer.includes(`>${operation}</p:OperationID>`))).toBe(true);
  });
});

describe("ironPosh", () => {
  test.each(["Negotiate", "NTLM"] as const)(
    "signs in with bare NTLM under %s, and its ids come back as they came",
    async (scheme) => {
      const endpoint = await started();
      const client = new WindowsClient("2.3", bigEndian);
      const shell = shellOver(await bareClient(endpoint.port, scheme), contextOf(endpoint.port));
      expect((await shell.create(client.lastBytes)).type).toBe("created");
      const read = reader();
      const opening = [
        await shell.receive(null),
        await shell.receive(null),
        await shell.receive(null),
      ].flatMap(read);
      const poolId = hexOf(
        readMessage(
          new FragmentAssembler(clientLimits, { bytes: 0, objects: 0 }).receive(client.lastBytes)[0] ??
            new Uint8Array(),
        ).poolId,
      );
      expect(opening.map(({ poolId: echoed }) => hexOf(echoed))).toEqual(["00".repeat(16), poolId, poolId]);
    },
  );

  test("answers a question on stdin with the CommandId on rsp:Send, sends large fragments, stops by terminate", async () => {
    const endpoint = await started();
    const client = new WindowsClient("2.3", bigEndian);
    const context = contextOf(endpoint.port);
    const shell = shellOver(await bareClient(endpoint.port, "Negotiate"), context);
    await shell.create(client.lastBytes);
    const first = client.command("Ask-Operator").toUpperCase();
    await shell.start(first, client.lastBytes);
    const read = reader();
    const question = await shell.receive(first);
    expect(question).toMatchObject({ commandState: { state: "pending" } });
    read(question);
    client.answer(first.toLowerCase(), 1n, 26, 0);
    const moved = (envelope: string): string =>
      envelope.replace(` CommandId="${first}"`, "").replace("<rsp:Send>", `<rsp:Send CommandId="${first}">`);
    expect(await shell.exchange(shell.send(first, client.lastBytes), moved)).toEqual({ type: "sent" });
    expect(contentsOf(read(await shell.receive(first)), messageTypes.pipelineOutput)).toEqual([0]);

    const long = client.command("Ask-Operator", { name: "Note", value: "x".repeat(300_000) }).toUpperCase();
    await shell.start(long, client.lastBytes);
    expect(contentsOf(reader()(await shell.receive(long)), messageTypes.pipelineOutput)).toEqual([300_000]);

    const stopped = client.command("Ask-Operator").toUpperCase();
    await shell.start(stopped, client.lastBytes);
    await shell.receive(stopped);
    const { shellId } = shell;
    const terminate = ask.signalCommand(context, { shellId, commandId: stopped, signal: "terminate" });
    const inLowerCase = (envelope: string): string =>
      envelope.replace("signal/Terminate", "signal/terminate");
    expect(await shell.exchange(terminate, inLowerCase)).toEqual({ type: "signalled" });
    expect(await shell.receive(stopped)).toMatchObject({ fault: { code: 2150858843 } });
  });
});

test("pypsrp's asynchronous client answers a question after its stop, and hears that it stopped all the same", async () => {
  const endpoint = await started();
  const context = contextOf(endpoint.port);
  const shell = shellOver(await connectedWay(endpoint, "http"), context);
  const client = new WindowsClient();
  await shell.create(client.lastBytes);
  const commandId = client.command("Ask-Operator").toUpperCase();
  await shell.start(commandId, client.lastBytes);
  await shell.receive(commandId);
  await shell.exchange(ask.signalCommand(context, { shellId: shell.shellId, commandId, signal: "stop" }));
  client.answer(commandId.toLowerCase(), 1n, 26, 0);
  expect(await shell.exchange(shell.send(commandId, client.lastBytes))).toEqual({ type: "sent" });
  const last = await shell.receive(commandId);
  expect(last).toMatchObject({ commandState: { state: "done" } });
  const [state] = contentsOf(reader()(last), messageTypes.pipelineState);
  expect(integerOf(property(state, "PipelineState"))).toBe(3);
});

test("go-psrp over HTTPS declares no host, tells the pool's state at its end and signals nothing in particular", async () => {
  const endpoint = await started({ tls: practiceTls(true) });
  const context = contextOf(endpoint.port, { to: `https://127.0.0.1:${endpoint.port}/wsman` });
  const shell = shellOver(await connectedWay(endpoint, "https"), context);
  const client = new WindowsClient("2.3", undefined, "none");
  await shell.create(client.lastBytes);
  const commandId = client.command("Ask-Operator");
  await shell.start(commandId, client.lastBytes);
  const [state] = contentsOf(reader()(await shell.receive(commandId)), messageTypes.pipelineState);
  const error = readErrorRecord(property(state, "ExceptionAsErrorRecord") ?? null);
  expect([integerOf(property(state, "PipelineState")), error.errorId]).toEqual([
    5,
    "HostException,Ask-Operator",
  ]);
  client.tell(messageTypes.runspacePoolState, members({ RunspaceState: 3 }));
  expect(await shell.exchange(shell.send(null, client.lastBytes))).toEqual({ type: "sent" });
  const { shellId } = shell;
  const empty = ask.signalCommand(context, { shellId, commandId: "", signal: "terminate" });
  expect(await shell.exchange(empty)).toEqual({ type: "signalled" });
  expect(await shell.close()).toEqual({ type: "deleted" });
  expect(endpoint.shells()).toEqual([]);
});

test("WinRb signs in without an integrity code, and its Invoke-Expression is refused as a command that does not exist", async () => {
  const endpoint = await started();
  const context = contextOf(endpoint.port);
  const ntlm = new ClientWithoutMic("AZS\\cloudadmin", account.revealPassword());
  const way = await bareClient(endpoint.port, "Negotiate", ntlm);
  const wrong = shellOver(way, contextOf(endpoint.port, { configuration: "Microsoft.PowerShell" }));
  const client = new WindowsClient();
  const creationXml = client.lastBytes;
  expect(await wrong.create(creationXml)).toMatchObject({ fault: { code: 2150858811 } });
  const shell = shellOver(way, context);
  await shell.create(creationXml);
  const commandId = client.command("Invoke-Expression", { name: "-Command", value: "Get-Process" });
  await shell.start(commandId, client.lastBytes);
  const [state] = contentsOf(reader()(await shell.receive(commandId)), messageTypes.pipelineState);
  expect(readErrorRecord(property(state, "ExceptionAsErrorRecord") ?? null).errorId).toBe(
    "CommandNotFoundException",
  );
});

describe("Test-WSMan and who else asks wsmid:Identify", () => {
  const identify =
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"><s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>';

  test("hears without sign-in that a practice stamp speaks WS-Management here, and of no system", async () => {
    const endpoint = await started();
    const agent = new Agent();
    open.push({ close: () => agent.destroy() });
    const headers = { WSMANIDENTIFY: "unauthenticated" };
    const answer = await post(endpoint.port, agent, headers, new TextEncoder().encode(identify));
    const told = new TextDecoder().decode(answer.body);
    expect([answer.status, told]).toEqual([200, expect.stringContaining("Practice stamp")]);
    expect(told).toContain("OS: 0.0.0 SP: 0.0 Stack: 3.0");
    expect((await post(endpoint.port, agent, {}, new TextEncoder().encode(identify))).status).toBe(401);
  });

  test("hears of the system when signed in, sealed", async () => {
    const endpoint = await started();
    const way = await connectedWay(endpoint, "http");
    expect(await way(identify)).toContain("OS: 10.0.14393 SP: 0.0 Stack: 3.0");
  });
});

test("text shells are refused: there is no such resource here", async () => {
  const endpoint = await started();
  const way = await connectedWay(endpoint, "http");
  const asked = ask.createShell(contextOf(endpoint.port), {
    shellId: randomUUID().toUpperCase(),
    creationXml: new Uint8Array(),
  });
  const cmd = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd";
  const envelope = asked.envelope
    .replace("http://schemas.microsoft.com/powershell/PrivilegedEndpoint", cmd)
    .replace(/<creationXml.*<\/creationXml>/, "");
  expect(readResponse(await way(envelope), asked)).toMatchObject({
    type: "fault",
    fault: { code: 2150858811, subcode: "DestinationUnreachable", text: expect.stringContaining(cmd) },
  });
});

describe("all of them", () => {
  test("may write GUIDs in lower case, message ids without uuid:, other prefixes and quotes, and ask for compression", async () => {
    const endpoint = await started();
    const context = contextOf(endpoint.port);
    const way = await connectedWay(endpoint, "http");
    const shellId = randomUUID();
    const asked = ask.createShell(context, { shellId, creationXml: new WindowsClient().lastBytes });
    const messageId = randomUUID();
    const dressed = asked.envelope
      .replace(asked.messageId, messageId)
      .replace(
        "</s:Header>",
        '<rsp:CompressionType s:mustUnderstand="true">xpress</rsp:CompressionType></s:Header>',
      )
      .replaceAll(/(<\/?)s:/g, "$1env:")
      .replaceAll(" s:mustUnderstand", " env:mustUnderstand")
      .replace("xmlns:s=", "xmlns:env=")
      .replaceAll('"', "'");
    const answer = await way(`<?xml version='1.0' encoding='utf-8'?>\n${dressed}`);
    expect(answer).toContain("NoCompression");
    expect(readResponse(answer, { ...asked, messageId })).toMatchObject({ type: "created", shellId });
    const shell = shellOver(way, context, shellId);
    const read = reader();
    const [capability] = read(await shell.receive(null)).map(contentOf);
    expect(textOf(property(capability, "protocolversion"))).toBe("2.3");
    const commandId = randomUUID();
    const client = new WindowsClient();
    client.command("prompt");
    expect(await shell.start(commandId, client.lastBytes)).toMatchObject({ type: "commandStarted" });
    expect(await shell.receive(commandId)).toMatchObject({ commandState: { state: "done" } });
  });
});
