import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { account, openBench, password } from "./bench.ts";
import type { Bench } from "./bench.ts";
import { badDays } from "./hostileAnswers.ts";
import { flooding } from "./misbehaviours.ts";
import { onMessages } from "./twists.ts";
import { grants, reads, revokes } from "./walk.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
beforeEach(async () => {
  await bench.behave();
  await bench.signIn();
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
});

const place = /AZS-ERCS01 \(127\.0\.0\.1:\d+\)/;

describe.each(badDays)("on the day of $what", ({ begin, code, says }) => {
  test("reading, granting and revoking say so, another endpoint does it, and the next day is good", async () => {
    const { client, alone, three } = bench;
    await begin(bench);
    const read = await reads(client, alone);
    expect(read).toEqual({ how: code, sentence: expect.stringMatching(says) as string });
    expect(read.sentence).toMatch(place);
    const granted = await grants(client, alone);
    expect(granted).toEqual({ how: code, sentence: expect.stringMatching(says) as string });
    const revoked = await revokes(client, alone);
    expect(revoked).toEqual({ how: "notConfirmed", sentence: expect.stringMatching(says) as string });
    expect(revoked.sentence).toMatch(/AZS-ERCS01.*Revoke again, or block/);
    expect(await bench.activeGrants()).toBe(0);

    expect(await reads(client, three)).toEqual({ how: "read", sentence: "AZS-ERCS02" });
    expect(await grants(client, three)).toMatchObject({ how: "granted" });
    expect(await bench.activeGrants()).toBe(1);
    expect(await revokes(client, three)).toMatchObject({ how: "closed" });
    expect(await bench.activeGrants()).toBe(0);

    await bench.behave();
    expect(await reads(client, alone)).toEqual({ how: "read", sentence: "AZS-ERCS01" });
  });
});

test("messages of unknown types are passed over, and the silence that is left ends by our own deadline", async () => {
  const { client, alone, stamp } = bench;
  const twist = onMessages(({ xml }) => ({ type: 0x0009_9999, xml }));
  stamp.endpoint(0)?.order({ kind: { type: "twisted", twist } });
  const read = await reads(client, alone);
  expect(read.sentence).toMatch(/AZS-ERCS01.*in time.*try again/i);
  expect(["timedOut", "unreachable"]).toContain(read.how);
  await bench.behave();
  expect(await reads(client, alone)).toMatchObject({ how: "read" });
});

test("an address without a name is told, and the next endpoint is read", async () => {
  const { client, stamp, three } = bench;
  const nowhere = { name: "AZS-ERCS09", host: "no-such-name.invalid", port: 5985 };
  const shape = { kind: "stamp", transport: "http", configuration: stamp.configuration, account } as const;
  const only = await client.targets.add({ ...shape, name: "Nowhere", endpoints: [nowhere] });
  const credential = { account, password };
  const refused = await client.targets
    .signIn({ targetId: only.id, ...credential })
    .catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "unreachable" });
  expect(String(refused)).toMatch(/no-such-name\.invalid.*AZS-ERCS09.*spelling and the DNS/);
  const endpoints = [nowhere, ...three.endpoints.slice(1)];
  const both = await client.targets.add({ ...shape, name: "Half nowhere", endpoints });
  await client.targets.signIn({ targetId: both.id, ...credential });
  expect(await reads(client, both)).toEqual({ how: "read", sentence: "AZS-ERCS02" });
});

test("of a body of 100 MB only as much is taken as an answer may have", async () => {
  const { client, alone, front } = bench;
  let most = 0;
  const piece = Buffer.from(`10000\r\n${"x".repeat(65_536)}\r\n`);
  const chunked = "HTTP/1.1 200 OK\nContent-Type: application/soap+xml\nTransfer-Encoding: chunked";
  front.turn((socket) => {
    let taken = 0;
    const onTaken = (bytes: number): void => {
      taken += bytes;
      most = Math.max(most, taken);
    };
    flooding(chunked, piece, 100 * 1024 * 1024, onTaken)(socket);
  });
  expect(await reads(client, alone)).toEqual({
    how: "badAnswer",
    sentence: expect.stringMatching(/AZS-ERCS01.*larger than allowed/) as string,
  });
  // Of each answer 4 MiB at most, and what the socket's own buffers hold.
  expect(most).toBeLessThan(16 * 1024 * 1024);
});
