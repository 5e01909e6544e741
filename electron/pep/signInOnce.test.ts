import { describe, expect, test } from "vitest";
import { nodeClock } from "../adapters/node/clock.ts";
import { Secret } from "../services/secret.ts";
import { memoryAddress, memoryCredential } from "../testing/memoryAddress.ts";
import { MemoryEndpoint } from "../testing/memoryEndpoint.ts";
import { stillClock } from "../testing/stillClock.ts";
import { listenWinrm } from "../transport/listenWinrm.ts";
import { TransportError } from "../transport/winrmConnection.ts";
import type { WinrmConnection } from "../transport/winrmConnection.ts";
import { Conversation } from "./conversation.ts";
import { createEndpoints } from "./createEndpoints.ts";
import { endpointUrl } from "./endpointPlace.ts";
import { restBefore } from "./wire/idleReceive.ts";
import { untilAborted } from "./wire/untilAborted.ts";
import { WinrmPool } from "./wire/winrmPool.ts";

test("a wrong password is tried once, whatever is asked: repeated attempts would lock the account", async () => {
  const refused: string[] = [];
  const listener = await listenWinrm({
    host: "127.0.0.1",
    port: 0,
    accounts: [{ domain: "AZS", user: "cloudadmin", revealPassword: () => "right" }],
    computerName: "ERCS01",
    domainName: "AZS",
    onRequest: () => Promise.reject(new Error("nobody is signed in")),
    onRefusedSignIn: ({ account }) => void refused.push(account),
  });
  const endpoints = createEndpoints({ clock: nodeClock });
  const address = {
    name: "ERCS01",
    host: "127.0.0.1",
    port: listener.port,
    transport: "http",
    configuration: "PrivilegedEndpoint",
  } as const;
  const credential = { account: "AZS\\cloudadmin", password: new Secret("wrong") };
  const { signal } = new AbortController();
  await expect(endpoints.signIn(address, credential, signal)).rejects.toMatchObject({
    code: "signInRefused",
  });
  expect(refused).toHaveLength(1);
  const read = async (): Promise<void> => {
    await using runspace = await endpoints.open(address, credential, signal);
    await runspace.readAccess({ includeExpired: false }, signal);
  };
  await expect(read()).rejects.toMatchObject({ code: "signInRefused" });
  expect(refused).toHaveLength(2);
  await endpoints.close();
  await listener.close();
});

/* A password that is changed at the endpoint while a conversation goes on. */
describe("a sign-in that is refused later", () => {
  const never = new AbortController().signal;
  const configuration = "PrivilegedEndpoint";
  const command = { name: "Get-Next", parameters: [] };
  const refused = new TransportError("signInRefused", "no", { acted: "no" });

  /** An open conversation; whatever signs in from now on is refused, where the transport tells it. */
  const opened = async (transport: "http" | "https") => {
    const clock = stillClock();
    const endpoint = new MemoryEndpoint(clock);
    endpoint.commands.set("Get-Next", () => ["next"]);
    endpoint.commands.set("Get-Nothing", ({ signal }) =>
      untilAborted(new Promise<never>(() => undefined), signal),
    );
    let [isRefusing, tries] = [false, 0];
    const open = new Set<WinrmConnection>();
    const refuse = (): Promise<never> => {
      tries += 1;
      return Promise.reject(refused);
    };
    const account = "AZS\\cloudadmin";
    const connect = async (signal: AbortSignal): Promise<WinrmConnection> => {
      if (isRefusing && transport === "http") return await refuse();
      const connection = await endpoint.connect(
        memoryAddress,
        { account, revealPassword: () => "old" },
        { signal },
      );
      open.add(connection);
      if (!isRefusing) return connection;
      return {
        security: connection.security,
        get usable() {
          return connection.usable;
        },
        close: () => connection.close(),
        exchange: () => {
          connection.close();
          return refuse();
        },
      };
    };
    const newPool = (): WinrmPool =>
      new WinrmPool({
        to: endpointUrl(memoryAddress),
        configuration,
        connect,
        clock,
        newId: () => crypto.randomUUID(),
      });
    const conversation = new Conversation(memoryAddress, memoryCredential, { clock, newPool });
    await conversation.open(never);
    isRefusing = true;
    const closedByEndpoint = (): void => open.forEach((connection) => connection.close());
    return { clock, endpoint, conversation, closedByEndpoint, tries: () => tries };
  };
  const ways = ["http", "https"] as const;

  test.each(ways)("after a rest, over %s, is tried by the first command alone", async (transport) => {
    const on = await opened(transport);
    on.clock.sleepThrough(600_000);
    for (let reading = 1; reading <= 3; reading++)
      await expect(on.conversation.read(command, never)).rejects.toMatchObject({ code: "signInRefused" });
    await on.conversation.close();
    expect(on.tries()).toBe(1);
  });

  test.each(ways)(
    "after the endpoint closed it, over %s, is tried by the first command alone",
    async (transport) => {
      const on = await opened(transport);
      on.closedByEndpoint();
      for (let reading = 1; reading <= 3; reading++)
        await expect(on.conversation.read(command, never)).rejects.toMatchObject({ code: "signInRefused" });
      await on.conversation.close();
      expect(on.tries()).toBe(1);
    },
  );

  test.each(ways)(
    "when an answer was cut, over %s, is not tried again by another runspace",
    async (transport) => {
      const on = await opened(transport);
      on.endpoint.mishap = (action, count) => (action === "Receive" && count >= 4 ? "lostAfter" : null);
      await expect(on.conversation.read(command, never)).rejects.toMatchObject({ code: "signInRefused" });
      expect(on.tries()).toBe(1);
    },
  );

  test.each(ways)("at a stop, over %s, is not tried again by anything", async (transport) => {
    const on = await opened(transport);
    const stop = new AbortController();
    const stopped = on.conversation.run(
      { name: "Get-Nothing", parameters: [] },
      { signal: stop.signal, changes: false },
    );
    const end = stopped.catch((error: unknown) => error);
    await on.clock.advance(2_000);
    stop.abort(new Error("window closed"));
    await on.clock.until(end);
    await on.clock.until(on.conversation.close());
    expect(on.tries()).toBe(1);
  });

  test("while two connections wait to be signed in, over https, is tried on one of them", async () => {
    const on = await opened("https");
    on.clock.sleepThrough(600_000);
    await on.clock.advance(restBefore);
    await expect(on.conversation.read(command, never)).rejects.toMatchObject({ code: "signInRefused" });
    await on.conversation.close();
    expect(on.tries()).toBe(1);
  });

  test("keeps nobody out whose account is unlocked: a new runspace signs in again", async () => {
    const clock = stillClock();
    const endpoint = new MemoryEndpoint(clock);
    endpoint.commands.set("Get-RemoteSupportAccess", () => []);
    let isRefusing = false;
    const endpoints = createEndpoints({
      clock,
      connect: async (...options) => {
        if (isRefusing) throw refused;
        return await endpoint.connect(...options);
      },
    });
    const read = async () => {
      await using runspace = await endpoints.open(memoryAddress, memoryCredential, never);
      return (await runspace.readAccess({ includeExpired: false }, never)).grants;
    };
    expect(await read()).toEqual([]);
    clock.sleepThrough(60_000);
    isRefusing = true;
    await expect(read()).rejects.toMatchObject({ code: "signInRefused" });
    isRefusing = false;
    expect(await read()).toEqual([]);
  });
});
