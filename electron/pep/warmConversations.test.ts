import { expect, test } from "vitest";
import { memoryAddress, memoryCredential } from "../testing/memoryAddress.ts";
import { MemoryEndpoint } from "../testing/memoryEndpoint.ts";
import { stillClock } from "../testing/stillClock.ts";
import { createEndpoints } from "./createEndpoints.ts";
import { revoke } from "../testing/commandEvents.ts";

const never = new AbortController().signal;
const other = { ...memoryAddress, name: "ERCS09", host: "10.9.0.9" };

const bench = () => {
  const [here, there] = [new MemoryEndpoint(), new MemoryEndpoint()];
  let revoke = (): void => undefined;
  const mayRevoke = new Promise<void>((resolve) => (revoke = resolve));
  let began = (): void => undefined;
  const revoking = new Promise<void>((resolve) => (began = resolve));
  there.commands.set("Disable-RemoteSupport", async () => {
    began();
    await mayRevoke;
    return ["Revoked."];
  });
  here.commands.set("Get-RemoteSupportAccess", () => []);
  const endpoints = createEndpoints({
    clock: stillClock(),
    connect: (at, ...rest) => (at.host === other.host ? there : here).connect(at, ...rest),
  });
  return { here, there, endpoints, revoke, revoking };
};

test("leaving one address ends what is kept there and no command at another one", async () => {
  const on = bench();
  const read = async (): Promise<void> => {
    await using runspace = await on.endpoints.open(memoryAddress, memoryCredential, never);
    await runspace.readAccess({ includeExpired: false }, never);
  };
  await read();
  expect(on.here.shells.size).toBe(1);
  const runspace = await on.endpoints.open(other, memoryCredential, never);
  const revoked = revoke(runspace);
  await on.revoking;
  await on.endpoints.leave([memoryAddress], memoryCredential);
  expect(on.here.shells.size).toBe(0);
  on.revoke();
  expect(await revoked).toEqual(["Revoked."]);
  await on.endpoints.close();
});
