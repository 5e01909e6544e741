import fc from "fast-check";
import { z } from "zod";

type Schema = z.core.JSONSchema.BaseSchema;

/** Texts that fit the patterns of the contract, and texts that a shell, a JSON reader or an option reader takes for more. */
const texts: readonly string[] = [
  "",
  "a",
  "Lab stamp",
  "O'Brien's “rack” 2",
  'say "hi"',
  "$HOME `id` $(id) %PATH% !!",
  "-5",
  "--level",
  "--",
  "-h",
  "null",
  "true",
  "480",
  "1e3",
  "{}",
  "[1]",
  '"q"',
  " x ",
  "Größe ☃ 雪 𝄞",
  "a=b",
  "--data=x",
  "two\nlines\tand a tab",
  "C:\\keys\\lab key.pem",
  "AZS\\cloudadmin",
  "ops@azs.example",
  "10.0.0.21",
  "fe80::21",
  "azs-ercs01.azs.example",
  "PrivilegedEndpoint",
  "7f3c1d2e-0000-4000-8000-00000000beef",
  "2026-11-20T10:00:00Z",
  "0001-01-01T00:00:00.000Z",
  "0123456789abcdef".repeat(4),
  Array.from({ length: 32 }, () => "A7").join(":"),
  "x".repeat(64),
];

/** Valid inputs of a shape, made from the shape itself. Throws in words where it cannot make any. */
export function inputsOf(shape: z.ZodType): fc.Arbitrary<unknown> {
  const schema = z.toJSONSchema(shape, { io: "input" });
  return valuesOf(schema, "the input").filter((value) => shape.safeParse(value).success);
}

function valuesOf(schema: Schema, at: string): fc.Arbitrary<unknown> {
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => valuesOf(choice as Schema, at)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case "string":
      return textsOf(schema, at);
    case "integer":
    case "number":
      return fc.integer({
        min: schema.minimum ?? -1_000,
        max: Math.min(schema.maximum ?? 1_000_000, 2 ** 31 - 1),
      });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return listsOf(schema, at);
    case "object":
      return objectsOf(schema, at);
    default:
      throw new Error(
        `${at} has a shape that electron/testing/shapedValues.ts does not know yet: ${JSON.stringify(schema)}`,
      );
  }
}

function textsOf({ pattern, minLength = 0, maxLength = Infinity }: Schema, at: string): fc.Arbitrary<string> {
  const fits = (text: string): boolean =>
    text.length >= minLength && text.length <= maxLength && (pattern === undefined || matches(pattern, text));
  const fitting = texts.filter(fits);
  const [first] = fitting;
  if (first === undefined)
    throw new Error(
      `${at}: none of the texts in electron/testing/shapedValues.ts fits ${pattern ?? "its length"}. Add one that does.`,
    );
  const others = fc.string({ unit: "grapheme", maxLength: 40 }).map((text) => (fits(text) ? text : first));
  return fc.oneof(fc.constantFrom(...fitting), others);
}

/** JSON Schema keeps no flags: a pattern with properties of characters needs `u`, and one with idle escapes refuses it. */
function matches(pattern: string, text: string): boolean {
  return (/\\p\{/.test(pattern) ? new RegExp(pattern, "u") : new RegExp(pattern)).test(text);
}

const listsOf = ({ items, minItems = 0, maxItems = 3 }: Schema, at: string): fc.Arbitrary<unknown> =>
  fc.array(valuesOf(items as Schema, `${at}[]`), { minLength: minItems, maxLength: maxItems });

function objectsOf({ properties = {}, required = [] }: Schema, at: string): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, field]): [string, fc.Arbitrary<unknown>] => [
    name,
    valuesOf(field as Schema, `${at}.${name}`),
  ]);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...required], noNullPrototype: true });
}
