import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { hashtable } from "../../protocol/clixml/build.ts";
import { integerOf, property, textOf } from "../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { readErrorRecord } from "../../protocol/psrp/errorRecord.ts";
import { readHostCall } from "../../protocol/psrp/hostCalls.ts";
import { messageTypes } from "../../protocol/psrp/messageTypes.ts";
import { members } from "../../protocol/psrp/objects.ts";
import { azureStackHubTerms } from "../../published/azureStackHubTerms.ts";
import { replayIntoShell } from "../../testing/replayIntoShell.ts";
import type { Heard } from "../../testing/replayIntoShell.ts";
import { WindowsClient } from "../../testing/windowsClient.ts";
import { createStampCommands } from "../commands/stampCommands.ts";
import { emptyStamp } from "../model/history.ts";
import { createStampModel } from "../model/stampModel.ts";
import { defaultSwitches } from "../stampSwitches.ts";
import type { StampSwitches } from "../stampSwitches.ts";
import { commandNotFound } from "./pipelineErrors.ts";
import type { ShellSurroundings } from "./shellSurroundings.ts";

const now = Date.UTC(2026, 10, 24, 14, 5, 6);

/** A stamp at whose door nobody has ever been, its clock standing still. */
function aStamp(change: Partial<StampSwitches> = {}) {
  const switches: StampSwitches = { ...defaultSwitches, engineer: "nobody", ...change };
  const model = createStampModel({
    initial: emptyStamp(1, now),
    now: () => new Date(now),
    speed: 1,
    switches: () => switches,
    onChange: () => undefined,
  });
  const context = { model, switches: () => switches, restartEndpoint: () => undefined };
  return { model, commands: createStampCommands(context)() };
}

async function heardBy(
  client: WindowsClient,
  stamp = aStamp(),
  change: Partial<ShellSurroundings> = {},
): Promise<(pipeline?: string) => readonly string[]> {
  const heard = await replayIntoShell(client.lines, stamp.commands, change);
  return (pipeline = "") =>
    heard.filter((message) => message.pipeline === pipeline).flatMap((message) => seen(message) ?? []);
}

/** What the user sees of a message; nothing of the records that come beside host calls. */
function seen({ type, content }: Heard): string | null {
  switch (type) {
    case messageTypes.pipelineHostCall:
      return callSeen(content);
    case messageTypes.pipelineState: {
      const error = property(content, "ExceptionAsErrorRecord");
      const reason = error === undefined ? "" : ` ${readErrorRecord(error).errorId}`;
      return `[state ${integerOf(property(content, "PipelineState"))}${reason}]`;
    }
    case messageTypes.pipelineOutput:
      return `[object ${textOf(property(content, "Name")) ?? textOf(property(content, "Count")) ?? textOf(content)}]`;
    case messageTypes.errorRecord:
      return `[error ${readErrorRecord(content).errorId}]`;
    case messageTypes.runspaceAvailability:
      return `[availability ${textOf(property(content, "SetMinMaxRunspacesResponse"))}]`;
    default:
      return null;
  }
}

function callSeen(content: ClixmlValue): string {
  const { method, callId, parameters } = readHostCall(content);
  const texts = parameters.map((value) => textOf(value) ?? "");
  if (method === 16) return texts.join("");
  if (method === 18) return `! ${texts.join("")}`;
  if (method === 26) return `[choice ${callId}: ${digest(texts[0] ?? "")}${texts[1]} default ${texts[3]}]`;
  return `[call ${method} ${callId}: ${texts.filter((text) => text !== "").join(" / ")}]`;
}

/** The terms are long: whether they are the published ones. */
const digest = (text: string): string =>
  createHash("sha256").update(text).digest("hex") ===
  createHash("sha256").update(azureStackHubTerms.text).digest("hex")
    ? "the Hub terms"
    : text;

const grantLines = (connection: string): readonly string[] => [
  "",
  "",
  "State                  : Active",
  "CreatedAt              : 11/24/2026 2:05:06 PM +00:00",
  "UpdatedAt              : 11/24/2026 2:05:06 PM +00:00",
  `ConnectionStatus       : ${connection}`,
  "ConnectionErrorMessage : ",
  "TargetService          : PowerShell",
  "AccessLevel            : Diagnostics",
  "ExpiresAt              : 11/24/2026 10:05:06 PM +00:00",
  "SasCredential          : ",
  "",
  "",
  "",
];

describe("whoever types Enter-PSSession", () => {
  test("finds the two commands that the client looks for, and no prompt", async () => {
    const client = new WindowsClient();
    const metadata = client.metadata("Out-Default", "Exit-PSSession");
    client.close(metadata);
    const none = client.metadata("No-Such*");
    client.close(none);
    const prompt = client.command("prompt");
    client.close(prompt);
    const said = await heardBy(client);
    expect(said(metadata)).toEqual([
      "[object 2]",
      "[object Out-Default]",
      "[object Exit-PSSession]",
      "[state 4]",
    ]);
    expect(said(none)).toEqual(["[object 0]", "[state 4]"]);
    expect(said(prompt)).toEqual(["[state 5 CommandNotFoundException]"]);
  });

  test("is asked for the missing level, then for consent, and sees the grant drawn as a list", async () => {
    const client = new WindowsClient();
    const list = client.typed("Get-RemoteSupportAccess", ["Get-RemoteSupportAccess"]);
    client.close(list);
    const enable = client.typed("Enable-RemoteSupport", ["Enable-RemoteSupport"]);
    client.answer(enable, 1n, 23, hashtable({ AccessLevel: "diagnostics" }));
    client.answer(enable, 2n, 26, 0);
    client.close(enable);
    const again = client.typed("Get-RemoteSupportAccess", ["Get-RemoteSupportAccess"]);
    client.close(again);
    const said = await heardBy(client);
    const reading = "Retrieving Remote Support access. IncludeExpired is set to 'False'";
    expect(said(list)).toEqual([reading, "[state 4]"]);
    expect(said(enable)).toEqual([
      "[call 23 1: cmdlet Enable-RemoteSupport at command pipeline position 1 / Supply values for the following parameters:]",
      "[choice 2: the Hub terms\r\nProceed with enabling remote support? default 0]",
      "Enabling Remote Support for 'Diagnostics' expiring in '480' minutes.",
      "Remote Support successfully Enabled.",
      ...grantLines("Connecting"),
      "[state 4]",
    ]);
    expect(said(again)).toEqual([reading, ...grantLines("Connecting"), "[state 4]"]);
  });

  test("who says No, or stops at either question, has granted nothing", async () => {
    const stamp = aStamp();
    const client = new WindowsClient();
    const refused = client.typed("Enable-RemoteSupport Diagnostics", [
      "Enable-RemoteSupport",
      { name: null, value: "Diagnostics" },
    ]);
    client.answer(refused, 1n, 26, 1);
    client.close(refused);
    const unanswered = client.typed("Enable-RemoteSupport", ["Enable-RemoteSupport"]);
    client.stop(unanswered);
    client.close(unanswered);
    const stopped = client.typed("Enable-RemoteSupport -AccessLevel Diagnostics", [
      "Enable-RemoteSupport",
      { name: "-AccessLevel", value: null },
      { name: null, value: "Diagnostics" },
    ]);
    client.stop(stopped);
    client.answer(stopped, 1n, 26, 0);
    client.close(stopped);
    const said = await heardBy(client, stamp);
    expect(said(refused).at(-1)).toBe("[state 4]");
    expect(said(unanswered).at(-1)).toBe("[state 3 PipelineStopped]");
    expect(said(stopped).at(-1)).toBe("[state 3 PipelineStopped]");
    expect(stamp.model.state().grants).toEqual([]);
  });

  test("has errors drawn: those of a running command in place, those that ended a line when they are sent back", async () => {
    const client = new WindowsClient();
    const merged = client.typed("Get-RemoteSupportSessionHistory x", [
      "Get-RemoteSupportSessionHistory",
      { name: null, value: "x" },
    ]);
    client.close(merged);
    const failed = client.typed("Get-Process", ["Get-Process"]);
    client.close(failed);
    const drawn = client.drawError(commandNotFound("Get-Process"));
    client.close(drawn);
    const said = await heardBy(client);
    expect(said(merged)).toEqual([
      "! Get-RemoteSupportSessionHistory : PRACTICE: there is no remote support session ",
      "! x.",
      "!     + CategoryInfo          : ObjectNotFound: (:) [Get-RemoteSupportSessionHis ",
      "!    tory], RuntimeException",
      "!     + FullyQualifiedErrorId : RemoteSupportSessionNotFound,Get-RemoteSupportSe ",
      "!    ssionHistory",
      "!  ",
      "[state 4]",
    ]);
    expect(said(failed)).toEqual(["[state 5 CommandNotFoundException]"]);
    expect(said(drawn)).toEqual([
      "! The term 'Get-Process' is not recognized as the name of a cmdlet, function, ",
      "! script file, or operable program. Check the spelling of the name, or if a path ",
      "! was included, verify that the path is correct and try again.",
      "!     + CategoryInfo          : ObjectNotFound: (Get-Process:String) [], Command ",
      "!    NotFoundException",
      "!     + FullyQualifiedErrorId : CommandNotFoundException",
      "!  ",
      "[state 4]",
    ]);
  });

  test("is told what was not found in the words of 5.1", async () => {
    const client = new WindowsClient();
    const command = client.typed("gcm No-Such", ["gcm", { name: null, value: "No-Such" }]);
    client.close(command);
    const help = client.typed("Get-Help No-Such", ["Get-Help", { name: null, value: "No-Such" }]);
    client.close(help);
    const said = await heardBy(client);
    expect(said(command)).toContain(
      "!     + CategoryInfo          : ObjectNotFound: (No-Such:String) [Get-Command],  ",
    );
    expect(said(help)).toContain(
      "!     + CategoryInfo          : ResourceUnavailable: (:) [Get-Help], HelpNotFoun ",
    );
  });

  test("has errors behind the first command as records: only that one's are merged into the output", async () => {
    const client = new WindowsClient();
    const line = client.typed(
      "gcm cls | Get-RemoteSupportAccess",
      ["gcm", { name: null, value: "cls" }],
      ["Get-RemoteSupportAccess"],
    );
    client.close(line);
    const heard = await replayIntoShell(client.lines, aStamp().commands);
    const errors = heard.filter(({ type }) => type === messageTypes.errorRecord);
    expect(errors.map(({ content }) => textOf(property(content, "ErrorCategory_Message")))).toEqual([
      "InvalidArgument: (cls:PSObject) [Get-RemoteSupportAccess], ParameterBindingException",
    ]);
  });

  test("sees commands in the columns of Get-Command, and its syntax as text", async () => {
    const client = new WindowsClient();
    const table = client.typed("gcm *RemoteSupportA*", ["gcm", { name: null, value: "*RemoteSupportA*" }]);
    client.close(table);
    const syntax = client.typed("Get-Command Enable-RemoteSupport -Syntax", [
      "Get-Command",
      { name: null, value: "Enable-RemoteSupport" },
      { name: "-Syntax", value: null },
    ]);
    client.close(syntax);
    const said = await heardBy(client);
    const columns = (...texts: readonly string[]): string =>
      [15, 50, 10, 1]
        .map((width, at) => (texts[at] ?? "").padEnd(width))
        .join(" ")
        .trimEnd();
    // On 80 characters one is left for the source, whose name then stands upright.
    expect(said(table)).toEqual([
      "",
      columns("CommandType", "Name", "Version", "S"),
      ...["o", "u", "r", "c", "e"].map((letter) => columns("", "", "", letter)),
      columns("-----------", "----", "-------", "-"),
      columns("Function", "Get-RemoteSupportAccess", "0.0", "M"),
      "",
      "",
      "[state 4]",
    ]);
    expect(said(syntax)).toEqual([
      "",
      "Enable-RemoteSupport [-AccessLevel] <string> [[-ExpireInMinutes] <int>] [<CommonParameters>]",
      "",
      "[state 4]",
    ]);
  });

  test("gets help of a command by -? as by Get-Help, without the command being run", async () => {
    const stamp = aStamp();
    const client = new WindowsClient();
    const asked = client.typed("Enable-RemoteSupport Diagnostics -?", [
      "Enable-RemoteSupport",
      { name: null, value: "Diagnostics" },
      { name: "-?", value: null },
    ]);
    client.close(asked);
    const help = client.typed("Get-Help Enable-RemoteSupport", [
      "Get-Help",
      { name: null, value: "Enable-RemoteSupport" },
    ]);
    client.close(help);
    const said = await heardBy(client, stamp);
    expect(said(asked)).toContain("    Enable-RemoteSupport");
    expect(said(asked)).toEqual(said(help));
    expect(stamp.model.state().grants).toEqual([]);
  });

  test("completes nothing with the tabulator: the session has no TabExpansion2", async () => {
    const client = new WindowsClient();
    const completion = client.command(
      "TabExpansion2",
      { name: null, value: "Get-R" },
      { name: null, value: 5 },
      { name: null, value: null },
    );
    client.close(completion);
    expect((await heardBy(client))(completion)).toEqual(["[state 5 CommandNotFoundException]"]);
  });

  test("clears the screen by cls as the function of 5.1 does: cursor home, then blanks everywhere", async () => {
    const client = new WindowsClient();
    const clear = client.typed("cls", ["cls"]);
    client.close(clear);
    const heard = await replayIntoShell(client.lines, aStamp().commands);
    const calls = heard
      .filter(({ type, pipeline }) => type === messageTypes.pipelineHostCall && pipeline === clear)
      .map(({ content }) => readHostCall(content));
    expect(calls.map(({ method, wantsAnswer }) => [method, wantsAnswer])).toEqual([
      [32, false],
      [48, false],
    ]);
    const [home, area] = calls.map(({ parameters }) => parameters[0] ?? null);
    expect(["x", "y"].map((name) => integerOf(property(home ?? null, name)))).toEqual([0, 0]);
    expect(["left", "top", "right", "bottom"].map((name) => integerOf(property(area ?? null, name)))).toEqual(
      [-1, -1, -1, -1],
    );
  });

  test("leaves by Exit-PSSession, which calls PopRunspace and wants no answer", async () => {
    const client = new WindowsClient();
    const exit = client.typed("exit", ["Exit-PSSession"]);
    client.close(exit);
    expect((await heardBy(client))(exit)).toEqual(["[call 53 -100: ]", "[state 4]"]);
  });

  test("may type a date as a date", async () => {
    const client = new WindowsClient();
    const history = client.typed("Get-RemoteSupportSessionHistory -FromDate 2026-11-20", [
      "Get-RemoteSupportSessionHistory",
      { name: "-FromDate ", value: "2026-11-20" },
    ]);
    client.close(history);
    expect((await heardBy(client))(history)).toEqual([
      "Listing Session History for last '5' days.",
      "No remote support session exists.",
      "[state 4]",
    ]);
  });
});

describe("a client of an older protocol", () => {
  test.each(["2.1", "2.2"])(
    "%s is answered in it, and gets no record that it does not know",
    async (protocol) => {
      const client = new WindowsClient(protocol);
      const list = client.typed("Get-RemoteSupportAccess", ["Get-RemoteSupportAccess"]);
      client.close(list);
      const heard = await replayIntoShell(client.lines, aStamp().commands);
      const [capability, privateData] = heard.map(({ content }) => content);
      expect(textOf(property(capability, "protocolversion"))).toBe(protocol);
      expect(JSON.stringify(privateData, replacer)).toContain(`"text":"${protocol}"`);
      expect(heard.map(({ type }) => type)).not.toContain(messageTypes.informationRecord);
      expect(heard.map(({ type }) => type)).toContain(messageTypes.pipelineHostCall);
    },
  );
});

const replacer = (_: string, value: unknown): unknown =>
  value instanceof Map ? [...value] : typeof value === "bigint" ? String(value) : value;

describe("pool operations of a Windows client", () => {
  test("counts are set within their bounds, and a state is reset where there is only one", async () => {
    const client = new WindowsClient();
    const set = (type: number, name: string, count: number): void =>
      client.tell(type, members({ [name]: count, ci: 1n }));
    client.tell(messageTypes.resetRunspaceState, members({ ci: 1n }));
    set(messageTypes.setMaxRunspaces, "MaxRunspaces", 3);
    set(messageTypes.setMinRunspaces, "MinRunspaces", 4);
    set(messageTypes.setMinRunspaces, "MinRunspaces", 2);
    set(messageTypes.setMaxRunspaces, "MaxRunspaces", 1);
    set(messageTypes.setMaxRunspaces, "MaxRunspaces", -1);
    client.tell(messageTypes.getAvailableRunspaces, members({ ci: 1n }));
    client.tell(messageTypes.resetRunspaceState, members({ ci: 1n }));
    const said = (await heardBy(client))();
    expect(said.map((line) => line.slice("[availability ".length, -1))).toEqual([
      "True",
      "True",
      "False",
      "True",
      "False",
      "False",
      "3",
      "False",
    ]);
  });
});
