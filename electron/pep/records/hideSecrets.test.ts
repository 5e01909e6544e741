import { expect, test } from "vitest";
import { hideSecrets, hideSecretsInLines, isSecretName } from "./hideSecrets.ts";

test.each([
  ["SasCredential          : abc", "SasCredential          : [hidden]"],
  ["@{State=Active; SasCredential=a;b=c}", "@{State=Active; SasCredential=[hidden]}"],
  [
    "Endpoint=sb://x;SharedAccessKeyName=n;SharedAccessKey=k=",
    "Endpoint=sb://x;SharedAccessKeyName=[hidden]",
  ],
  ["GET https://x/?sr=1&sig=abc%3d&se=2", "GET https://x/?sr=1&sig=[hidden]&se=2"],
  ["sig=abc&se=2", "sig=[hidden]&se=2"],
  ['{"SasCredential": "abc"}', '{"SasCredential": [hidden]}'],
  ['<S N="SasCredential">abc</S>', '<S N="SasCredential">[hidden]'],
  ["SasCredential :\nState : Active", "SasCredential :\nState : Active"],
  [
    "Using provided SAS credential to make remote support connection.",
    "Using provided SAS credential to make remote support connection.",
  ],
])("%s", (text, hidden) => {
  expect(hideSecrets(text)).toBe(hidden);
});

test("in lines that follow each other a value may go on, or stand below its name", () => {
  expect(
    hideSecretsInLines([
      "SasCredential : abc",
      "                def",
      "State         : Active",
      "  indented",
    ]),
  ).toEqual(["SasCredential : [hidden]", "[hidden]", "State         : Active", "  indented"]);
  expect(
    hideSecretsInLines([
      "State  SasToken  Level",
      "-----  --------  -----",
      "Active abcdef    Diagnostics",
      "",
      "Active abcdef",
    ]),
  ).toEqual([
    "State  SasToken  Level",
    "-----  --------  -----",
    "Active [hidden] Diagnostics",
    "",
    "Active abcdef",
  ]);
});

test("a megabyte made to be slow is read in one go", () => {
  const text = "sharedaccess".repeat(100_000);
  expect(hideSecrets(text)).toBe(text);
});

test("names that may hold a secret are known", () => {
  expect(["SasCredential", "AdminPassword", "SASTOKEN", "State"].map(isSecretName)).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
