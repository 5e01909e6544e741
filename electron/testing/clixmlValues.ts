import fc from "fast-check";
import { byteArray, dateTime, guid, psObject, scalar } from "../protocol/clixml/build.ts";
import type { ClixmlValue, ScalarTag } from "../protocol/clixml/value.ts";

/** Any UTF-16 at all, halves of surrogate pairs included. */
export const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
});
const digits = (tag: ScalarTag, min: number, max: number): fc.Arbitrary<ClixmlValue> =>
  fc.integer({ min, max }).map((number) => scalar(tag, String(number)));
const scalars = fc.oneof(
  digits("C", 0, 65_535),
  digits("By", 0, 255),
  digits("SB", -128, 127),
  digits("I16", -32_768, 32_767),
  digits("U32", 0, 4_294_967_295),
  fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }).map((number) => scalar("U64", String(number))),
  fc.uuid().map(guid),
  fc
    .date({ noInvalidDate: true, min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31") })
    .map(dateTime),
  fc.uint8Array().map(byteArray),
  fc.tuple(fc.constantFrom<ScalarTag>("URI", "XD", "SBK"), anyText).map(([tag, value]) => scalar(tag, value)),
  fc.constantFrom(
    scalar("Db", "NaN"),
    scalar("D", "-1.10"),
    scalar("TS", "-PT0.0015S"),
    scalar("Version", "1.2"),
  ),
);
const name = fc.oneof(anyText, fc.constantFrom("__proto__", "constructor", "N", ""));

/** Values of every kind, a few levels deep; keys and names that count as equal stand once. */
export function aClixmlValue(): fc.Arbitrary<ClixmlValue> {
  const { value } = fc.letrec<{ value: ClixmlValue }>((tie) => {
    const properties = fc
      .uniqueArray(fc.tuple(name, tie("value")), { maxLength: 3, selector: ([key]) => key.toLowerCase() })
      .map((entries) => new Map(entries));
    const items = fc.array(tie("value"), { maxLength: 3 });
    const kind = fc.constantFrom("list" as const, "enumerable" as const, "stack" as const, "queue" as const);
    const entries = fc.uniqueArray(fc.tuple(fc.oneof(anyText, fc.boolean(), fc.integer()), tie("value")), {
      maxLength: 3,
      selector: ([key]) => key,
    });
    const base = fc.oneof(
      tie("value"),
      fc.record({ kind, items }),
      entries.map((pairs) => ({ kind: "dictionary" as const, entries: pairs })),
    );
    const typeNames = fc.array(anyText, { maxLength: 2 });
    const object = fc
      .record(
        { typeNames, display: fc.option(anyText), base, adapted: properties, extended: properties },
        { requiredKeys: [] },
      )
      .map(psObject);
    const plain = fc.oneof(
      fc.constant(null),
      anyText,
      fc.boolean(),
      fc.integer(),
      fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }),
      scalars,
    );
    return { value: fc.oneof({ maxDepth: 3, depthIdentifier: "clixml" }, plain, object) };
  });
  return value;
}
