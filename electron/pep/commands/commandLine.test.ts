import { expect, test } from "vitest";
import { dateTime, list, psObject, scalar } from "../../protocol/clixml/build.ts";
import { command } from "./command.ts";
import { commandLine } from "./commandLine.ts";
import { disableRemoteSupport } from "./disableRemoteSupport.ts";
import { getRemoteSupportSessionHistory } from "./getRemoteSupportSessionHistory.ts";

test.each([
  [disableRemoteSupport, "Disable-RemoteSupport"],
  [
    command("A-B", { AccessLevel: "Diagnostics", ExpireInMinutes: 480 }),
    "A-B -AccessLevel Diagnostics -ExpireInMinutes 480",
  ],
  [
    command("A-B", { IncludeExpired: true, Other: false, None: null }),
    "A-B -IncludeExpired -Other:$false -None $null",
  ],
  [
    command("A-B", { From: dateTime(new Date("2026-11-30T10:00:00Z")) }),
    "A-B -From '2026-11-30T10:00:00.000Z'",
  ],
  [
    command("A-B", { Reason: "it's a 'test'; Remove-Item x" }),
    "A-B -Reason 'it''s a ''test''; Remove-Item x'",
  ],
  [command("A-B", { Reason: "so\u2019ne" }), "A-B -Reason 'so\u2019\u2019ne'"],
  [command("A-B", { Names: list(["One", "two words", 3]) }), "A-B -Names One,'two words',3"],
  [command("A-B", { Number: "5", Dash: "-x", Empty: "" }), "A-B -Number '5' -Dash '-x' -Empty ''"],
  [command("A-B", { Password: "p", Key: scalar("SS", "c2VjcmV0") }), "A-B -Password [hidden] -Key [hidden]"],
  [command("A-B", { Credential: psObject({ display: "x" }) }), "A-B -Credential [hidden]"],
  [
    getRemoteSupportSessionHistory({ from: null, sessionId: "s-1", transcript: true }),
    "Get-RemoteSupportSessionHistory -FromDate '2000-01-01T00:00:00.000Z' -SessionId 's-1' -IncludeSessionTranscript",
  ],
])("%o is the line %s", (sent, line) => {
  expect(commandLine(sent)).toBe(line);
});
