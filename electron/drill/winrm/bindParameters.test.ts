import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateTime, list, psObject, scalar } from "../../protocol/clixml/build.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { PipelineArgument } from "../../protocol/psrp/pipelineDescription.ts";
import type { ParameterDeclaration } from "../stampCommand.ts";
import { bindGiven } from "./bindParameters.ts";

const declarations: readonly ParameterDeclaration[] = [
  { name: "AccessLevel", type: "String", mandatory: true, position: 0, oneOf: ["Diagnostics", "Full"] },
  { name: "ExpireInMinutes", type: "Int32", position: 1, range: [60, 20_160], aliases: ["Minutes"] },
  { name: "IncludeExpired", type: "Switch" },
  { name: "FromDate", type: "DateTime" },
  { name: "Names", type: "StringArray" },
  { name: "Input", type: "Object", fromPipeline: true },
];
const level: PipelineArgument = { name: "AccessLevel", value: "Full" };
const given = (name: string | null, value: ClixmlValue): PipelineArgument => ({ name, value });
const bind = (...items: readonly PipelineArgument[]) =>
  Object.fromEntries(bindGiven(declarations, items, null));
const errorOf = (...items: readonly PipelineArgument[]): string => {
  try {
    bind(...items);
  } catch (error) {
    return (error as { readonly errorId: string }).errorId;
  }
  return "";
};

const messageOf = (...items: readonly PipelineArgument[]): string => {
  try {
    bind(...items);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

describe("one meaning in many forms", () => {
  test.each<[string, readonly PipelineArgument[]]>([
    ["a plain name", [level, given("ExpireInMinutes", 60)]],
    ["another case", [given("accesslevel", "Full"), given("EXPIREINMINUTES", 60)]],
    ["a prefix", [given("Acc", "Full"), given("Expire", 60)]],
    ["an alias", [level, given("minutes", 60)]],
    ["a token with a blank", [given("-AccessLevel ", "Full"), given("-ExpireInMinutes ", 60)]],
    ["a token with a colon", [given("-AccessLevel:", "Full"), given("-ExpireInMinutes:", 60)]],
    ["the values of $using: variables beside", [level, given("--%", psObject({})), given("Minutes", 60)]],
    [
      "name and value apart",
      [given("-AccessLevel", null), given(null, "Full"), given("-Expire", null), given(null, 60)],
    ],
    ["places", [given(null, "Full"), given(null, 60)]],
    ["places around names", [given(null, 60), level]],
    ["text for a number", [level, given("ExpireInMinutes", " 60 ")]],
    ["a hexadecimal number", [level, given("ExpireInMinutes", "0x3C")]],
    ["a half, rounded to even", [level, given("ExpireInMinutes", scalar("Db", "60.5"))]],
    ["a long", [level, given("ExpireInMinutes", 60n)]],
    ["a number in an object", [level, given("ExpireInMinutes", psObject({ base: 60 }))]],
  ])("%s", (_, items) => {
    expect(bind(...items)).toEqual({ AccessLevel: "Full", ExpireInMinutes: 60 });
  });

  test.each<[string, PipelineArgument, boolean]>([
    ["bare", given("-IncludeExpired", null), true],
    ["true", given("IncludeExpired", true), true],
    ["Nil", given("IncludeExpired", null), true],
    ["a colon and false", given("-IncludeExpired:", false), false],
  ])("a switch, %s", (_, item, expected) => {
    expect(bind(level, item)).toMatchObject({ IncludeExpired: expected });
  });

  test("a bare switch leaves the nameless item behind it alone", () => {
    expect(bind(given("-IncludeExpired", null), given(null, "Full"))).toEqual({
      IncludeExpired: true,
      AccessLevel: "Full",
    });
  });

  test("dates and lists", () => {
    const day = new Date("2026-11-24T00:00:00Z");
    const items = [given("FromDate", dateTime(day)), given("Names", list(["a", 1]))];
    expect(bind(level, ...items)).toMatchObject({ FromDate: day, Names: ["a", "1"] });
    expect(bind(level, given("Names", "one"))).toMatchObject({ Names: ["one"] });
  });

  test("common parameters are taken everywhere", () => {
    expect(
      bind(level, given("-ErrorAction", null), given(null, "Stop"), given("Verbose", true)),
    ).toMatchObject({
      ErrorAction: "Stop",
      Verbose: true,
    });
  });
});

describe("what cannot be bound has PowerShell's id", () => {
  test.each<[string, string, readonly PipelineArgument[]]>([
    ["ParameterArgumentValidationError", "a word outside the set", [given("AccessLevel", "Root")]],
    ["ParameterArgumentValidationError", "no text where a set is", [given("AccessLevel", "")]],
    ["ParameterArgumentValidationError", "below the range", [level, given("Minutes", 59)]],
    ["ParameterArgumentValidationError", "above the range", [level, given("Minutes", 20_161)]],
    ["ParameterArgumentTransformationError", "no number", [level, given("Minutes", "abc")]],
    ["ParameterArgumentValidationError", "an empty text, which is 0", [level, given("Minutes", "")]],
    ["ParameterArgumentTransformationError", "foreign digits", [level, given("Minutes", "٦٠")]],
    ["ParameterArgumentTransformationError", "a list", [level, given("Minutes", list([60]))]],
    ["ParameterArgumentTransformationError", "too large", [level, given("Minutes", 2n ** 40n)]],
    ["ParameterArgumentTransformationError", "no date", [level, given("FromDate", "soon")]],
    ["NamedParameterNotFound", "an unknown name", [level, given("Nope", 1)]],
    ["NamedParameterNotFound", "an empty name", [level, given("-", 1)]],
    ["AmbiguousParameter", "a short prefix", [level, given("In", true)]],
    ["ParameterAlreadyBound", "a name twice", [level, level]],
    [
      "PositionalParameterNotFound",
      "too many places",
      [given(null, "Full"), given(null, 60), given(null, 1)],
    ],
    ["MissingArgument", "a name at the end", [given("-AccessLevel", null)]],
  ])("%s: %s", (id, _, items) => {
    expect(errorOf(...items)).toBe(id);
  });
});

describe("texts of any length", () => {
  const many = 1_000_000;

  test("a name ends before its blanks and colons, however many there are", () => {
    const rest = fc.string({ unit: fc.constantFrom(" ", ":", "\t", "\u00a0", "x"), maxLength: 6 });
    fc.assert(
      fc.property(rest, (end) => {
        const name = `Y${end}`.replace(/[\s:]+$/, "");
        expect(messageOf(given(`-Y${end}`, "Full"))).toContain(`'${name}'`);
      }),
    );
    expect(bind(given(`-AccessLevel${": ".repeat(many)}`, "Full"))).toEqual({ AccessLevel: "Full" });
    expect(errorOf(given(`-AccessLevel${":".repeat(many)}x`, "Full"))).toBe("NamedParameterNotFound");
  });

  test("a number that is none", () => {
    const digits = "1".repeat(many);
    for (const text of [`${digits}x`, `${digits}.${digits}x`, `.${digits}x`, `1e${digits}x`])
      expect(errorOf(level, given("Minutes", text))).toBe("ParameterArgumentTransformationError");
  });
});
