import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openBench } from "./bench.ts";
import type { Bench } from "./bench.ts";
import { badDays } from "./hostileAnswers.ts";
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
    // The one silent day waits for its deadlines, which are a second here.
  }, 20_000);
});
