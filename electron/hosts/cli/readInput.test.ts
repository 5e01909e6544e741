import { describe, expect, test } from "vitest";
import { z } from "zod";
import { grants, request, sessions } from "#contract";
import { sharedOptions, readFields } from "./options.ts";
import { fieldNames, readInput } from "./readInput.ts";

test("fields are taken as text where the shape takes text, else as JSON", () => {
  expect(
    readInput(
      sessions.list,
      new Map([
        ["targetId", "7"],
        ["from", "null"],
      ]),
    ),
  ).toEqual({ targetId: "7", from: null });
});

const opening = {
  targetId: "7",
  level: "Diagnostics",
  minutes: "480",
  operator: "Ann",
  reason: "r",
  caseNumber: "",
};

test("a field that is not there is null where the shape says that it may be", () => {
  expect(readInput(grants.open, new Map(Object.entries(opening)))).toEqual({
    ...opening,
    minutes: 480,
    agreedTermsSha256: null,
  });
});

test.each(["59", "20161", "0", "-1", "1e9", "60.5", "", " 480 ", "480 ", "٤٨٠", '"480"', "null"])(
  "grants.open --minutes %j is refused in words",
  (minutes) => {
    const read = (): unknown => readInput(grants.open, new Map(Object.entries({ ...opening, minutes })));
    expect(read).toThrow(/^--minutes must be (a whole number|a number|at (least|most) \d+)\.$/);
  },
);

/** An operation whose input may look in three ways, in which one name means a text here and a number there. */
const union = request({
  input: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("text"), value: z.string(), more: z.string().default("usual") }),
    z.strictObject({ kind: z.literal("number"), value: z.number(), more: z.array(z.int()).nullable() }),
    z.strictObject({ kind: z.literal("list"), data: z.array(z.strictObject({ json: z.boolean() })) }),
  ]),
  output: z.null(),
});

/** The same without a word that tells which. */
const untold = request({
  input: z.union([z.strictObject({ minutes: z.int() }), z.strictObject({ from: z.string() })]),
  output: z.null(),
});

const read = (operation: typeof union | typeof untold, ...line: readonly string[]): unknown =>
  readInput(operation, readFields(line, fieldNames(operation)).fields);

describe("an input that may look in several ways", () => {
  test.each([
    [union, ["--kind", "text", "--value", "7"], { kind: "text", value: "7", more: "usual" }],
    [union, ["--kind", "number", "--value", "7"], { kind: "number", value: 7, more: null }],
    [union, ["--kind", "number", "--value", "-7", "--more", "[1]"], { kind: "number", value: -7, more: [1] }],
    [union, ["--kind", "list", "--data", '[{"json":true}]'], { kind: "list", data: [{ json: true }] }],
    [untold, ["--minutes", "5"], { minutes: 5 }],
    [untold, ["--from", "5"], { from: "5" }],
  ])("takes %#: %j", (operation, line, meant) => {
    expect(read(operation, ...line)).toEqual(meant);
  });

  test.each([
    [["--value", "7"], "--kind is needed."],
    [["--kind", "number", "--value", "seven"], "--value must be a number."],
    [["--kind", "number"], "--value is needed."],
    [["--kind", "text", "--value", "7", "--data", "[]"], "The input has a field that is not known: data."],
    [["--kind", "text", "--kind", "list"], "--kind is given more than once."],
    [["--kind", "text", "--velue", "7"], /--velue/],
  ])("%j is refused in words", (line, words) => {
    expect(() => read(union, ...line)).toThrow(words);
  });
});

test.each(sharedOptions)("a field that is called %s like a shared option is the field", (name) => {
  const line = [`--${name}`, "of the field"];
  const { options, fields } = readFields(line, new Set([name]));
  expect([options, [...fields]]).toEqual([{}, [[name, "of the field"]]]);
});

test.each(sharedOptions)("%s is the shared option where the operation has no such field", (name) => {
  const takesValue = name !== "json";
  const { options, fields } = readFields([`--${name}`, ...(takesValue ? ["x"] : [])], new Set(["targetId"]));
  expect([Object.keys(options), [...fields]]).toEqual([[name], []]);
});
