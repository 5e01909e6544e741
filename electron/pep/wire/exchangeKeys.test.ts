import { expect, test } from "vitest";
import { Secret } from "../../services/secret.ts";
import { inMemory } from "../../testing/spokenEndpoints.ts";
import { restBefore } from "./idleReceive.ts";

/* What may come between PUBLIC_KEY and ENCRYPTED_SESSION_KEY ([MS-PSRP] 2.2.2.3, .4). */

const readLine = 11;
const never = new AbortController().signal;
const notBegun = { name: "PoolLost", acted: "no" };

const opened = async () => {
  const on = await inMemory({});
  const pool = on.newPool();
  await pool.open(never);
  return { clock: on.clock, endpoint: on.memory, pool };
};

test("a runspace that ends while a key pair is made was asked for nothing", async () => {
  const { clock, endpoint, pool } = await opened();
  await clock.advance(restBefore);
  const sealing = pool.sealing(never);
  for (const shell of endpoint.shells.values()) shell.pool.closed();
  endpoint.wake();
  await expect(sealing).rejects.toMatchObject(notBegun);
  expect(endpoint.requests).not.toContain("Send");
  await pool.close();
});

test.each([
  ["while a Receive waits", restBefore],
  ["while none waits", 0],
])("%s, what the pool asks meanwhile is refused, and the key comes", async (_, rest) => {
  const { clock, endpoint, pool } = await opened();
  await clock.advance(rest);
  let asked: bigint | null = null;
  endpoint.onPublicKey = (server, answer) => {
    asked = server.hostCall(null, readLine, []);
    answer();
  };
  const seal = await pool.sealing(never);
  expect(seal(new Secret("practice"))).toBeDefined();
  expect(endpoint.poolAnswers).toEqual([[asked, "NotImplemented"]]);
  await pool.close();
});

test.each([
  ["ends", false],
  ["asks and ends in one answer", true],
])("a runspace that %s in the place of a key is not waited for", async (_, asks) => {
  const { clock, endpoint, pool } = await opened();
  endpoint.mostOfPool = 2;
  endpoint.onPublicKey = (server) => {
    if (asks) server.hostCall(null, readLine, []);
    server.closed();
  };
  await expect(pool.sealing(never)).rejects.toMatchObject(notBegun);
  expect(clock.monotonic()).toBe(0);
  await pool.close();
});

test("a key that comes while the runspace is closed seals nothing", async () => {
  const { endpoint, pool } = await opened();
  endpoint.mishap = (action) => {
    if (action === "Receive") void pool.close();
    return null;
  };
  await expect(pool.sealing(never)).rejects.toMatchObject(notBegun);
  await pool.close();
  expect(endpoint.shells.size).toBe(0);
});

test("a runspace that is closed while its key is waited for is deleted, and at once", async () => {
  const { clock, endpoint, pool } = await opened();
  const asked = Promise.withResolvers<void>();
  endpoint.onPublicKey = () => asked.resolve();
  const sealing = pool.sealing(never).catch((error: unknown) => error);
  await asked.promise;
  await clock.advance(1);
  await clock.until(pool.close());
  expect([clock.monotonic(), endpoint.shells.size]).toEqual([1, 0]);
  expect(await clock.until(sealing)).toBeInstanceOf(Error);
});
