import { expect, test } from "vitest";
import { errorRecord, readErrorRecord, writeErrorRecord } from "../../protocol/psrp/errorRecord.ts";
import { psObject } from "../../protocol/clixml/build.ts";
import { isRefusal, recordError, refusalOf } from "./refusals.ts";

const place = "AZS-ERCS01 (10.0.0.4:5985)";
const command = "Enable-RemoteSupport";

/* Decided on FullyQualifiedErrorId first, then on the category, never on words ([MS-PSRP] 2.2.3.15). */
test.each([
  ["CommandNotFoundException", 13, "commandMissing", /has no command Enable-RemoteSupport, so no access/],
  [`CommandNotFoundException,${command}`, 13, "commandMissing", /has no command/],
  [`NamedParameterNotFound,${command}`, 5, "invalidInput", /values/],
  [`PositionalParameterNotFound,${command}`, 5, "invalidInput", /values/],
  [`AmbiguousParameterSet,${command}`, 5, "invalidInput", /values/],
  [`MissingMandatoryParameter,${command}`, 5, "invalidInput", /values/],
  [`ParameterArgumentValidationError,${command}`, 6, "invalidInput", /values/],
  [`ParameterArgumentTransformationError,${command}`, 6, "invalidInput", /values/],
  ["ScriptsNotAllowed", 17, "badAnswer", /script/],
  [`EceFailed,${command}`, 7, "refused", /refused Enable-RemoteSupport/],
  ["PermissionDenied", 18, "refused", /lacks a right/],
  ["Security", 25, "refused", /lacks a right/],
  ["Authentication", 28, "refused", /lacks a right/],
  ["Busy", 19, "refused", /just now/],
  ["Unavailable", 21, "refused", /just now/],
  ["Connection", 27, "refused", /just now/],
  ["Late", 15, "timedOut", /in its own time/],
  ["Limits", 29, "quota", /limit/],
  ["Quota", 30, "quota", /limit/],
  ["", 0, "refused", /\(NotSpecified\)$/],
  ["New", 99, "refused", /\(New, category 99\)$/],
])("an error %j of category %i is %s", (errorId, category, code, says) => {
  const record = errorRecord({ message: "own words", errorId, category });
  // As it comes over the wire.
  const error = recordError(readErrorRecord(writeErrorRecord(record, true)), command, place);
  expect(error).toMatchObject({ code, message: expect.stringMatching(says) as string });
  expect(error.message).toContain(place);
  if (code !== "commandMissing") expect(error.message).toContain("Its own words: “own words”");
});

test("id and category are told for a support case, without what looks like a secret", () => {
  const record = errorRecord({ message: "SasCredential=abc", errorId: "Ece.Failed,Enable", category: 7 });
  const { message } = recordError(record, command, place);
  expect(message).toContain("(Ece.Failed,Enable, InvalidOperation)");
  expect(message).not.toContain("abc");
});

test("a command that calls what its session hides is there all the same", () => {
  const inside = errorRecord({
    message: "The term 'Test-NetConnection' is not recognized",
    errorId: "CommandNotFoundException",
    category: 13,
    targetName: "Test-NetConnection",
  });
  expect(recordError(inside, command, place)).toMatchObject({ code: "refused" });
  expect(recordError({ ...inside, targetName: command.toLowerCase() }, command, place).code).toBe(
    "commandMissing",
  );
});

test("a record that lacks its parts, or is a text, is told all the same", () => {
  const partial = readErrorRecord(psObject({ display: "shown text" }));
  expect(recordError(partial, command, place)).toMatchObject({
    code: "refused",
    message: `${place} refused ${command}. Its own words: “shown text” (NotSpecified)`,
  });
  expect(recordError(readErrorRecord("plain text"), command, place).message).toContain("“plain text”");
});

test("the last of several errors tells, and an end without a reason is a refusal", () => {
  const ended = { output: [], said: [], aside: [], answer: "notAsked" } as const;
  const errors = [
    errorRecord({ message: "one", errorId: "A" }),
    errorRecord({ message: "two", errorId: "B" }),
  ];
  expect(refusalOf({ ...ended, end: "completed", errors }, command, place)?.message).toContain("“two”");
  const silent = refusalOf({ ...ended, end: "failed", errors: [] }, command, place);
  expect([silent?.code, isRefusal(silent)]).toEqual(["refused", true]);
  expect(refusalOf({ ...ended, end: "completed", errors: [] }, command, place)).toBeNull();
});
