import { expect, test } from "vitest";
import type { EndpointReading, Failure } from "#contract";
import { decideRevokeOutcome } from "./decideRevokeOutcome.ts";

const failure: Failure = { code: "unreachable", sentence: "ERCS02 did not answer.", remedy: "retry" };
const read = (activeGrants: number, liveSessions: number): EndpointReading => ({
  endpoint: "ERCS01",
  readAt: "2026-11-21T03:10:00.000Z",
  activeGrants,
  liveSessions,
  failure: null,
});
const silent: EndpointReading = {
  endpoint: "ERCS02",
  readAt: null,
  activeGrants: null,
  liveSessions: null,
  failure,
};

test.each<readonly [string, readonly EndpointReading[], string]>([
  ["all closed", [read(0, 0), read(0, 0)], "closed"],
  ["one closed, the others silent", [read(0, 0), silent], "closed"],
  ["nobody answered", [silent, silent], "notConfirmed"],
  ["nobody was asked", [], "notConfirmed"],
  ["one still shows a grant", [read(0, 0), read(1, 0)], "notConfirmed"],
  ["one still shows a session", [read(0, 1), read(0, 0)], "notConfirmed"],
])("%s", (_, readings, kind) => {
  expect(decideRevokeOutcome(readings).kind).toBe(kind);
});

test("a refused sign-in is the reason told first", () => {
  const refused = { ...silent, failure: { ...failure, code: "signInRefused" } };
  expect(decideRevokeOutcome([silent, refused])).toMatchObject({
    because: { code: "signInRefused", remedy: "signIn" },
  });
});
