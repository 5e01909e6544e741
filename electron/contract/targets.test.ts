import { describe, expect, test } from "vitest";
import { fingerprintOf, newTargetShape, settingsDocumentShape, typedFingerprint } from "./index.ts";
import { usualPreferences } from "./settings.ts";

const wanted = {
  kind: "stamp",
  name: "Lab",
  transport: "https",
  configuration: "PrivilegedEndpoint",
  account: ".\\operator",
  endpoints: [{ name: "ERCS01", host: "10.0.0.1", port: 5986 }],
};

describe("the way to sign in", () => {
  test("is Negotiate unless said", () => {
    expect(newTargetShape.parse(wanted).signIn).toEqual({ kind: "negotiate" });
  });

  test.each([{ kind: "basic" }, { kind: "certificate", certificateFile: "c.pem", keyFile: "k.pem" }])(
    "%j is for HTTPS only",
    (signIn) => {
      expect(newTargetShape.parse({ ...wanted, signIn }).signIn).toEqual(signIn);
      const refused = newTargetShape.safeParse({ ...wanted, signIn, transport: "http" });
      expect(refused.error?.issues).toMatchObject([{ path: ["signIn"], message: /HTTPS only/ }]);
    },
  );
});

test("settings that an earlier build wrote are read: Negotiate, and no certificate trusted yet", () => {
  const stored = { ...wanted, id: "1", practice: false };
  const read = settingsDocumentShape.parse({ version: 1, preferences: usualPreferences, targets: [stored] });
  expect(read.targets).toEqual([{ ...stored, signIn: { kind: "negotiate" }, certificates: [], scope: null }]);
  expect(settingsDocumentShape.parse(read)).toEqual(read);
});

test("a fingerprint is typed in any case, with colons or without, and kept in one spelling", () => {
  const kept = Array.from({ length: 32 }, () => "0A").join(":");
  for (const typed of [kept, kept.toLowerCase(), kept.replaceAll(":", "")]) {
    expect(typedFingerprint.safeParse(typed).success).toBe(true);
    expect(fingerprintOf(typed)).toBe(kept);
  }
  for (const typed of ["", "0A", `${kept}:0A`, kept.replace("0", "G"), `${kept} `])
    expect(typedFingerprint.safeParse(typed).success).toBe(false);
});

test("a settings file in which an earlier build kept a name with control characters is read, without the name", () => {
  const preferences = { ...usualPreferences, operator: `Ada${String.fromCharCode(27)}[2J` };
  const read = settingsDocumentShape.parse({ version: 1, preferences, targets: [] });
  expect(read.preferences).toEqual(usualPreferences);
});
