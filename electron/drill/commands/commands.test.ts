import { describe, expect, test } from "vitest";
import { arcWindowsServerTerms } from "../../published/arcWindowsServerTerms.ts";
import { azureStackHubTerms } from "../../published/azureStackHubTerms.ts";
import type { ClixmlObject, ClixmlValue } from "../../protocol/clixml/value.ts";
import { stampWithHistory } from "../model/history.ts";
import { createStampModel } from "../model/stampModel.ts";
import { CommandError } from "../stampCommand.ts";
import type { BoundValue, CommandVoice, Invocation } from "../stampCommand.ts";
import { defaultSwitches } from "../stampSwitches.ts";
import type { StampSwitches } from "../stampSwitches.ts";
import { createStampCommands } from "./stampCommands.ts";
import { responseTo } from "./supportSession.ts";

const start = Date.UTC(2026, 10, 22, 3, 10);

/** Answers the question; throws what an endpoint's client could do instead. */
type Answer = (caption: string, message: string) => Promise<number> | number;

type Ran = {
  readonly output: readonly ClixmlValue[];
  readonly said: readonly string[];
  readonly errors: readonly CommandError[];
  readonly questions: readonly {
    readonly caption: string;
    readonly message: string;
    readonly choice: number;
  }[];
};

/** A stamp with still time, whose commands are run as an endpoint would. */
function aStamp(change: Partial<StampSwitches> = {}, answer: Answer = () => 0) {
  let now = start;
  let switches: StampSwitches = { ...defaultSwitches, ...change };
  const model = createStampModel({
    initial: stampWithHistory(7, start),
    now: () => new Date(now),
    speed: 30,
    switches: () => switches,
    onChange: () => undefined,
  });
  let connection = new AbortController();
  const commands = createStampCommands({
    model,
    switches: () => switches,
    restartEndpoint: () => {
      connection.abort();
      connection = new AbortController();
    },
  });

  const run = async (
    name: string,
    parameters: Readonly<Record<string, BoundValue>> = {},
    options: {
      readonly redirected?: boolean;
      readonly signal?: AbortSignal;
      readonly endpoint?: string;
    } = {},
  ): Promise<Ran> => {
    const ran = {
      output: [] as ClixmlValue[],
      said: [] as string[],
      errors: [] as CommandError[],
      questions: [] as Ran["questions"][number][],
    };
    const silent = (): void => undefined;
    const voice: CommandVoice = {
      information: (line) => void ran.said.push(line),
      warning: silent,
      verbose: silent,
      progress: silent,
      error: (error) => void ran.errors.push(error),
      choose: async (caption, message, _choices, choice) => {
        ran.questions.push({ caption, message, choice });
        return answer(caption, message);
      },
      errorsAreRedirected: options.redirected ?? false,
    };
    const invocation: Invocation = {
      name,
      parameters: new Map(Object.entries(parameters)),
      input: [],
      voice,
      account: "AZS\\cloudadmin",
      endpoint: options.endpoint ?? "AZS-ERCS01",
      culture: "en-US",
      signal: options.signal ?? connection.signal,
    };
    const command = commands().find((one) => one.name === name);
    if (command === undefined) throw new Error(`The stamp has no ${name}.`);
    for await (const value of command.run(invocation)) ran.output.push(value);
    return ran;
  };
  return {
    model,
    run,
    names: () => commands().map((command) => command.name),
    parametersOf: (name: string) => commands().find((one) => one.name === name)?.parameters ?? [],
    pass: (minutes: number) => void (now += minutes * 60_000),
    change: (more: Partial<StampSwitches>) => void (switches = { ...switches, ...more }),
    active: async () =>
      (await run("Get-RemoteSupportAccess")).output.filter((one) => typeof one === "object").length,
  };
}

const properties = (value: ClixmlValue | undefined): ReadonlyMap<string, ClixmlValue> => {
  if (typeof value !== "object" || value === null || value.kind !== "object") throw new Error("no object");
  return value.extended;
};
const shown = (value: ClixmlValue | undefined): string | null => (value as ClixmlObject).display;
const enable = { AccessLevel: "Diagnostics", ExpireInMinutes: 1_440 };

describe("Enable-RemoteSupport", () => {
  test("asks with the terms as caption and Yes as default, then prints two lines and a grant of nine properties", async () => {
    const ran = await aStamp().run("Enable-RemoteSupport", enable);
    expect(ran.questions).toEqual([
      { caption: azureStackHubTerms.text, message: "\r\nProceed with enabling remote support?", choice: 0 },
    ]);
    expect(ran.said).toEqual([
      "Enabling Remote Support for 'Diagnostics' expiring in '1440' minutes.",
      "Remote Support successfully Enabled.",
    ]);
    expect(ran.output).toHaveLength(1);
    const grant = properties(ran.output[0]);
    expect([...grant.keys()]).toEqual([
      "State",
      "CreatedAt",
      "UpdatedAt",
      "ConnectionStatus",
      "ConnectionErrorMessage",
      "TargetService",
      "AccessLevel",
      "ExpiresAt",
      "SasCredential",
    ]);
    expect(shown(grant.get("State"))).toBe("Active");
    expect(shown(grant.get("ConnectionStatus"))).toBe("Connecting");
    expect(shown(grant.get("AccessLevel"))).toBe("Diagnostics");
    expect(shown(grant.get("ExpiresAt"))).toBe("11/23/2026 3:10:00 AM +00:00");
  });

  test("takes 480 minutes when none are given", async () => {
    const ran = await aStamp().run("Enable-RemoteSupport", { AccessLevel: "diagnosticsrepair" });
    expect(ran.said[0]).toBe("Enabling Remote Support for 'DiagnosticsRepair' expiring in '480' minutes.");
  });

  test("does nothing at all after a No", async () => {
    const stamp = aStamp({}, () => 1);
    const ran = await stamp.run("Enable-RemoteSupport", enable);
    expect([ran.output, ran.said, ran.errors]).toEqual([[], [], []]);
    expect(await stamp.active()).toBe(0);
  });

  test.each([59, 20_161, 0, -1, 1_000_000_000])(
    "refuses %i minutes with an error and no question",
    async (minutes) => {
      const stamp = aStamp();
      const ran = await stamp.run("Enable-RemoteSupport", { ...enable, ExpireInMinutes: minutes });
      expect(ran.errors.map((error) => error.message)).toEqual([
        "PRACTICE: remote support can be enabled for 60 to 20160 minutes only.",
      ]);
      expect(ran.questions).toEqual([]);
      expect(await stamp.active()).toBe(0);
    },
  );

  test.each([60, 20_160])("takes %i minutes", async (minutes) => {
    const ran = await aStamp().run("Enable-RemoteSupport", { ...enable, ExpireInMinutes: minutes });
    expect(ran.output).toHaveLength(1);
  });

  test("leaves the range to itself: the parameter declares none", () => {
    expect(aStamp().parametersOf("Enable-RemoteSupport")).toEqual([
      {
        name: "AccessLevel",
        type: "String",
        mandatory: true,
        position: 0,
        oneOf: ["Diagnostics", "DiagnosticsRepair"],
      },
      { name: "ExpireInMinutes", type: "Int32", position: 1 },
    ]);
  });

  test("loses WinRM under its first two runs where the switch says so; the third one grants", async () => {
    const stamp = aStamp({ firstEnable: "dropsTwice" });
    await expect(stamp.run("Enable-RemoteSupport", enable)).rejects.toThrow("aborted");
    await expect(stamp.run("Enable-RemoteSupport", enable)).rejects.toThrow("aborted");
    expect(await stamp.active()).toBe(0);
    expect((await stamp.run("Enable-RemoteSupport", enable)).output).toHaveLength(1);
  });

  test("shows its own terms as the switch says", async () => {
    const captionUnder = async (terms: StampSwitches["terms"]) =>
      (await aStamp({ terms }).run("Enable-RemoteSupport", enable)).questions[0]?.caption;
    expect(await captionUnder("otherProduct")).toBe(arcWindowsServerTerms.text);
    expect(await captionUnder("empty")).toBe("");
    expect(await captionUnder("changed")).not.toBe(azureStackHubTerms.text);
  });

  test("asks nothing where the switch says so", async () => {
    expect((await aStamp({ consent: "none" }).run("Enable-RemoteSupport", enable)).questions).toEqual([]);
    const agreeing = aStamp({ consent: "agreeParameter" });
    const agreed = await agreeing.run("Enable-RemoteSupport", {
      ...enable,
      AgreeToRemoteSupportConsent: true,
    });
    expect([agreed.questions, agreed.output.length]).toEqual([[], 1]);
  });
});

describe("a question that was not answered", () => {
  const hostError = () => {
    throw new CommandError("no user interface", { errorId: "HostFunctionNotImplemented", category: 11 });
  };
  const ways: readonly (readonly [string, Answer])[] = [
    ["a host error", hostError],
    ["-1", () => -1],
    ["a choice that does not exist", () => 7],
  ];

  test.each(ways)("by %s ends the command, and nothing is granted", async (_, answer) => {
    for (const redirected of [false, true]) {
      const stamp = aStamp({}, answer);
      await expect(stamp.run("Enable-RemoteSupport", enable, { redirected })).rejects.toBeInstanceOf(
        CommandError,
      );
      expect(await stamp.active()).toBe(0);
    }
  });

  test.each(ways)("by %s grants where the switch has it so and errors are redirected", async (_, answer) => {
    const stamp = aStamp({ errorAtQuestion: "goesOnAndGrants" }, answer);
    const ran = await stamp.run("Enable-RemoteSupport", enable, { redirected: true });
    expect([ran.output.length, ran.errors.length]).toEqual([1, 1]);
    expect(await stamp.active()).toBe(1);
  });

  test.each(ways)(
    "by %s ends the command when errors are not redirected, whatever the switch",
    async (_, answer) => {
      const stamp = aStamp({ errorAtQuestion: "goesOnAndGrants" }, answer);
      await expect(stamp.run("Enable-RemoteSupport", enable)).rejects.toBeInstanceOf(CommandError);
      expect(await stamp.active()).toBe(0);
    },
  );

  test("because the pipeline was stopped never grants, not even by a Yes that comes after", async () => {
    for (const late of [() => 0, hostError]) {
      const stopping = new AbortController();
      const stamp = aStamp({ errorAtQuestion: "goesOnAndGrants" }, () => {
        stopping.abort();
        return late();
      });
      const { signal } = stopping;
      await expect(stamp.run("Enable-RemoteSupport", enable, { redirected: true, signal })).rejects.toThrow(
        "aborted",
      );
      expect(await stamp.active()).toBe(0);
    }
  });
});

describe("Disable-RemoteSupport", () => {
  test("says two lines, and a fresh reading shows the door shut and every session ended", async () => {
    const stamp = aStamp();
    await stamp.run("Enable-RemoteSupport", enable);
    stamp.pass(0.5);
    expect(stamp.model.state().sessions.at(-1)?.ended).toBeNull();
    const ran = await stamp.run("Disable-RemoteSupport", {}, { endpoint: "AZS-ERCS03" });
    expect([ran.output, ran.said]).toEqual([
      [],
      ["Disabling Remote Support.", "Remote Support successfully Disabled."],
    ]);
    expect(await stamp.active()).toBe(0);
    const history = await stamp.run("Get-RemoteSupportSessionHistory");
    expect(history.output.length).toBeGreaterThan(0);
    expect(history.output.every((session) => properties(session).get("SessionEndTime") !== null)).toBe(true);
  });

  test("that hangs does nothing until it is stopped, and nothing then", async () => {
    const stamp = aStamp({ revoke: "hangs" });
    await stamp.run("Enable-RemoteSupport", enable);
    const stopping = new AbortController();
    const running = stamp.run("Disable-RemoteSupport", {}, { signal: stopping.signal });
    stopping.abort();
    await expect(running).rejects.toThrow("aborted");
    expect(await stamp.active()).toBe(1);
  });

  test("with nothing granted says the same, nothing, or an error", async () => {
    expect((await aStamp().run("Disable-RemoteSupport")).said).toHaveLength(2);
    expect((await aStamp({ revokeNothing: "nothing" }).run("Disable-RemoteSupport")).said).toEqual([]);
    await expect(aStamp({ revokeNothing: "error" }).run("Disable-RemoteSupport")).rejects.toThrow("PRACTICE");
  });
});

describe("Get-RemoteSupportAccess", () => {
  test("prints dates, enums and shapes as the switches say", async () => {
    const first = async (change: Partial<StampSwitches>) => {
      const stamp = aStamp(change);
      await stamp.run("Enable-RemoteSupport", enable);
      return properties((await stamp.run("Get-RemoteSupportAccess")).output.at(-1));
    };
    expect((await first({ dates: "text" })).get("CreatedAt")).toBe("11/22/2026 3:10:00 AM +00:00");
    expect((await first({ dates: "dateTime" })).get("CreatedAt")).toMatchObject({ tag: "DT" });
    expect((await first({ enums: "text" })).get("State")).toBe("Active");
    expect((await first({ enums: "number" })).get("State")).toBe(1);
    expect(shown((await first({ enums: "unknownValue" })).get("State"))).toBe("PracticeActive");
    expect((await first({ grantShape: "seven" })).size).toBe(7);
    expect((await first({ grantShape: "extra" })).has("Region")).toBe(true);
    expect((await first({ grantShape: "missing" })).has("UpdatedAt")).toBe(false);
  });

  test("shows the way to the vendor as the switch says", async () => {
    const status = async (connectionStatus: StampSwitches["connectionStatus"]) => {
      const stamp = aStamp({ connectionStatus });
      await stamp.run("Enable-RemoteSupport", enable);
      stamp.pass(1);
      return shown(
        properties((await stamp.run("Get-RemoteSupportAccess")).output[0]).get("ConnectionStatus"),
      );
    };
    expect(await status("connects")).toBe("Connected");
    expect(await status("staysConnecting")).toBe("Connecting");
    expect(await status("error")).toBe("Failed");
  });

  test("lists ended grants as Expired, only when asked", async () => {
    const stamp = aStamp();
    expect((await stamp.run("Get-RemoteSupportAccess")).output).toEqual([]);
    const all = await stamp.run("Get-RemoteSupportAccess", { IncludeExpired: true });
    expect(all.output.length).toBeGreaterThan(3);
    expect(all.output.every((grant) => shown(properties(grant).get("State")) === "Expired")).toBe(true);
    expect(all.said).toEqual(["Retrieving Remote Support access. IncludeExpired is set to 'True'"]);
  });

  test("mixes its lines into the output where the switch says so", async () => {
    const ran = await aStamp({ textLines: "output" }).run("Get-RemoteSupportAccess");
    expect(ran.output).toEqual(["Retrieving Remote Support access. IncludeExpired is set to 'False'"]);
    expect((await aStamp({ textLines: "none" }).run("Get-RemoteSupportAccess")).output).toEqual([]);
  });
});

describe("Get-RemoteSupportSessionHistory", () => {
  const since = { FromDate: new Date(start - 100 * 86_400_000) };

  test("lists the last seven days, or from the date given, without transcripts", async () => {
    const stamp = aStamp();
    const week = await stamp.run("Get-RemoteSupportSessionHistory");
    const all = await stamp.run("Get-RemoteSupportSessionHistory", since);
    expect(week.said[0]).toBe("Listing Session History for last '7' days.");
    expect(week.output.length).toBeLessThan(all.output.length);
    expect(all.output.length).toBe(stamp.model.state().sessions.length);
    expect(all.output.every((one) => properties(one).get("SessionTranscriptContent") === null)).toBe(true);
  });

  test("gives one session with its transcript, whenever it was", async () => {
    const stamp = aStamp();
    const oldest = stamp.model.state().sessions[0]?.id ?? "";
    const asked = { SessionId: oldest.toUpperCase(), IncludeSessionTranscript: true };
    const ran = await stamp.run("Get-RemoteSupportSessionHistory", asked);
    expect(ran.output).toHaveLength(1);
    const content = properties(ran.output[0]).get("SessionTranscriptContent");
    expect(content).toMatch(/^\*{22}\r\nWindows PowerShell transcript start\r\n/);
  });

  test("shows a live session without an end, or with year 1", async () => {
    const liveEnd = async (change: Partial<StampSwitches>) => {
      const stamp = aStamp(change);
      await stamp.run("Enable-RemoteSupport", enable);
      stamp.pass(0.5);
      const id = stamp.model.state().sessions.at(-1)?.id ?? "";
      const ran = await stamp.run("Get-RemoteSupportSessionHistory", { SessionId: id });
      return properties(ran.output[0]).get("SessionEndTime");
    };
    expect(await liveEnd({})).toBeNull();
    expect(await liveEnd({ never: "yearOne", dates: "text" })).toMatch(/^1\/1\/0*1 12:00:00 AM \+00:00$/);
  });

  test("answers an unknown session with an error, or with nothing", async () => {
    const asked = { SessionId: "00000000-0000-0000-0000-000000000000" };
    expect((await aStamp().run("Get-RemoteSupportSessionHistory", asked)).errors).toHaveLength(1);
    const silent = await aStamp({ unknownSession: "nothing" }).run("Get-RemoteSupportSessionHistory", asked);
    expect([silent.output, silent.errors]).toEqual([[], []]);
  });

  test("names the transcript otherwise, or leaves properties out, as the switch says", async () => {
    const first = async (sessionShape: StampSwitches["sessionShape"]) =>
      properties((await aStamp({ sessionShape }).run("Get-RemoteSupportSessionHistory", since)).output[0]);
    expect((await first("edge")).size).toBe(8);
    expect((await first("otherTranscriptName")).has("Transcript")).toBe(true);
    expect((await first("optionalMissing")).has("RemoteApplication")).toBe(false);
  });
});

describe("the rest of the endpoint", () => {
  test("tells version, addresses and time zone, the same on every day", async () => {
    const stamp = aStamp();
    const [first] = (await stamp.run("Get-AzureStackStampInformation")).output;
    expect(properties(first).get("StampVersion")).toMatchObject({ text: "1.2206.2.77" });
    expect(properties(first).get("Timezone")).toBe("Pacific Standard Time");
    expect(properties(first).get("RegionName")).toBe("practice");
    stamp.pass(5_000);
    expect((await stamp.run("Get-AzureStackStampInformation")).output).toEqual([first]);
    const broken = aStamp({ stampInformation: "eceError" });
    await expect(broken.run("Get-AzureStackStampInformation")).rejects.toThrow("ECE service");
  });

  test("of an old stamp has no remote support, and of one without the hotfix refuses it", async () => {
    const old = aStamp({ version: "old" });
    expect(old.names().filter((name) => name.includes("RemoteSupport"))).toEqual([]);
    old.change({ version: "withoutHotfix" });
    await expect(old.run("Enable-RemoteSupport", enable)).rejects.toThrow("hotfix");
  });

  test("of the preview counts in days", async () => {
    const stamp = aStamp({ expiryParameter: "ExpireInDays" });
    const ran = await stamp.run("Enable-RemoteSupport", { AccessLevel: "Diagnostics", ExpireInDays: 2 });
    expect(ran.said[0]).toContain("'2880' minutes");
  });

  test("prints its TLS policy, and closes with or without a destination", async () => {
    expect((await aStamp().run("Get-TLSPolicy")).output).toEqual(["TLS_1.2"]);
    expect((await aStamp().run("Close-PrivilegedEndpoint")).said).toHaveLength(1);
    const closed = await aStamp().run("Close-PrivilegedEndpoint", {
      TranscriptsPathDestination: "\\\\practice\\share",
    });
    expect(closed.said).toHaveLength(2);
  });

  test("takes a response token only for the request of the same session, and only once", async () => {
    const stamp = aStamp();
    const [token] = (await stamp.run("Get-SupportSessionToken")).output;
    const answer = { ResponseToken: responseTo(String(token as string)) };
    await expect(stamp.run("Unlock-SupportSession", answer, { endpoint: "AZS-ERCS02" })).rejects.toThrow(
      "PRACTICE",
    );
    expect((await stamp.run("Unlock-SupportSession", answer)).said).toHaveLength(1);
    await expect(stamp.run("Unlock-SupportSession", answer)).rejects.toThrow("PRACTICE");
  });

  test("a stopped command that waits ends at once", async () => {
    const stopping = new AbortController();
    const running = aStamp({ slowMilliseconds: 600_000 }).run(
      "Get-TLSPolicy",
      {},
      { signal: stopping.signal },
    );
    stopping.abort();
    await expect(running).rejects.toThrow("aborted");
  });
});
