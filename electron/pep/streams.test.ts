import { expect, test } from "vitest";
import { customObject, scalar } from "../protocol/clixml/build.ts";
import type { ClixmlValue } from "../protocol/clixml/value.ts";
import { errorRecord } from "../protocol/psrp/errorRecord.ts";
import { hostMethods } from "../protocol/psrp/hostMethods.ts";
import { writeHostLine, writeProgress } from "../protocol/psrp/records.ts";
import type { ProgressRecord } from "../protocol/psrp/records.ts";
import { memoryAddress as address, memoryCredential as credential } from "../testing/memoryAddress.ts";
import { MemoryEndpoint } from "../testing/memoryEndpoint.ts";
import { stillClock } from "../testing/stillClock.ts";
import { createEndpoints } from "./createEndpoints.ts";
import { doingOf } from "./wire/doingOf.ts";
import { keptEvents, revoke } from "../testing/commandEvents.ts";
import { members } from "../protocol/psrp/objects.ts";

const never = new AbortController().signal;

const progress = (change: Partial<ProgressRecord>): ProgressRecord => ({
  activity: "Revoking",
  activityId: 1,
  status: "",
  currentOperation: null,
  parentActivityId: -1,
  percent: -1,
  secondsRemaining: -1,
  completed: false,
  ...change,
});

const opened = async (endpoint: MemoryEndpoint) => {
  return await createEndpoints({ clock: stillClock(), connect: endpoint.connect }).open(
    address,
    credential,
    never,
  );
};

test("output, information and warnings are what was said; verbose and debug are for developers", async () => {
  const endpoint = new MemoryEndpoint();
  endpoint.commands.set("Disable-RemoteSupport", ({ pool, pipeline }) => {
    pool.information(pipeline, writeHostLine("an information", "2026-11-21T03:10:00Z"));
    pool.hostCall(pipeline, hostMethods.writeLine2, ["an information"]);
    pool.say(pipeline, "warning", "a warning");
    pool.say(pipeline, "verbose", "a detail");
    pool.say(pipeline, "debug", "a smaller detail");
    return ["an output"];
  });
  const runspace = await opened(endpoint);
  expect(await revoke(runspace)).toEqual(["an information", "a warning", "an output"]);
});

/* To a client with a host everything comes twice, as record and as host call with ci -100 ([R7]); or as one of them. */
test.each([
  ["as record and host call", true, true],
  ["as a record alone", true, false],
  ["as a host call alone", false, true],
])("what comes %s is said once", async (_, isRecord, isCall) => {
  const endpoint = new MemoryEndpoint();
  endpoint.commands.set("Disable-RemoteSupport", ({ pool, pipeline }) => {
    const both = (record: () => void, method: number, values: readonly ClixmlValue[]): void => {
      if (isRecord) record();
      if (isCall) expect(pool.hostCall(pipeline, method, values)).toBe(-100n);
    };
    const half = progress({ status: "closing", percent: 50 });
    for (const line of ["first", "again", "again"])
      both(() => pool.information(pipeline, writeHostLine(line, "2026-11-21T03:10:00Z")), 16, [line]);
    both(() => pool.say(pipeline, "warning", "a warning"), hostMethods.writeWarningLine, ["a warning"]);
    both(() => pool.say(pipeline, "verbose", "a detail"), hostMethods.writeVerboseLine, ["a detail"]);
    both(() => pool.say(pipeline, "debug", "smaller"), hostMethods.writeDebugLine, ["smaller"]);
    both(() => pool.progress(pipeline, half), hostMethods.writeProgress, [1n, writeProgress(half)]);
    return [];
  });
  const { said, doing: told, events } = keptEvents();
  await (await opened(endpoint)).disable(events, never);
  expect(said).toEqual(["first", "again", "again", "a warning"]);
  expect(told).toEqual([{ words: "Revoking: closing", percent: 50 }, null]);
});

test("a reading has every line, also those for developers, and what an information holds", async () => {
  const endpoint = new MemoryEndpoint();
  endpoint.commands.set("Get-RemoteSupportAccess", ({ pool, pipeline }) => {
    pool.say(pipeline, "verbose", "a detail");
    pool.hostCall(pipeline, hostMethods.writeVerboseLine, ["a detail"]);
    pool.say(pipeline, "debug", "smaller");
    pool.hostCall(pipeline, hostMethods.writeLine2, ["State : Active"]);
    pool.information(pipeline, members({ MessageData: customObject({ State: "Active" }), Tags: null }));
    return [];
  });
  const { grants, notUnderstood } = await (await opened(endpoint)).readAccess(
    { includeExpired: false },
    never,
  );
  expect(grants).toEqual([]);
  expect(notUnderstood).toEqual([
    "State : Active",
    "System.Management.Automation.PSCustomObject @{State=Active}",
    "a detail",
    "smaller",
  ]);
});

test("a SecureString that comes before any key was exchanged stays sealed, and its grant is read", async () => {
  const endpoint = new MemoryEndpoint();
  const sealed = scalar("SS", "S334a8QlmSodVmrjeFWBOw==");
  endpoint.commands.set("Get-RemoteSupportAccess", () => [
    customObject({ State: "Active", AccessLevel: "Diagnostics", SasCredential: sealed, Kept: sealed }),
  ]);
  const { grants } = await (await opened(endpoint)).readAccess({ includeExpired: false }, never);
  expect(grants).toMatchObject([{ active: true, level: "Diagnostics" }]);
  expect(JSON.stringify(grants)).not.toContain("S334a8");
  expect(endpoint.requests.filter((action) => action === "Send")).toEqual([]);
});

test("an error that does not end the command is a refusal all the same", async () => {
  const endpoint = new MemoryEndpoint();
  endpoint.commands.set("Disable-RemoteSupport", ({ pool, pipeline }) => {
    pool.error(pipeline, errorRecord({ message: "ECE is down", errorId: "Broken", category: 7 }));
    return ["an output"];
  });
  await expect(revoke(await opened(endpoint))).rejects.toThrow("ECE is down");
});

test("progress is told when what is done changes, and is no line of the command", async () => {
  const endpoint = new MemoryEndpoint();
  endpoint.commands.set("Disable-RemoteSupport", ({ pool, pipeline }) => {
    pool.progress(pipeline, progress({ activity: "Preparing modules for first use." }));
    for (let percent = 0; percent <= 100; percent += 20)
      pool.progress(pipeline, progress({ status: percent < 50 ? "closing" : "removing", percent }));
    pool.progress(pipeline, progress({ completed: true }));
    return ["an output"];
  });
  const { said, doing: told, events } = keptEvents();
  await (await opened(endpoint)).disable(events, never);
  expect(said).toEqual(["an output"]);
  expect(told).toEqual([
    { words: "Revoking: closing", percent: 0 },
    { words: "Revoking: closing", percent: 20 },
    { words: "Revoking: closing", percent: 40 },
    { words: "Revoking: removing", percent: 60 },
    { words: "Revoking: removing", percent: 80 },
    { words: "Revoking: removing", percent: 100 },
    null,
  ]);
});

test("a command that never stops telling its progress is cut", async () => {
  const endpoint = new MemoryEndpoint();
  endpoint.commands.set("Disable-RemoteSupport", ({ pool, pipeline }) => {
    for (let step = 0; step < 1_000; step++) pool.progress(pipeline, progress({ status: `step ${step}` }));
    return [];
  });
  const { doing: told, events } = keptEvents();
  await (await opened(endpoint)).disable(events, never);
  expect(told).toHaveLength(101);
  expect(told.at(-1)).toBeNull();
});

test.each([
  [progress({ status: "closing" }), { words: "Revoking: closing", percent: null }],
  [
    progress({ status: "closing", currentOperation: "session 2", percent: 7 }),
    { words: "Revoking: closing: session 2", percent: 7 },
  ],
  [progress({ status: " Revoking ", percent: 101 }), { words: "Revoking", percent: null }],
  [progress({ completed: true, status: "closing" }), null],
  [progress({ activity: " ", status: "closing" }), null],
  [progress({ activity: "Preparing modules for first use." }), null],
])("%o tells %j", (record, doing) => {
  expect(doingOf(record)).toEqual(doing);
});
