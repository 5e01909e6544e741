import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalId } from "./canonicalId.ts";

test("a GUID is the same however it is spelt", () => {
  fc.assert(
    fc.property(fc.uuid(), fc.boolean(), (id, upper) => {
      const spellings = [id, `{${id}}`, `(${id})`, id.replaceAll("-", ""), ` ${id} `];
      for (const spelt of spellings) expect(canonicalId(upper ? spelt.toUpperCase() : spelt)).toBe(id);
    }),
  );
});

test.each([
  "Visit-7",
  "",
  "{1}",
  "00000001-1111-4222-8333-44444444444",
  "{00000001-1111-4222-8333-444444444444",
  "(00000001-1111-4222-8333-444444444444}",
  "0000000111114222833344444444444g",
])("%j is no GUID, and is as it was", (text) => {
  expect(canonicalId(text)).toBe(text);
});
