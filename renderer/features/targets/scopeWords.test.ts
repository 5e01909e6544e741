import { expect, test } from "vitest";
import { scopeMeaning, scopeWords } from "./scopeWords.ts";

const at = "2026-11-24T03:00:00.000Z";

test("whether endpoints keep their grants together is said with who says it and since when", () => {
  expect(
    [
      null,
      { grants: "shared", by: "observed", at } as const,
      { grants: "separate", by: "observed", at } as const,
      { grants: "shared", by: "operator", at } as const,
    ].map(scopeWords),
  ).toEqual([
    "not known",
    "observed shared since 2026-11-24 03:00:00 UTC",
    "observed separate since 2026-11-24 03:00:00 UTC",
    "your word: shared, since 2026-11-24 03:00:00 UTC",
  ]);
});

test("only where grants are shared does one endpoint speak for all", () => {
  expect(scopeMeaning({ grants: "shared", by: "observed", at })).toContain("speaks for all");
  for (const scope of [null, { grants: "separate", by: "operator", at } as const])
    expect(scopeMeaning(scope)).toContain("only when every endpoint was read");
});
