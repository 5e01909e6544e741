import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { arcWindowsServerTerms } from "./arcWindowsServerTerms.ts";
import { azureStackHubTerms } from "./azureStackHubTerms.ts";
import { publishedOperations } from "./operations.ts";

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

test("the terms are those that were published, to the letter", () => {
  expect(sha256(azureStackHubTerms.text)).toBe(
    "ecef3b47d1558f0011f21445627ce5b2485d75356cd5acae142cda8dbd498a4c",
  );
  expect(sha256(arcWindowsServerTerms.text)).toBe(
    "6926a2ada1558cc0b57f2806438ac5fd1fc3f968bf0b4b3161339fe9ad359f01",
  );
});

test("the printing errors of the Hub terms are kept", () => {
  expect(azureStackHubTerms.text).toContain("a support case You also acknowledge");
  expect(azureStackHubTerms.text).toContain("controlled by Microsoft.  These logs");
});

test("the list of operations is the published one: 65 at Diagnostics, 20 more at repair", () => {
  const count = (fits: (operation: (typeof publishedOperations)[number]) => boolean): number =>
    publishedOperations.filter(fits).length;
  expect(count(({ level }) => level === "Diagnostics")).toBe(65);
  expect(count(({ level }) => level === "DiagnosticsRepair")).toBe(20);
  expect(count(({ destructive }) => destructive)).toBe(13);
  expect(count(({ exports }) => exports)).toBe(5);
  expect(new Set(publishedOperations.map(({ name }) => name.toLowerCase())).size).toBe(85);
});
