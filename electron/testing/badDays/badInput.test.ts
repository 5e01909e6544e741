import { afterAll, beforeAll, expect, test } from "vitest";
import type { ConsoleError } from "#contract";
import { aGrantRequest } from "../journeys/steps.ts";
import { openBench } from "./bench.ts";
import type { Bench } from "./bench.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
});

const nul = String.fromCharCode(0);
const escape = String.fromCharCode(27);
const half = String.fromCharCode(0xd800);

const grantInputs: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ...[59, 20_161, 0, -1, 1e9, 60.5, Number.NaN, "480", "", " 480 ", "４８０", null].map(
    (minutes) => [`minutes ${JSON.stringify(minutes)}`, { minutes }] as const,
  ),
  ["an empty reason", { reason: "" }],
  ["a blank reason", { reason: " \t " }],
  ["a reason of 10 000 characters", { reason: "x".repeat(10_000) }],
  ["a reason with NUL", { reason: `no${nul}` }],
  ["a reason with an escape sequence", { reason: `${escape}[2Jgone` }],
  ["a reason with half a character", { reason: `x${half}` }],
  ["an operator with a line end", { operator: "Ada\nB" }],
  ["an operator with half a character", { operator: half }],
  ["an unknown level", { level: "Everything" }],
  ["a level in another case", { level: "diagnostics" }],
  ["a level with markup", { level: "<Diagnostics/>" }],
  ["a case number with markup", { caseNumber: "<a>" }],
  ["a hash that is none", { agreedTermsSha256: "yes" }],
  ["an unknown field", { extra: 1 }],
  ["__proto__", JSON.parse('{"__proto__":{"minutes":60}}') as Record<string, unknown>],
];

const shape = () => ({
  kind: "stamp" as const,
  name: "New",
  transport: "http" as const,
  configuration: "PrivilegedEndpoint",
  account: "AZS\\cloudadmin",
  endpoints: [{ name: "E1", host: "10.0.0.4", port: 5985 }],
});
const at = (host: string) => ({ endpoints: [{ name: "E1", host, port: 5985 }] });

const targetInputs: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ["an account with control characters", { account: `AZS\\a${nul}b` }],
  ["an account with a line end", { account: "AZS\\a\r\nX: y" }],
  ["a configuration with XML", { configuration: "a</b><c/>" }],
  ["a configuration with a path", { configuration: "../x" }],
  ["a host with spaces", at("a b")],
  ["a host with user info", at("me:secret@host")],
  ["a host with a path", at("host/wsman")],
  ["a host with a line end", at("host\r\nX: y")],
  ["port 0", { endpoints: [{ name: "E1", host: "h", port: 0 }] }],
  ["port 65 536", { endpoints: [{ name: "E1", host: "h", port: 65_536 }] }],
  ["no endpoint", { endpoints: [] }],
  ["a name with a line end", { name: "a\nb" }],
  ["a name with half a character", { name: `a${half}` }],
  ["an endpoint name with an escape sequence", { endpoints: [{ name: `${escape}[1m`, host: "h", port: 1 }] }],
];

/** The refusal, and what went out or was written beside it. */
async function refusal(act: () => Promise<unknown>) {
  const envelopes = bench.stamp.counts().httpRequests;
  const targets = (await bench.client.targets.list({})).length;
  const written = bench.ledger.written.length;
  const error = await act().then(
    () => null,
    (cause: unknown) => cause,
  );
  const sent = bench.stamp.counts().httpRequests - envelopes;
  const kept = bench.ledger.written.length - written + (await bench.client.targets.list({})).length - targets;
  return { error, sent, kept };
}

const refused = {
  error: expect.objectContaining({
    code: "invalidInput",
    message: expect.stringMatching(/^[ -~“”]{10,400}$/) as string,
  }) as ConsoleError,
  sent: 0,
  kept: 0,
};

test.each(grantInputs)("a grant with %s is refused before anything is sent", async (_, change) => {
  const seen = await refusal(async () => {
    const request = Object.defineProperties(
      { ...aGrantRequest(bench.three.id) },
      Object.getOwnPropertyDescriptors(change),
    );
    for await (const progress of bench.client.grants.open(request)) void progress;
  });
  expect(seen).toEqual(refused);
});

test.each(targetInputs)("a target with %s is refused and not kept", async (_, change) => {
  expect(await refusal(() => bench.client.targets.add({ ...shape(), ...change }))).toEqual(refused);
});

test.each([
  ["empty", ""],
  ["of 1025 characters", "x".repeat(1_025)],
  ["of 200 000 characters", "x".repeat(200_000)],
])("a password that is %s is refused and not repeated", async (_, typed) => {
  const signIn = { targetId: bench.three.id, account: "AZS\\a", password: typed };
  expect(await refusal(() => bench.client.targets.signIn(signIn))).toEqual(refused);
});

test.each([
  ["NUL", `Ada${nul}`],
  ["an escape sequence", `${escape}[2J`],
  ["a line end", "Ada\nB"],
  ["half a character", half],
  ["121 characters", "x".repeat(121)],
])("an operator's name with %s is refused by the settings as by the grant", async (_, operator) => {
  const before = await bench.client.settings.read({});
  expect(await refusal(() => bench.client.settings.write({ ...before, operator }))).toEqual(refused);
  expect(await bench.client.settings.read({})).toEqual(before);
});
