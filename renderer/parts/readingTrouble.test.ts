import { expect, test } from "vitest";
import { aTarget } from "../../electron/testing/builders.ts";
import { readingTrouble } from "./readingTrouble.ts";

const target = aTarget();
const trusted = {
  host: "h",
  port: 5986,
  sha256: "",
  subject: "",
  issuer: "",
  validTo: null,
  trustedAt: "2026-11-24T03:00:00Z",
};
const untrusted = { code: "untrusted", sentence: "", remedy: "trust" } as const;

test("a certificate that nobody trusted yet is a remark, another one than the trusted is an alarm", () => {
  expect(readingTrouble(target, untrusted, "unknown").kind).toBe("warning");
  expect(readingTrouble({ ...target, certificates: [trusted] }, untrusted, "unknown").kind).toBe("danger");
});

test("a revoke without proof is not called a failed reading, nor a reading without proof a revoke", () => {
  const notConfirmed = { code: "notConfirmed", sentence: "", remedy: "retry" } as const;
  expect(readingTrouble(target, notConfirmed, "notConfirmed")).toEqual({
    kind: "danger",
    title: "The revoke is not confirmed",
  });
  expect(readingTrouble(target, notConfirmed, "unknown")).toEqual({
    kind: "warning",
    title: "Not proved closed",
  });
});

test("an endpoint that does not answer is a remark, whatever was trusted", () => {
  const silent = { code: "unreachable", sentence: "", remedy: "retry" } as const;
  expect(readingTrouble({ ...target, certificates: [trusted] }, silent, "unknown").kind).toBe("warning");
});
