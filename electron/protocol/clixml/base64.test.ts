import fc from "fast-check";
import { expect, test } from "vitest";
import { fromBase64, toBase64 } from "./base64.ts";

test.each([
  ["", ""],
  ["f", "Zg=="],
  ["fo", "Zm8="],
  ["foobar", "Zm9vYmFy"],
])("%j is %j (RFC 4648 10)", (text, base64) => {
  expect(toBase64(new TextEncoder().encode(text))).toBe(base64);
});

test("bytes come back, as Node's own decoder reads them", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
    }),
  );
});

test.each(["A", "AA=", "A===", "AB-_", "=AAA", "AA A"])("%j is no base64", (text) => {
  expect(fromBase64(text)).toBeNull();
});
