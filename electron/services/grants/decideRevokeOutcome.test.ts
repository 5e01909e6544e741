import { expect, test } from "vitest";
import type { EndpointReading, Failure, Scope } from "#contract";
import { anEndpointReading } from "../../testing/builders.ts";
import { decideRevokeOutcome, type RevokeEvidence } from "./decideRevokeOutcome.ts";

const failure: Failure = { code: "unreachable", sentence: "ERCS02 did not answer.", remedy: "retry" };
const read = (activeGrants: number, liveSessions: number): EndpointReading =>
  anEndpointReading({ activeGrants, liveSessions });
const silent = anEndpointReading({
  endpoint: "ERCS02",
  readAt: null,
  activeGrants: null,
  liveSessions: null,
  failure,
});
const unclear = anEndpointReading({ notUnderstood: ["State : Active"] });
const shared: Scope = { grants: "shared", by: "observed", at: "2026-11-21T03:10:00.000Z" };
const separate: Scope = { ...shared, grants: "separate" };

const judge = (readings: readonly EndpointReading[], about: Partial<RevokeEvidence> = {}) =>
  decideRevokeOutcome({ readings, scope: null, holders: [], unable: new Set(), isOpening: false, ...about });

test.each<readonly [string, readonly EndpointReading[], Partial<RevokeEvidence>, string]>([
  ["all closed", [read(0, 0), read(0, 0)], {}, "closed"],
  ["one closed, another silent", [read(0, 0), silent], {}, "notConfirmed"],
  [
    "one closed, another silent, and they share their grants",
    [read(0, 0), silent],
    { scope: shared },
    "closed",
  ],
  ["one closed, another silent, and they do not", [read(0, 0), silent], { scope: separate }, "notConfirmed"],
  ["nobody answered, though they share their grants", [silent, silent], { scope: shared }, "notConfirmed"],
  ["nobody was asked", [], {}, "notConfirmed"],
  ["one still shows a grant", [read(0, 0), read(1, 0)], {}, "notConfirmed"],
  [
    "one still shows a grant, though they share them",
    [read(0, 0), read(1, 0)],
    { scope: shared },
    "notConfirmed",
  ],
  ["one still shows a session", [read(0, 1), read(0, 0)], {}, "notConfirmed"],
  ["one was not understood", [read(0, 0), unclear], {}, "notConfirmed"],
  [
    "one was not understood, though they share their grants",
    [read(0, 0), unclear],
    { scope: shared },
    "notConfirmed",
  ],
  ["a grant stands where nothing is listed any more", [read(0, 0)], { holders: ["ERCS09"] }, "notConfirmed"],
  ["a grant that was being opened may land yet", [read(0, 0)], { isOpening: true }, "notConfirmed"],
  [
    "the command is missing, and yet nothing is open",
    [read(0, 0)],
    { unable: new Set(["ERCS01"]) },
    "closed",
  ],
])("%s", (_, readings, about, kind) => {
  expect(judge(readings, about).kind).toBe(kind);
});

test("a refused sign-in is the reason told first", () => {
  const refused = { ...silent, failure: { ...failure, code: "signInRefused", remedy: "signIn" as const } };
  expect(judge([silent, refused])).toMatchObject({
    because: { code: "signInRefused", remedy: "signIn" },
  });
});

test("an endpoint that answered with a refusal is told in its own words, never as silent", () => {
  const words = "ERCS02 has all its shells taken.";
  const taken = { ...silent, failure: { code: "quota", sentence: words, remedy: "retry" as const } };
  const decision = judge([read(0, 0), taken]);
  expect(decision.kind === "notConfirmed" && decision.because.sentence).toContain(
    `ERCS02 was not read: ${words}`,
  );
  expect(decision.kind === "notConfirmed" && decision.because.sentence).not.toMatch(/no answer/i);
});

test("where the command is missing, waiting is not advised: what else shuts the door is", () => {
  const decision = judge([read(1, 0)], { unable: new Set(["ERCS01"]) });
  expect(decision).toMatchObject({ because: { code: "commandMissing", remedy: "none" } });
  expect(decision.kind === "notConfirmed" && decision.because.sentence).toMatch(
    /block the outbound addresses/,
  );
});
