import { describe, expect, test } from "vitest";
import { ConsoleError } from "#contract";
import { arrayList, customObject, dateTimeOffset, dictionary, psObject } from "../protocol/clixml/build.ts";
import { textOf } from "../protocol/clixml/look.ts";
import { errorRecord } from "../protocol/psrp/errorRecord.ts";
import { hostMethods } from "../protocol/psrp/hostMethods.ts";
import { writeHostLine } from "../protocol/psrp/records.ts";
import type { ClixmlValue } from "../protocol/clixml/value.ts";
import type { AskPerson, Endpoints, Runspace } from "../services/ports.ts";
import { Secret } from "../services/secret.ts";
import { memoryAddress as address, memoryCredential as credential } from "../testing/memoryAddress.ts";
import { MemoryEndpoint } from "../testing/memoryEndpoint.ts";
import type { ScriptedCommand, Voice } from "../testing/scriptedCommand.ts";
import { stillClock } from "../testing/stillClock.ts";
import type { StillClock } from "../testing/stillClock.ts";
import { createEndpoints } from "./createEndpoints.ts";
import { keptEvents, quietEvents, revoke } from "../testing/commandEvents.ts";

const never = new AbortController().signal;

type Bench = {
  readonly endpoint: MemoryEndpoint;
  readonly clock: StillClock;
  readonly endpoints: Endpoints;
  readonly granted: string[];
};

const choice = (label: string): ClixmlValue => psObject({ extended: { label, helpMessage: "" } });
const yesNo = arrayList([choice("&Yes"), choice("&No")]);

const grant = (level: string) =>
  customObject({
    State: "Active",
    AccessLevel: level,
    CreatedAt: dateTimeOffset(new Date("2026-11-21T03:00:00Z")),
    ExpiresAt: dateTimeOffset(new Date("2026-11-21T11:00:00Z")),
  });

const offers = (name: string, parameters: readonly string[]): ClixmlValue =>
  psObject({ adapted: { Name: name, Parameters: dictionary(parameters.map((key) => [key, key])) } });

/** Grants on a Yes, and, like a function that falls through, on any answer that is not a No. */
const enable =
  (bench: { readonly granted: string[] }, choices: ClixmlValue = yesNo): ScriptedCommand =>
  async (voice: Voice) => {
    const answer = await voice.call(hostMethods.promptForChoice, ["the terms", "Proceed?", choices, 0]);
    if (answer === 1) return [];
    bench.granted.push(textOf(voice.parameters.get("AccessLevel")) ?? "");
    voice.pool.information(voice.pipeline, writeHostLine("Enabled.", "2026-11-21T03:10:00Z"));
    voice.pool.hostCall(voice.pipeline, hostMethods.writeLine2, ["Enabled."]);
    return [grant("Diagnostics")];
  };

const bench = (): Bench => {
  const endpoint = new MemoryEndpoint();
  const clock = stillClock();
  const granted: string[] = [];
  endpoint.commands.set("Get-Command", () => [
    offers("Enable-RemoteSupport", ["AccessLevel", "ExpireInMinutes"]),
  ]);
  endpoint.commands.set("Get-RemoteSupportAccess", () => [grant("Diagnostics")]);
  endpoint.commands.set("Disable-RemoteSupport", () => ["Revoked."]);
  endpoint.commands.set("Enable-RemoteSupport", enable({ granted }));
  const endpoints = createEndpoints({ clock, connect: endpoint.connect });
  return { endpoint, clock, endpoints, granted };
};

const open = (on: Bench): Promise<Runspace> => on.endpoints.open(address, credential, never);
const request = { level: "Diagnostics", minutes: 480 } as const;
const failureOf = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    return await promise;
  } catch (error) {
    return error instanceof ConsoleError ? error.code : error;
  }
};

describe("requests on the wire", () => {
  test("opening, one read and closing take no more than the protocol's minimum", async () => {
    const on = bench();
    const runspace = await open(on);
    await runspace.readAccess({ includeExpired: true }, never);
    await runspace[Symbol.asyncDispose]();
    await on.endpoints.close();
    expect(on.endpoint.requests).toEqual([
      "Create",
      "Receive",
      "Receive",
      "Receive",
      "Command",
      "Receive",
      "Delete",
    ]);
    expect(on.endpoint.connections).toBe(1);
  });

  test("a warm read is two requests", async () => {
    const on = bench();
    await (await open(on))[Symbol.asyncDispose]();
    const before = on.endpoint.requests.length;
    const runspace = await open(on);
    expect(await runspace.readAccess({ includeExpired: false }, never)).toMatchObject({
      grants: [{ active: true, level: "Diagnostics" }],
    });
    expect(on.endpoint.requests.slice(before)).toEqual(["Command", "Receive"]);
  });

  test("a runspace that nobody uses is closed after some minutes", async () => {
    const on = bench();
    await (await open(on))[Symbol.asyncDispose]();
    await on.clock.advance(239_000);
    expect(on.endpoint.shells.size).toBe(1);
    await on.clock.advance(2_000);
    expect(on.endpoint.shells.size).toBe(0);
  });

  test("another password is never served by a warm runspace", async () => {
    const on = bench();
    await (await open(on))[Symbol.asyncDispose]();
    const other = { ...credential, password: new Secret("another") };
    await on.endpoints.open(address, other, never);
    expect(on.endpoint.requests.filter((name) => name === "Create")).toHaveLength(2);
  });

  test("nothing to say for a while is no error", async () => {
    const on = bench();
    const slow = Promise.withResolvers<readonly ClixmlValue[]>();
    on.endpoint.commands.set("Get-RemoteSupportAccess", () => slow.promise);
    const runspace = await open(on);
    const reading = runspace.readAccess({ includeExpired: false }, never);
    await on.clock.advance(1_500);
    on.endpoint.silence();
    await on.clock.advance(1_500);
    slow.resolve([]);
    expect(await reading).toEqual({ grants: [], notUnderstood: [] });
  });
});

describe("the consent question", () => {
  test("is put to the person as it came, and a Yes is carried", async () => {
    const on = bench();
    const { said, events } = keptEvents();
    const questions: unknown[] = [];
    const ask: AskPerson = async (question) => {
      questions.push(question);
      return "yes";
    };
    const end = await (await open(on)).enable(request, ask, events, never);
    expect(questions).toEqual([
      { caption: "the terms", message: "Proceed?", choices: ["Yes", "No"], understood: true },
    ]);
    expect(end).toMatchObject({ answer: "yes", printed: { active: true } });
    expect(said).toEqual(["Enabled."]);
    expect(on.granted).toEqual(["Diagnostics"]);
  });

  test("a No ends the command and grants nothing", async () => {
    const on = bench();
    const end = await (await open(on)).enable(request, async () => "no", quietEvents, never);
    expect(end).toEqual({ answer: "no", printed: null });
    expect(on.granted).toEqual([]);
  });

  test.each([
    ["a question", hostMethods.promptForChoice, ["the terms", "Proceed?", yesNo, 0]],
    ["a question that is not understood", 11, []],
    ["a question about the host", 1, []],
  ])("%s that comes with the end of its command is nobody's", async (_, method, values) => {
    const on = bench();
    const withEnd: ScriptedCommand = (voice) => {
      voice.call(method, values).catch(() => undefined);
      return [grant("Diagnostics")];
    };
    on.endpoint.commands.set("Get-RemoteSupportAccess", withEnd);
    on.endpoint.commands.set("Enable-RemoteSupport", withEnd);
    const runspace = await open(on);
    expect((await runspace.readAccess({ includeExpired: false }, never)).grants).toHaveLength(1);
    const asked: string[] = [];
    const ask: AskPerson = async ({ message }) => {
      asked.push(message);
      return "yes";
    };
    expect(await runspace.enable(request, ask, quietEvents, never)).toMatchObject({ answer: "notAsked" });
    expect([asked, on.endpoint.requests.includes("Send")]).toEqual([[], false]);
  });

  test("stays open over any number of silent Receives", async () => {
    const on = bench();
    const answer = Promise.withResolvers<"yes" | "no">();
    const ending = (await open(on)).enable(request, () => answer.promise, quietEvents, never);
    for (let turn = 0; turn < 5; turn++) {
      await on.clock.advance(60_000);
      on.endpoint.silence();
    }
    answer.resolve("yes");
    expect((await ending).answer).toBe("yes");
  });

  test.each<[string, string, (on: Bench, stop: AbortController) => AskPerson]>([
    ["a rejected question", "page lost", () => () => Promise.reject(new Error("page lost"))],
    [
      "a question that throws",
      "broken page",
      () => () => {
        throw new Error("broken page");
      },
    ],
    [
      "an abort while it is open",
      "window closed",
      (_, stop) => () => {
        queueMicrotask(() => stop.abort(new Error("window closed")));
        return new Promise(() => undefined);
      },
    ],
    ["an answer that is none", "does not answer", () => async () => "perhaps" as "yes"],
    [
      "a choice that is not understood",
      "does not answer",
      (on) => {
        on.endpoint.commands.set(
          "Enable-RemoteSupport",
          enable(on, arrayList([choice("&Sure"), choice("&Nope")])),
        );
        return async () => "yes";
      },
    ],
    [
      "another kind of question",
      "does not answer",
      (on) => {
        on.endpoint.commands.set("Enable-RemoteSupport", async (voice) => {
          await voice.call(hostMethods.prompt, ["", "", arrayList([])]);
          on.granted.push("by any answer");
          return [];
        });
        return async () => "yes";
      },
    ],
  ])("%s stops the pipeline and leaves no grant behind", async (_, because, prepare) => {
    const on = bench();
    const stop = new AbortController();
    const ask = prepare(on, stop);
    const runspace = await open(on);
    await expect(runspace.enable(request, ask, quietEvents, stop.signal)).rejects.toThrow(because);
    expect(on.granted).toEqual([]);
    expect(on.endpoint.signals).toEqual(["powershell/signal/crtl_c"]);
  });

  test("an abort before the command left sends nothing", async () => {
    const on = bench();
    const runspace = await open(on);
    const stop = new AbortController();
    stop.abort(new Error("window closed"));
    await expect(runspace.enable(request, async () => "yes", quietEvents, stop.signal)).rejects.toThrow(
      "window closed",
    );
    expect(on.endpoint.ran).toEqual([]);
  });

  test("a pipeline that does not stop is closed, then given up as not confirmed", async () => {
    const on = bench();
    on.endpoint.mishap = (action) => (action === "Signal" ? "lostBefore" : null);
    const stop = new AbortController();
    const runspace = await open(on);
    const ask: AskPerson = () => {
      queueMicrotask(() => stop.abort(new Error("window closed")));
      return new Promise(() => undefined);
    };
    const ending = failureOf(runspace.enable(request, ask, quietEvents, stop.signal));
    expect(await on.clock.until(ending)).toBe("notConfirmed");
    expect(on.granted).toEqual([]);
    expect(on.endpoint.shells.size).toBe(0);
  });
});

describe("recovery", () => {
  test("a request that was thrown away unopened is sent again, once", async () => {
    const on = bench();
    const runspace = await open(on);
    on.endpoint.mishap = (action, count) => (action === "Command" && count === 1 ? "refusedUnopened" : null);
    const { sent, events } = keptEvents();
    await runspace.disable(events, never);
    expect(sent).toEqual(["Disable-RemoteSupport"]);
    expect(on.endpoint.ran).toEqual(["Disable-RemoteSupport"]);
  });

  test("a change whose conversation broke is not confirmed and not sent again", async () => {
    const on = bench();
    const runspace = await open(on);
    on.endpoint.mishap = (action) => (action === "Receive" ? "lostAfter" : null);
    expect(await failureOf(revoke(runspace))).toBe("notConfirmed");
    expect(on.endpoint.ran).toEqual(["Disable-RemoteSupport"]);
  });

  test("a read whose conversation broke is asked again on a new one", async () => {
    const on = bench();
    const runspace = await open(on);
    const before = on.endpoint.requests.filter((name) => name === "Receive").length;
    on.endpoint.mishap = (action, count) =>
      action === "Receive" && count === before + 1 ? "lostAfter" : null;
    expect((await runspace.readAccess({ includeExpired: false }, never)).grants).toHaveLength(1);
    expect(on.endpoint.requests.filter((name) => name === "Create")).toHaveLength(2);
  });

  test("a read that breaks twice fails in words that name the endpoint", async () => {
    const on = bench();
    const runspace = await open(on);
    on.endpoint.mishap = (action) => (action === "Command" ? "lostBefore" : null);
    await expect(runspace.readAccess({ includeExpired: false }, never)).rejects.toThrow(/AZS-ERCS01/);
  });

  test("a change that hangs is stopped and not confirmed", async () => {
    const on = bench();
    on.endpoint.commands.set("Disable-RemoteSupport", ({ signal }) => {
      const { promise, reject } = Promise.withResolvers<never>();
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      return promise;
    });
    const runspace = await open(on);
    expect(await on.clock.until(failureOf(revoke(runspace)))).toBe("notConfirmed");
    expect(on.endpoint.signals).toEqual(["powershell/signal/crtl_c"]);
  });

  test("a shell that is gone is replaced, also for a change: nothing can have been done in it", async () => {
    const on = bench();
    const runspace = await open(on);
    on.endpoint.shells.clear();
    expect(await revoke(runspace)).toEqual(["Revoked."]);
    expect(on.endpoint.ran).toEqual(["Disable-RemoteSupport"]);
  });

  test("an answer that is lost while the question is open is not confirmed, and no grant is left", async () => {
    const on = bench();
    const runspace = await open(on);
    on.endpoint.mishap = (action) => (action === "Send" ? "lostBefore" : null);
    expect(await failureOf(runspace.enable(request, async () => "yes", quietEvents, never))).toBe(
      "notConfirmed",
    );
    expect(on.granted).toEqual([]);
  });
});

describe("refusals", () => {
  test.each([
    [5, "forbidden", []],
    [2_150_858_811, "noConfiguration", []],
    // Which ones are open is looked up, to be named.
    [2_150_859_173, "quota", ["Enumerate"]],
    [123_456, "badAnswer", []],
  ])("fault %i at Create is %s, and no shell is deleted that never was", async (code, expected, more) => {
    const on = bench();
    on.endpoint.mishap = (action) => (action === "Create" ? code : null);
    expect(await failureOf(open(on))).toBe(expected);
    expect(on.endpoint.requests).toEqual(["Create", ...more]);
  });

  test("too many conversations is told without a list where the endpoint gives none", async () => {
    const on = bench();
    on.endpoint.mishap = (action) => (action === "Create" ? 2_150_859_236 : 5);
    await expect(open(on)).rejects.toThrow(/too many open conversations.*\(code 2150859236\)$/);
  });

  test("an error that ends the command is told with the endpoint's own words", async () => {
    const on = bench();
    on.endpoint.commands.set("Disable-RemoteSupport", () => {
      throw errorRecord({ message: "ECE is down", errorId: "Broken,Disable-RemoteSupport", category: 7 });
    });
    await expect(revoke(await open(on))).rejects.toThrow(/Its own words: “ECE is down”/);
  });

  test("a command that is not there is missing, not refused", async () => {
    const on = bench();
    on.endpoint.commands.delete("Get-RemoteSupportAccess");
    const reading = (await open(on)).readAccess({ includeExpired: false }, never);
    expect(await failureOf(reading)).toBe("commandMissing");
  });

  test("an endpoint that takes days is asked for days, and for whole ones only", async () => {
    const on = bench();
    on.endpoint.commands.set("Get-Command", () => [
      offers("Enable-RemoteSupport", ["AccessLevel", "ExpireInDays"]),
    ]);
    const sent: unknown[] = [];
    on.endpoint.commands.set("Enable-RemoteSupport", (voice) => {
      sent.push([...voice.parameters]);
      return [];
    });
    const runspace = await open(on);
    const enabling = (minutes: number) =>
      runspace.enable({ ...request, minutes }, async () => "no", quietEvents, never);
    expect(await failureOf(enabling(480))).toBe("invalidInput");
    expect((await enabling(2_880)).answer).toBe("notAsked");
    expect(sent).toEqual([
      [
        ["AccessLevel", "Diagnostics"],
        ["ExpireInDays", 2],
      ],
    ]);
  });

  test("all that an endpoint knows is asked for by a date that no clock can reach", async () => {
    const on = bench();
    const asked: unknown[] = [];
    on.endpoint.commands.set("Get-RemoteSupportSessionHistory", (voice) => {
      asked.push([...voice.parameters]);
      return [];
    });
    const runspace = await open(on);
    await runspace.readSessions({ from: null, sessionId: null }, never);
    await runspace.readSessions({ from: new Date("2026-11-01T00:00:00Z"), sessionId: null }, never);
    const from = (text: string) => [["FromDate", { kind: "scalar", tag: "DT", text }]];
    expect(asked).toEqual([from("2000-01-01T00:00:00.000Z"), from("2026-11-01T00:00:00.000Z")]);
  });

  test("a transcript that may be in what nobody understood is not called missing", async () => {
    const on = bench();
    on.endpoint.commands.set("Get-RemoteSupportSessionHistory", () => [
      customObject({ Id: "s-1", Text: "x" }),
    ]);
    const reading = (await open(on)).readTranscript("s-1", never);
    await expect(reading).rejects.toMatchObject({
      code: "badAnswer",
      message: expect.stringContaining("Id=s-1"),
    });
  });

  test("a session that the history does not have is null, however the endpoint says so", async () => {
    const on = bench();
    on.endpoint.commands.set("Get-RemoteSupportSessionHistory", (voice) => {
      if (!voice.parameters.has("SessionId")) return [];
      throw errorRecord({ message: "no such session", errorId: "Whatever", category: 5 });
    });
    expect(await (await open(on)).readTranscript("3f2504e0-4f89-41d3-9a0c-0305e82c3301", never)).toBeNull();
  });
});

test("no failure shows the password", async () => {
  const on = bench();
  on.endpoint.mishap = () => "lostBefore";
  const error = await open(on).catch((reason: unknown) => reason);
  expect(JSON.stringify([error, String(error), (error as Error).stack])).not.toContain("Tr0ub4dor");
});
