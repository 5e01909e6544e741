import { generateKeyPairSync, randomUUID } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { list } from "../../protocol/clixml/build.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { property, textOf } from "../../protocol/clixml/look.ts";
import { writeClixml } from "../../protocol/clixml/write.ts";
import type { ClientCommand } from "../../protocol/psrp/clientCommand.ts";
import type { ClientEvent } from "../../protocol/psrp/clientEvents.ts";
import { ClientPool } from "../../protocol/psrp/clientPool.ts";
import { readFragments, writeFragment } from "../../protocol/psrp/fragments.ts";
import { readMessage, writeMessage } from "../../protocol/psrp/messages.ts";
import { members } from "../../protocol/psrp/objects.ts";
import type { WsmanContext } from "../../protocol/wsman/context.ts";
import { readResponse } from "../../protocol/wsman/readResponse.ts";
import * as ask from "../../protocol/wsman/requests.ts";
import { namespaces } from "../../protocol/wsman/names.ts";
import type { WsmanRequest } from "../../protocol/wsman/requests.ts";
import type { WsmanResponse } from "../../protocol/wsman/responses.ts";
import { openConnection } from "../../transport/openConnection.ts";
import type { WinrmConnection } from "../../transport/winrmConnection.ts";
import type { StampCommand } from "../stampCommand.ts";
import type { EndpointClock, EndpointOptions, RunningEndpoint } from "./endpointOptions.ts";
import { startEndpoint } from "./startEndpoint.ts";

const { signal } = new AbortController();
const configuration = "PrivilegedEndpoint";
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

/** A clock that stands still until it is moved. */
function stillClock(): EndpointClock & { move(milliseconds: number): void } {
  let now = 0;
  const alarms = new Set<{ readonly at: number; readonly act: () => void }>();
  return {
    now: () => now,
    after: (milliseconds, act) => {
      const alarm = { at: now + milliseconds, act };
      alarms.add(alarm);
      return { cancel: () => alarms.delete(alarm) };
    },
    move: (milliseconds) => {
      now += milliseconds;
      for (const alarm of alarms) if (alarm.at <= now && alarms.delete(alarm)) alarm.act();
    },
  };
}

const asked: StampCommand = {
  name: "Ask-Operator",
  kind: "Function",
  module: "Practice",
  parameters: [
    {
      name: "AccessLevel",
      type: "String",
      mandatory: true,
      position: 0,
      oneOf: ["Diagnostics", "DiagnosticsRepair"],
    },
    { name: "ExpireInMinutes", type: "Int32", range: [60, 20_160] },
    { name: "Force", type: "Switch" },
  ],
  async *run({ voice, parameters, account }) {
    const choices = [
      { label: "&Yes", help: "" },
      { label: "&No", help: "" },
    ];
    const chosen = parameters.get("Force") === true ? 0 : await voice.choose("terms", "Proceed?", choices, 0);
    voice.information(`chose ${chosen}`);
    yield `${account} ${JSON.stringify(parameters.get("AccessLevel"))}`;
  },
};

const counting: StampCommand = {
  name: "Get-Number",
  kind: "Function",
  module: "Practice",
  parameters: [{ name: "Count", type: "Int32", position: 0 }],
  async *run({ parameters }) {
    for (let number = 1; number <= Number(parameters.get("Count") ?? 3); number++) yield number;
  },
};

const waiting: StampCommand = {
  name: "Wait-Forever",
  kind: "Function",
  module: "Practice",
  parameters: [],
  async *run(invocation) {
    yield "begun";
    await new Promise((_, reject) =>
      invocation.signal.addEventListener("abort", () => reject(new Error("stopped")), { once: true }),
    );
  },
};

async function started(change: Partial<EndpointOptions> = {}): Promise<RunningEndpoint> {
  const account = { domain: "AZS", revealPassword: () => "Practice-1!" };
  const endpoint = await startEndpoint({
    name: "AZS-ERCS01",
    host: "127.0.0.1",
    port: 0,
    accounts: [
      { ...account, user: "cloudadmin" },
      { ...account, user: "other" },
    ],
    computerName: "AZS-ERCS01",
    domainName: "AZS",
    configuration,
    commands: () => [asked, counting, waiting],
    ...change,
  });
  open.push(endpoint);
  return endpoint;
}

async function connected(endpoint: RunningEndpoint, user = "cloudadmin"): Promise<WinrmConnection> {
  const address = { host: "127.0.0.1", port: endpoint.port, transport: "http" } as const;
  const credential = { account: `AZS\\${user}`, revealPassword: () => "Practice-1!" };
  const connection = await openConnection(address, credential, { signal });
  open.push(connection);
  return connection;
}

async function exchange(connection: WinrmConnection, request: WsmanRequest): Promise<WsmanResponse> {
  const reply = await connection.exchange(request.envelope, { firstByteMs: 20_000, signal });
  return readResponse(reply.envelope, request);
}

function contextOf(endpoint: RunningEndpoint, change: Partial<WsmanContext> = {}): WsmanContext {
  return {
    to: `http://127.0.0.1:${endpoint.port}/wsman`,
    configuration,
    sessionId: randomUUID(),
    maxEnvelopeSize: 153_600,
    newId: randomUUID,
    ...change,
  };
}

/** One pool over one connection, and what it heard. */
async function opened(endpoint: RunningEndpoint, change: Partial<WsmanContext> = {}, user?: string) {
  const connection = await connected(endpoint, user);
  const context = contextOf(endpoint, change);
  const shellId = randomUUID().toUpperCase();
  const pool = new ClientPool(shellId);
  pool.open();
  const creationXml = pool.take(null, 100_000)?.bytes ?? new Uint8Array();
  const created = await exchange(connection, ask.createShell(context, { shellId, creationXml }));
  const events: ClientEvent[] = [];
  const receive = async (commandId: string | null, over = connection): Promise<WsmanResponse> => {
    const response = await exchange(over, ask.receiveOutput(context, { shellId, commandId }));
    if (response.type === "received")
      for (const stream of response.streams) events.push(...pool.receive(commandId, stream.bytes));
    return response;
  };
  const begin = async (commands: readonly ClientCommand[]): Promise<string> => {
    const commandId = randomUUID().toUpperCase();
    pool.createPipeline(commandId, commands);
    const bytes = pool.take(commandId, 32_000)?.bytes ?? new Uint8Array();
    await exchange(connection, ask.runCommand(context, { shellId, commandId, bytes }));
    return commandId;
  };
  const finish = async (commandId: string): Promise<WsmanResponse> => {
    let response = await receive(commandId);
    while (response.type === "received" && response.commandState?.state !== "done")
      response = await receive(commandId);
    return response;
  };
  const run = async (...commands: readonly ClientCommand[]) => {
    events.length = 0;
    await finish(await begin(commands));
    return events;
  };
  return { connection, context, shellId, pool, created, events, receive, begin, finish, run };
}

async function ready(endpoint: RunningEndpoint, change: Partial<WsmanContext> = {}) {
  const client = await opened(endpoint, change);
  for (let answers = 0; answers < 3; answers++) await client.receive(null);
  return client;
}

const command = (name: string, ...given: readonly [string, ClixmlValue][]): ClientCommand => ({
  name,
  parameters: given.map(([parameter, value]) => ({ name: parameter, value })),
});

const outputs = (events: readonly ClientEvent[]): readonly ClixmlValue[] =>
  events.flatMap((event) => (event.type === "output" ? [event.value] : []));

const ending = (events: readonly ClientEvent[]): readonly [string, string, number] | null => {
  const end = events.find((event) => event.type === "pipelineState");
  return end === undefined ? null : [end.state, end.error?.errorId ?? "", end.error?.category ?? -1];
};

describe("a shell", () => {
  test("opens in three answers with one message each, as a JEA endpoint does", async () => {
    const endpoint = await started();
    const client = await opened(endpoint);
    expect(client.created).toMatchObject({
      type: "created",
      shellId: client.shellId,
      shell: { owner: "AZS\\cloudadmin", idleTimeoutMs: 7_200_000, state: "Connected" },
    });
    const answers = [await client.receive(null), await client.receive(null), await client.receive(null)];
    expect(answers.map((answer) => answer.type === "received" && answer.streams.length)).toEqual([1, 1, 1]);
    expect(client.events.map((event) => event.type)).toEqual(["capability", "privateData", "poolState"]);
    expect(client.pool.state).toBe("opened");
  });

  test("is refused for another configuration, and beyond the quota of an account", async () => {
    const endpoint = await started({ quotas: { shellsPerUser: 1 } });
    const wrong = await opened(endpoint, { configuration: "Microsoft.PowerShell" });
    expect(wrong.created).toMatchObject({
      type: "fault",
      fault: { code: 2150858811, subcode: "DestinationUnreachable" },
    });
    expect((await opened(endpoint, { configuration: "privilegedENDPOINT" })).created.type).toBe("created");
    expect((await opened(endpoint)).created).toMatchObject({ type: "fault", fault: { code: 2150859173 } });
    expect((await opened(endpoint, {}, "other")).created.type).toBe("created");
  });

  test("that exists is named so to who creates it again, even where the quota is used up", async () => {
    const endpoint = await started({ quotas: { shellsPerUser: 1 } });
    const client = await opened(endpoint);
    const again = ask.createShell(client.context, {
      shellId: client.shellId,
      creationXml: new Uint8Array(),
    });
    expect(await exchange(client.connection, again)).toMatchObject({
      type: "fault",
      fault: { code: 183, subcode: "AlreadyExists" },
    });
  });

  test.each([
    ["listed", (context: WsmanContext) => ask.enumerateShells(context)],
    ["looked at", (context: WsmanContext, shellId: string) => ask.getShell(context, { shellId })],
    ["deleted", (context: WsmanContext, shellId: string) => ask.deleteShell(context, { shellId })],
  ])("is not %s under a resource that is not here", async (_, asking) => {
    const endpoint = await started();
    const client = await opened(endpoint);
    const request = asking(client.context, client.shellId);
    const services = "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Service";
    const elsewhere = request.envelope.replace(/(<w:ResourceURI[^>]*>)[^<]*/, `$1${services}`);
    expect(await exchange(client.connection, { ...request, envelope: elsewhere })).toMatchObject({
      type: "fault",
      fault: { code: 2150858811, text: expect.stringContaining(services) },
    });
    expect(endpoint.shells()).toHaveLength(1);
  });

  test("is listed in parts to who does not ask for all at once", async () => {
    const endpoint = await started();
    const [one, two] = [await opened(endpoint), await opened(endpoint)];
    const first = ask.enumerateShells(one.context);
    const unhurried = first.envelope.replace(/<n:Enumerate>.*<\/n:Enumerate>/, "<n:Enumerate></n:Enumerate>");
    let answer = await exchange(one.connection, { ...first, envelope: unhurried });
    const found: (readonly string[])[] = [];
    while (answer.type === "listed") {
      found.push(answer.shells.map(({ shellId }) => shellId));
      if (answer.more === null) break;
      const pull = ask.pullMore(one.context, { of: "shells", enumerationContext: answer.more });
      const single = pull.envelope.replace(/<n:MaxElements>.*<\/n:MaxElements>/, "");
      answer = await exchange(one.connection, { ...pull, envelope: single });
    }
    expect(found).toEqual([[], [one.shellId], [two.shellId]]);
  });

  test("is not found behind a context that was never given", async () => {
    const endpoint = await started();
    const client = await opened(endpoint);
    for (const enumerationContext of ["", "uuid:1", "shells", "shells 1e9", "shells -1", "__proto__ 0"])
      expect(
        await exchange(client.connection, ask.pullMore(client.context, { of: "shells", enumerationContext })),
      ).toMatchObject({ type: "fault", fault: { code: 87 } });
  });

  test("takes no command line of text", async () => {
    const endpoint = await started();
    const client = await ready(endpoint);
    const { shellId } = client;
    const request = ask.runCommand(client.context, { shellId, commandId: "TEXT", bytes: new Uint8Array() });
    const text = request.envelope
      .replace("<rsp:Command/>", "<rsp:Command>whoami</rsp:Command>")
      .replace(/<rsp:Arguments>.*<\/rsp:Arguments>|<rsp:Arguments\/>/, "");
    expect(await exchange(client.connection, { ...request, envelope: text })).toMatchObject({
      type: "fault",
      fault: { code: 2150858817 },
    });
  });

  test("of somebody else looks gone, and so does a deleted one", async () => {
    const endpoint = await started();
    const mine = await ready(endpoint);
    const other = await connected(endpoint, "other");
    const inShell = { shellId: mine.shellId };
    const goneFault = { type: "fault", fault: { code: 2150858843 } };
    expect(await exchange(other, ask.getShell(mine.context, inShell))).toMatchObject(goneFault);
    expect(await exchange(other, ask.deleteShell(mine.context, inShell))).toMatchObject(goneFault);
    expect(await exchange(other, ask.enumerateShells(mine.context))).toMatchObject({ shells: [] });
    expect(await exchange(mine.connection, ask.deleteShell(mine.context, inShell))).toEqual({
      type: "deleted",
    });
    expect(await exchange(mine.connection, ask.deleteShell(mine.context, inShell))).toMatchObject(goneFault);
    expect(endpoint.shells()).toEqual([]);
  });

  test("is listed with its owner, where it came from, its age, and how long nobody used it", async () => {
    const clock = stillClock();
    const endpoint = await started({ clock });
    const client = await ready(endpoint);
    clock.move(3_661_000);
    await exchange(
      client.connection,
      ask.sendInput(client.context, {
        shellId: client.shellId,
        commandId: null,
        stream: "stdin",
        bytes: new Uint8Array(),
      }),
    );
    clock.move(42_000);
    // Over a connection of its own: looking is no use of the shell.
    const looking = await connected(endpoint);
    expect(await exchange(looking, ask.enumerateShells(client.context))).toMatchObject({
      shells: [
        {
          shellId: client.shellId,
          resourceUri: expect.stringMatching(/\/PrivilegedEndpoint$/),
          owner: "AZS\\cloudadmin",
          clientIp: "127.0.0.1",
          processId: expect.stringMatching(/^\d+$/),
          idleTimeoutMs: 7_200_000,
          runTimeMs: 3_703_000,
          inactivityMs: 42_000,
        },
      ],
    });
  });

  test("shows itself disconnected after a minute of silence, and is removed after its idle time", async () => {
    const clock = stillClock();
    const endpoint = await started({ clock });
    const client = await ready(endpoint);
    clock.move(61_000);
    expect(await exchange(client.connection, ask.getShell(client.context, client))).toMatchObject({
      shell: { state: "Disconnected" },
    });
    clock.move(7_200_000);
    expect(await exchange(client.connection, ask.getShell(client.context, client))).toMatchObject({
      fault: { code: 2150858843 },
    });
  });

  test("is left for as long as the client asked, and shows so", async () => {
    const clock = stillClock();
    const endpoint = await started({ clock });
    const client = await ready(endpoint);
    const left = { shellId: client.shellId, idleTimeoutMs: 600_000 };
    await exchange(client.connection, ask.disconnectShell(client.context, left));
    expect(await exchange(client.connection, ask.enumerateShells(client.context))).toMatchObject({
      shells: [{ state: "Disconnected", idleTimeoutMs: 600_000 }],
    });
    clock.move(600_001);
    expect(await exchange(client.connection, ask.enumerateShells(client.context))).toMatchObject({
      shells: [],
    });
  });

  test("is left, found and joined by a second client with its command still running", async () => {
    const endpoint = await started();
    const first = await ready(endpoint);
    const commandId = await first.begin([command("Wait-Forever")]);
    await first.receive(commandId);
    await exchange(first.connection, ask.disconnectShell(first.context, first));
    expect(await first.receive(commandId)).toMatchObject({ fault: { code: 2150859230 } });
    const connection = await connected(endpoint);
    const context = contextOf(endpoint);
    expect(await exchange(connection, ask.enumerateShells(context))).toMatchObject({
      shells: [{ shellId: first.shellId, state: "Disconnected" }],
    });
    expect(await exchange(connection, ask.enumerateCommands(context, first))).toMatchObject({
      commands: [{ commandId, state: "Running" }],
    });
    const pool = new ClientPool(first.shellId, { joining: true });
    pool.connect();
    const connectXml = pool.take(null, 100_000)?.bytes ?? new Uint8Array();
    const bad = ask.connectShell(context, { shellId: first.shellId, connectXml: connectXml.slice(0, -1) });
    expect(await exchange(connection, bad)).toMatchObject({ fault: { code: 2152992675 } });
    for (const [sizes, isTaken] of [
      [[2, 3], false],
      [[1, 3], true],
    ] as const) {
      const sized = ask.connectShell(context, {
        shellId: first.shellId,
        connectXml: withSizes(connectXml, sizes),
      });
      expect(await exchange(connection, sized)).toMatchObject(
        isTaken
          ? { type: "connected" }
          : { fault: { code: 2152992675, text: expect.stringContaining("MinRunspaces and MaxRunspaces") } },
      );
    }
    const joined = await exchange(
      connection,
      ask.connectShell(context, { shellId: first.shellId, connectXml }),
    );
    if (joined.type !== "connected" || joined.connectResponseXml === null) throw new Error("not joined");
    expect(pool.receive(null, joined.connectResponseXml).map((event) => event.type)).toContain("initData");
    const join = ask.connectCommand(context, { shellId: first.shellId, commandId });
    expect(await exchange(connection, join)).toEqual({ type: "connected", connectResponseXml: null });
  });
});

/** What joins a pool, with the sizes that a client of .NET names there. */
function withSizes(connectXml: Uint8Array, [min, max]: readonly [number, number]): Uint8Array {
  const [capability, connect] = readFragments(connectXml);
  if (capability === undefined || connect === undefined) throw new Error("two fragments join a pool");
  const text = writeClixml(members({ MinRunspaces: min, MaxRunspaces: max }));
  const data = writeMessage({ ...readMessage(connect.data), text }, { mark: false });
  return Buffer.concat([writeFragment(capability), writeFragment({ ...connect, data })]);
}

test.each([
  ["that is not there", "NO-SUCH-COMMAND", { fault: { code: 2150858843 } }],
  ["that runs", null, { type: "reconnected" }],
])("a Reconnect of a command %s", async (_, named, expected) => {
  const client = await ready(await started());
  const running = await client.begin([command("Wait-Forever")]);
  const request = ask.reconnectShell(client.context, client);
  const body = `<s:Body><rsp:Reconnect xmlns:rsp="${namespaces.rsp}" CommandId="${named ?? running}"/></s:Body>`;
  const envelope = request.envelope.replace(/<s:Body(\/>|><\/s:Body>)/, body);
  expect(envelope).toContain(body);
  expect(await exchange(client.connection, { ...request, envelope })).toMatchObject(expected);
});

describe("hostile bytes", () => {
  test("a second handshake in one creationXml breaks that pool and no other", async () => {
    const endpoint = await started();
    const connection = await connected(endpoint);
    const context = contextOf(endpoint);
    const shellId = randomUUID().toUpperCase();
    const parts = [new ClientPool(shellId), new ClientPool(shellId)].map((pool) => {
      pool.open();
      return pool.take(null, 100_000)?.bytes ?? new Uint8Array();
    });
    await exchange(connection, ask.createShell(context, { shellId, creationXml: Buffer.concat(parts) }));
    const pool = new ClientPool(shellId);
    pool.open();
    const states: string[] = [];
    for (let answers = 0; answers < 2; answers++) {
      const response = await exchange(connection, ask.receiveOutput(context, { shellId, commandId: null }));
      for (const stream of response.type === "received" ? response.streams : [])
        for (const event of pool.receive(null, stream.bytes))
          if (event.type === "poolState") states.push(event.state);
    }
    expect(states).toEqual(["broken"]);
    expect((await ready(endpoint)).pool.state).toBe("opened");
  });

  test("a public key that is none breaks that pool, an honest one is answered", async () => {
    const endpoint = await started();
    const offer = async (modulus: Uint8Array, exponent: number) => {
      const client = await ready(endpoint);
      client.pool.offerPublicKey({ modulus, exponent });
      const offered = client.pool.take(null, 32_000);
      if (offered === null) throw new Error("nothing to send");
      const { shellId } = client;
      const send = ask.sendInput(client.context, { shellId, commandId: null, ...offered });
      expect(await exchange(client.connection, send)).toEqual({ type: "sent" });
      await client.receive(null);
      return client;
    };
    expect((await offer(new Uint8Array(256), 0)).pool.state).toBe("broken");
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
    const modulus = Buffer.from(publicKey.export({ format: "jwk" }).n ?? "", "base64url");
    const honest = await offer(modulus, 65_537);
    expect(honest.events.at(-1)?.type).toBe("sessionKey");
  });
});

describe("waiting", () => {
  test("ends with a timeout fault when the time is over, and not before", async () => {
    const clock = stillClock();
    const endpoint = await started({ clock });
    const client = await ready(endpoint);
    const answer = client.receive(null);
    const other = await connected(endpoint);
    await exchange(other, ask.getShell(client.context, client));
    clock.move(59_999);
    await exchange(other, ask.getShell(client.context, client));
    clock.move(1);
    expect(await answer).toMatchObject({ type: "fault", fault: { code: 2150858793, subcode: "TimedOut" } });
  });

  test("a second Receive on one source answers the older one at once", async () => {
    const endpoint = await started();
    const client = await ready(endpoint);
    const second = await connected(endpoint);
    const older = client.receive(null);
    const newer = client.receive(null, second);
    expect(await older).toMatchObject({ fault: { code: 2150858793 } });
    await endpoint.close();
    await newer.catch(() => undefined);
  });

  test("closing the endpoint is prompt with a Receive under way", async () => {
    const endpoint = await started();
    const client = await ready(endpoint);
    const waits = client.receive(null).then(
      (answer) => answer.type,
      () => "cut",
    );
    await endpoint.close();
    expect(["cut", "fault"]).toContain(await waits);
    expect(endpoint.shells()).toEqual([]);
  });
});

describe("a pipeline", () => {
  test("ends in the answer that says Done, and is then not there any more", async () => {
    const client = await ready(await started());
    const commandId = await client.begin([command("Get-Number", ["Count", 2])]);
    expect(await client.receive(commandId)).toMatchObject({
      streams: [{}, {}, {}],
      commandState: { state: "done", exitCode: 0 },
    });
    expect(outputs(client.events)).toEqual([1, 2]);
    expect(ending(client.events)).toEqual(["completed", "", -1]);
    expect(await client.receive(commandId)).toMatchObject({ fault: { code: 2150858843 } });
  });

  test("passes output on to the next command", async () => {
    const client = await ready(await started());
    const events = await client.run(command("Get-Number", ["Count", 5]), command("Measure-Object"));
    expect(outputs(events).map((value) => property(value, "Count"))).toEqual([5]);
    const chosen = await client.run(command("Get-Command"), command("select", ["Property", "Name"]));
    expect(outputs(chosen).map((value) => textOf(property(value, "Name")))).toContain("Get-Number");
  });

  test.each([
    ["an unknown name", command("prompt"), "CommandNotFoundException", 13],
    [
      "a parameter that the restricted proxy lacks",
      command("Select-Object", ["First", 2]),
      "NamedParameterNotFound,Select-Object",
      5,
    ],
    [
      "a property that the restricted proxy does not select",
      command("Select-Object", ["InputObject", "x"], ["Property", list(["Name", "State"])]),
      "ParameterArgumentValidationError,Select-Object",
      6,
    ],
    [
      "a pattern where the restricted proxy takes a plain name",
      command("Get-Help", ["Name", "*Number*"]),
      "ParameterArgumentValidationError,Get-Help",
      6,
    ],
    ["an unknown parameter", command("Get-Number", ["Nope", 1]), "NamedParameterNotFound,Get-Number", 5],
    [
      "a word outside the set",
      command("Ask-Operator", ["AccessLevel", "All"]),
      "ParameterArgumentValidationError,Ask-Operator",
      6,
    ],
    [
      "no number",
      command("Get-Number", ["Count", "abc"]),
      "ParameterArgumentTransformationError,Get-Number",
      6,
    ],
  ])("with %s fails by its state alone", async (_, wrong, errorId, category) => {
    const client = await ready(await started());
    const events = await client.run(wrong);
    expect(ending(events)).toEqual(["failed", errorId, category]);
    expect(events.some((event) => event.type === "error")).toBe(false);
  });

  test("lists the session's commands with their parameters", async () => {
    const client = await ready(await started());
    const events = await client.run(command("Get-Command", ["Name", "Ask*"]));
    expect(outputs(events).map((value) => textOf(property(value, "Name")))).toEqual(["Ask-Operator"]);
    const all = await client.run(command("Get-Command"));
    expect(outputs(all)).toHaveLength(11);
    const none = await client.run(command("Get-Command", ["Name", "Nope"]));
    expect(none.map((event) => event.type)).toEqual(["error", "pipelineState"]);
  });

  test("of GET_COMMAND_METADATA counts what fits, then describes it", async () => {
    const client = await ready(await started());
    const commandId = randomUUID().toUpperCase();
    const names = ["Out-Default", "Exit-PSSession", "Nope"];
    client.pool.getCommandMetadata(commandId, { names, commandType: 271, namespaces: [] });
    const bytes = client.pool.take(commandId, 32_000)?.bytes ?? new Uint8Array();
    const { shellId } = client;
    await exchange(client.connection, ask.runCommand(client.context, { shellId, commandId, bytes }));
    await client.finish(commandId);
    const [count, ...found] = outputs(client.events);
    expect(property(count, "Count")).toBe(2);
    expect(found.map((value) => property(value, "Name"))).toEqual(["Out-Default", "Exit-PSSession"]);
  });

  test("is stopped by crtl_c alone, with its state ready before the answer", async () => {
    const endpoint = await started();
    const client = await ready(endpoint);
    const commandId = await client.begin([command("Wait-Forever")]);
    await client.receive(commandId);
    const stop = ask.signalCommand(client.context, { shellId: client.shellId, commandId, signal: "stop" });
    expect(await exchange(client.connection, stop)).toEqual({ type: "signalled" });
    expect(await client.receive(commandId)).toMatchObject({ commandState: { state: "done" } });
    expect(ending(client.events)).toEqual(["stopped", "PipelineStopped", 14]);
  });

  test("is closed by any other signal, which ends the waiting Receive", async () => {
    const endpoint = await started();
    const client = await ready(endpoint);
    const commandId = await client.begin([command("Wait-Forever")]);
    await client.receive(commandId);
    const second = await connected(endpoint);
    const waits = client.receive(commandId);
    const close = ask.signalCommand(client.context, {
      shellId: client.shellId,
      commandId,
      signal: "terminate",
    });
    await exchange(second, close);
    const ended = await waits;
    expect([995, 2150858843]).toContain(ended.type === "fault" ? ended.fault.code : 0);
    expect(await client.receive(commandId)).toMatchObject({ fault: { code: 2150858843 } });
  });

  test("asks a client with a user interface, and says Pending meanwhile", async () => {
    const client = await ready(await started());
    const commandId = await client.begin([command("Ask-Operator", ["AccessLevel", "Diagnostics"])]);
    expect(await client.receive(commandId)).toMatchObject({ commandState: { state: "pending" } });
    const call = client.events.find((event) => event.type === "hostCall")?.call;
    if (call === undefined) throw new Error("nobody was asked");
    expect([call.method, call.callId, call.parameters[0]]).toEqual([26, 1n, "terms"]);
    client.pool.answerHostCall(commandId, { callId: call.callId, method: 26, result: 1, error: null });
    const answer = client.pool.take(commandId, 32_000);
    if (answer === null) throw new Error("no answer to send");
    const { shellId } = client;
    await exchange(client.connection, ask.sendInput(client.context, { shellId, commandId: null, ...answer }));
    await client.finish(commandId);
    expect(ending(client.events)).toEqual(["completed", "", -1]);
    expect(client.events.filter((event) => event.type === "information")).toHaveLength(1);
  });

  test("whose question is answered by nothing fails, and grants nothing", async () => {
    const client = await ready(await started());
    const commandId = await client.begin([command("Ask-Operator", ["AccessLevel", "Diagnostics"])]);
    await client.receive(commandId);
    client.pool.answerHostCall(commandId, { callId: 1n, method: 26, result: null, error: null });
    const answer = client.pool.take(commandId, 32_000);
    if (answer === null) throw new Error("no answer to send");
    const { shellId } = client;
    await exchange(client.connection, ask.sendInput(client.context, { shellId, commandId, ...answer }));
    await client.finish(commandId);
    expect(ending(client.events)).toEqual(["failed", "NullReferenceException,Ask-Operator", 0]);
    expect(outputs(client.events)).toEqual([]);
  });

  test("of thousands of objects arrives whole, in answers that keep to the envelope size", async () => {
    const client = await ready(await started());
    const events = await client.run(command("Get-Number", ["Count", 2_000]));
    expect(outputs(events)).toEqual(Array.from({ length: 2_000 }, (_, index) => index + 1));
  });
});

describe("what can be ordered", () => {
  test("faults, cuts, bad signatures and pages come as ordered, and the acts behind cuts are done", async () => {
    const endpoint = await started();
    const client = await ready(endpoint);
    const get = ask.getShell(client.context, client);
    endpoint.order({ kind: { type: "fault", code: 995 }, on: "getShell", times: 1 });
    expect(await exchange(client.connection, get)).toMatchObject({ fault: { code: 995 } });
    expect((await exchange(client.connection, get)).type).toBe("shell");
    for (const [type, code] of [
      ["badSignature", "badSeal"],
      ["html", "notWinrm"],
      ["cutBefore", "closedBeforeAnswer"],
      ["hugeBody", "tooLarge"],
    ] as const) {
      const connection = await connected(endpoint);
      endpoint.order({ kind: { type }, times: 1 });
      await expect(exchange(connection, get)).rejects.toMatchObject({ name: "TransportError", code });
      expect(connection.usable).toBe(false);
    }
    const connection = await connected(endpoint);
    endpoint.order({ kind: { type: "cutAfter", afterBytes: 40 }, on: "delete", times: 1 });
    await expect(exchange(connection, ask.deleteShell(client.context, client))).rejects.toMatchObject({
      code: "cutInAnswer",
      acted: "maybe",
    });
    expect(endpoint.shells()).toEqual([]);
  });

  test("a delay holds an answer back, and closing does not wait for it", async () => {
    const clock = stillClock();
    const endpoint = await started({ clock });
    const client = await ready(endpoint);
    const get = ask.getShell(client.context, client);
    endpoint.order({ kind: { type: "slow", milliseconds: 1_000 }, on: "getShell" });
    let answered = false;
    const slow = exchange(client.connection, get).then((answer) => {
      answered = true;
      return answer.type;
    });
    const other = await connected(endpoint);
    await exchange(other, ask.enumerateShells(client.context));
    expect(answered).toBe(false);
    clock.move(1_000);
    expect(await slow).toBe("shell");
    const held = exchange(client.connection, get).then(
      () => "answered",
      () => "cut",
    );
    await endpoint.close();
    expect(["answered", "cut"]).toContain(await held);
  });

  test("requests are counted", async () => {
    const endpoint = await started();
    const client = await ready(endpoint);
    const before = endpoint.counts.envelopes;
    await client.run(command("Get-Number"));
    expect(endpoint.counts.envelopes - before).toBe(2);
    expect(endpoint.commandsRun).toEqual(["Get-Number"]);
  });
});
