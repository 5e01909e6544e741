import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type ConsoleClient,
  ConsoleError,
  errorCodes,
  usualPreferences,
  usualSignIn,
  type SettingsDocument,
  type Target,
} from "#contract";
import { aReceipt, aTarget } from "../../testing/builders.ts";
import { collectedIo } from "../../testing/collectedIo.ts";
import type { CliHost } from "./cliHost.ts";
import { exitCodeOf } from "./exitCodes.ts";
import { visible } from "./print.ts";
import { runCli } from "./runCli.ts";
import { withTarget } from "./target.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rsc-cli-"));
  writeFileSync(join(folder, "password"), "s3cret\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every line that gets as far as opening a console fails this test's way: the lines below must not. */
const noConsole: CliHost = {
  openConsole: () => Promise.reject(new Error("a console was opened")),
  programs: new Map(),
};

const target = (): readonly string[] => [
  "--endpoint",
  "http://127.0.0.1:5985",
  "--account",
  "AZS\\cloudadmin",
  "--password-file",
  join(folder, "password"),
];

describe("a line that cannot be done ends with 2 before anything is opened", () => {
  const minutes = ["59", "20161", "0", "-1", "1e9", "60.5", "", " 480 ", "٤٨٠", "0x60", "Infinity", "0480"];
  const ways = minutes.flatMap((text) => [[`--minutes=${text}`], ["--minutes", text]]);
  test.each(ways)("%s %s", async (...minute) => {
    const { io, said } = collectedIo();
    const line = [
      "grant",
      ...target(),
      "--level",
      "Diagnostics",
      ...minute.filter((word) => word !== undefined),
      "--reason",
      "r",
      "--operator",
      "o",
    ];
    expect(await runCli(line, io, noConsole)).toBe(2);
    expect(said.join(" ")).toContain("60 to 20160");
  });
  test.each([
    [["grant", "--reason", ""], "--reason"],
    [["grant", "--reason", "x".repeat(10_000)], "--reason"],
    [["grant", "--reason", "r", "--level", "Everything"], "--level"],
    [["grant", "--reason", "r", "--agree-terms-sha256", "yes"], "--agree-terms-sha256"],
    [["grant", "--reason", ""], "must have at least 1 character."],
    [["grant", "--reason", "r", "--level", "x"], "must be Diagnostics or DiagnosticsRepair."],
    [["grant", "--reason", "r", "--agree-terms-sha256", "yes"], "64 hexadecimal digits"],
    [["grants.list"], "--targetId is needed."],
    [["targets.signIn", "--targetId", "7", "--account", "a", "--password", "s3cret"], "--password-file FILE"],
    [["transcript"], "--session"],
    [["sessions", "--from", "yesterday"], "--from"],
    [["revoke", "--what"], "--what"],
    [["nonsense"], "nonsense"],
    [["grants.list"], "--targetId"],
    [["grants.list", "stray"], "stray"],
  ])("%j names what is wrong", async (line, named) => {
    const { io, said } = collectedIo();
    expect(await runCli(line, io, noConsole)).toBe(2);
    expect(said.join(" ")).toContain(named);
  });
  test.each([
    ["http://user:pw@host:5985", "form"],
    ["ftp://host:5985", "form"],
    ["127.0.0.1:5985", "form"],
    ["http://host:5985/other", "form"],
    ["", "form"],
  ])("--endpoint %j", async (endpoint, word) => {
    const { io, said } = collectedIo();
    const status = await runCli(["grants", "--endpoint", endpoint, "--account", "a"], io, noConsole);
    expect([status, said.join(" ").includes(word)]).toEqual([2, true]);
  });
  test("a configuration name that could reach into the envelope", async () => {
    const { io, said } = collectedIo();
    expect(await runCli(["grants", ...target(), "--configuration", 'x"/><a'], io, noConsole)).toBe(2);
    expect(said.join(" ")).toContain("configuration");
  });
});

test("a target that lives on the command line is seen and never written", () => {
  const none: SettingsDocument = { version: 1, preferences: usualPreferences, targets: [] };
  let written: SettingsDocument = none;
  const adHoc: Target = {
    kind: "stamp",
    id: "ad-hoc",
    practice: false,
    name: "x",
    transport: "http",
    configuration: "c",
    account: "a",
    endpoints: [],
    signIn: usualSignIn,
    certificates: [],
    scope: null,
  };
  const store = withTarget(
    { read: () => none, write: (document) => void (written = document), alone: (act) => act() },
    adHoc,
  );
  expect(store.read().targets).toEqual([adHoc]);
  store.write({ ...store.read(), preferences: { ...usualPreferences, operator: "Ann" } });
  expect(written).toEqual({ version: 1, preferences: { ...usualPreferences, operator: "Ann" }, targets: [] });
});

test("the exit status tells the failure by its code alone", () => {
  const statuses = Object.fromEntries(
    errorCodes.map((code) => [code, exitCodeOf(new ConsoleError(code, "x"))]),
  );
  expect(statuses).toMatchObject({
    invalidInput: 2,
    notConfirmed: 3,
    unreachable: 4,
    timedOut: 4,
    signInRefused: 5,
    refused: 1,
    internal: 1,
  });
});

test("a stream prints one JSON value a line, and the console is closed afterwards", async () => {
  const { io, out } = collectedIo();
  let closed = 0;
  const client = {
    targets: {
      watch: () =>
        (async function* () {
          yield [];
          yield [1];
        })(),
    },
  } as unknown as ConsoleClient;
  const host: CliHost = {
    openConsole: () => Promise.resolve({ client, close: () => Promise.resolve(void (closed += 1)) }),
    programs: new Map(),
  };
  expect(await runCli(["targets.watch"], io, host)).toBe(0);
  expect([out, closed]).toEqual([["[]", "[1]"], 1]);
});

const steered = "gone.\u001b[2K\rConfirmed closed\u009b31m \u202etxt";

/** A console at whose target everything is told in words that would steer a terminal. */
const steering = {
  settings: { read: async () => usualPreferences },
  host: { describe: async () => ({ suggestedOperator: "Ann" }) },
  targets: {
    startPractice: async () => ({ ...aTarget(), practice: true }),
    check: async function* () {
      const rung = { endpoint: "ERCS01", step: "version", state: "warned", milliseconds: 1 };
      yield { rungs: [{ ...rung, found: steered, fix: steered }], finished: true };
    },
  },
  grants: {
    list: () => Promise.reject(new ConsoleError("refused", steered)),
    revoke: async function* () {
      const because = { code: "refused", sentence: steered, remedy: "none" };
      const outcome = { kind: "notConfirmed", because, addressesToBlock: [steered], receipt: aReceipt() };
      yield { facts: [{ at: "now", kind: "said", endpoint: steered, text: steered }], readings: [], outcome };
    },
  },
} as unknown as ConsoleClient;

test.each([["check"], ["grants"], ["revoke"], ["revoke", "--json"], ["grants.list", "--targetId", "x"]])(
  "%s cannot be made to steer the terminal",
  async (...line) => {
    const { io, out, said } = collectedIo();
    const host: CliHost = {
      openConsole: () => Promise.resolve({ client: steering, close: () => Promise.resolve() }),
      programs: new Map(),
    };
    await runCli([...line, ...(line[0] === "grants.list" ? [] : ["--target", "practice"])], io, host);
    const printed = [...out, ...said].join("\n");
    expect(printed).toMatch(/Confirmed closed/);
    for (const steers of ["\u001b", "\r", "\u009b", "\u202e"]) expect(printed).not.toContain(steers);
    if (line.includes("--json"))
      expect(JSON.parse(out.join())).toMatchObject({ because: { sentence: steered } });
  },
);

test("control characters and turned reading order are shown, not obeyed", () => {
  expect(visible("a\u001b[31mb\u202ec\td\u0000")).toBe("a\\u{1b}[31mb\\u{202e}c\td\\u{0}");
  expect(visible("one\r\ntwo\rthree")).toBe("one\ntwo\\u{d}three");
});
