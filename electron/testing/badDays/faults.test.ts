import { afterAll, beforeAll, expect, test } from "vitest";
import { openBench } from "./bench.ts";
import type { Bench } from "./bench.ts";
import { grants, reads, revokes } from "./walk.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
});

/** Every fault that a server sends, and the words that tell it from the others. */
const faults: readonly (readonly [number, RegExp])[] = [
  [5, /may not use this configuration.*Ask for membership/],
  [995, /ended the conversation|closed|no longer/],
  [14, /out of memory.*Try again later/],
  [1115, /shutting down.*Try another endpoint/],
  [87, /form of our request.*report/],
  [2_147_942_402, /plug-in.*administrator/],
  [2_150_858_752, /does not offer the operation.*Check/],
  [2_150_858_753, /does not offer the operation.*Check/],
  [2_150_858_754, /name of the session configuration.*Check/],
  [2_150_858_757, /misconfigured.*administrator/],
  [2_150_858_767, /form of our request.*report/],
  [2_150_858_770, /no WinRM service.*Check/],
  [2_150_858_790, /too large.*less at a time/],
  [2_150_858_806, /refused the sign-in.*Check account/],
  [2_150_858_811, /no session configuration of that name.*Check/],
  [2_150_858_815, /one of its limits.*Try again/],
  [2_150_858_819, /form of our request.*report/],
  [2_150_858_833, /our version of the PowerShell protocol/],
  [2_150_859_026, /no WinRM service.*wait/],
  [2_150_859_046, /firewall/],
  [2_150_859_161, /no redirects.*check the address/],
  [2_150_859_173, /too many open conversations.*Close others/],
  [2_150_859_236, /too many open conversations.*Close others/],
  [2_150_859_238, /too many open conversations.*Close others/],
  [2_150_859_237, /too many people.*Try again later/],
  [2_150_859_179, /too many people.*Try again later/],
  [2_150_859_174, /too much to do.*Try again/],
  [2_150_859_239, /too much to do.*Try again/],
  [2_150_859_241, /too much to do.*Try again/],
  [2_150_859_175, /throttles this account.*later/],
  [2_150_859_176, /throttles everybody.*later/],
  [2_150_859_180, /remote access switched off.*administrator/],
  [2_150_859_203, /own account does not work.*administrator/],
  [2_150_859_259, /own account does not work.*administrator/],
  [2_152_991_674, /could not create the session.*administrator/],
  [2_152_990_672, /lost the PowerShell session.*Try again/],
  [2_152_991_685, /our version of the PowerShell protocol/],
  [2_152_992_672, /Its own words/],
  [4_123_456_789, /code 4123456789/],
];

test.each(faults)(
  "fault %i to a new conversation is told in words, and nothing is called done",
  async (code, says) => {
    const { client, alone, stamp } = bench;
    await bench.behave();
    await bench.signIn();
    await bench.behave();
    stamp.endpoint(0)?.order({ kind: { type: "fault", code } });
    const read = await reads(client, alone);
    expect(read.sentence).toMatch(says);
    expect(read.sentence).toMatch(/AZS-ERCS01 \(127\.0\.0\.1:\d+\)/);
    expect(read.how).not.toBe("internal");
    const granted = await grants(client, alone);
    expect(["granted", "declined", "internal"]).not.toContain(granted.how);
    const revoked = await revokes(client, alone);
    expect(revoked.how).toBe("notConfirmed");
    await bench.behave();
    await bench.signIn();
    expect(await reads(client, alone)).toMatchObject({ how: "read" });
    expect(await bench.activeGrants()).toBe(0);
  },
);
