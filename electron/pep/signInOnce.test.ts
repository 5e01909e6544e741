import { expect, test } from "vitest";
import { nodeClock } from "../adapters/node/clock.ts";
import { Secret } from "../services/secret.ts";
import { listenWinrm } from "../transport/listenWinrm.ts";
import { createEndpoints } from "./createEndpoints.ts";

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
