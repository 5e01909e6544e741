import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { usualPreferences } from "#contract";
import type { SettingsDocument } from "#contract";
import type { Log } from "../services/ports.ts";
import { openSettings as openWithElectronStore } from "./electron/openSettings.ts";
import { openSettings as openWithConf } from "./node/openSettings.ts";

vi.mock("electron", () => ({ default: {} }));

const document: SettingsDocument = {
  version: 1,
  preferences: { ...usualPreferences, theme: "dark", operator: "Ada. B" },
  targets: [
    {
      kind: "stamp",
      id: "stamp-01",
      practice: false,
      name: "Oslo",
      transport: "http",
      configuration: "PrivilegedEndpoint",
      account: "AZS\\cloudadmin",
      endpoints: [{ name: "AZS-ERCS01", host: "10.0.0.4", port: 5985 }],
      signIn: { kind: "negotiate" },
      certificates: [],
      scope: null,
    },
  ],
};

let folder: string;
let logged: unknown[][];
const log: Log = { write: (...line) => void logged.push(line) };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "settings-"));
  logged = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const engines = [
  { name: "conf", open: openWithConf },
  { name: "electron-store", open: openWithElectronStore },
];

describe.each(engines)("settings through $name", ({ open }) => {
  test("are the usual ones before anything was written", () => {
    expect(open(folder, log).read()).toEqual({ version: 1, preferences: usualPreferences, targets: [] });
  });

  test("are the usual ones where no folder can be made, so that a door can still be shut", () => {
    writeFileSync(join(folder, "file"), "");
    const store = open(join(folder, "file", "data"), log);
    expect(store.read()).toEqual({ version: 1, preferences: usualPreferences, targets: [] });
  });

  test("are read back as they were written, by this store and the next", () => {
    const store = open(folder, log);
    store.write(document);
    expect(store.read()).toEqual(document);
    expect(open(folder, log).read()).toEqual(document);
  });

  test("lie in one file that every engine reads", () => {
    open(folder, log).write(document);
    expect(readdirSync(folder)).toEqual(["config.json"]);
    for (const engine of engines) expect(engine.open(folder, log).read()).toEqual(document);
  });

  test.each([
    ["no JSON", "{ half"],
    ["another shape", JSON.stringify({ version: 1, preferences: {}, targets: [] })],
    ["a later version", JSON.stringify({ ...document, version: 2 })],
  ])("that are damaged (%s) are kept aside, reported, and begun anew", (_what, text) => {
    writeFileSync(join(folder, "config.json"), text);
    const store = open(folder, log);
    expect(store.read().targets).toEqual([]);
    expect(readFileSync(join(folder, "config.damaged-1.json"), "utf8")).toBe(text);
    expect(logged).toEqual([
      ["error", "settings.damaged", { keptAs: join(folder, "config.damaged-1.json") }, expect.anything()],
    ]);
  });

  test.each([
    ["no JSON", (path: string) => writeFileSync(path, "{ half")],
    [
      "a field that nobody knows",
      (path: string) => writeFileSync(path, JSON.stringify({ ...document, more: 1 })),
    ],
    ["a later version", (path: string) => writeFileSync(path, JSON.stringify({ ...document, version: 2 }))],
    ["nothing", (path: string) => writeFileSync(path, "")],
    ["zeros", (path: string) => writeFileSync(path, Buffer.alloc(4_096))],
    ["a folder", (path: string) => mkdirSync(path)],
  ])(
    "that become %s under way stay as this process knew them, and are saved again with the next change",
    (_what, damage) => {
      const store = open(folder, log);
      store.write(document);
      const path = join(folder, "config.json");
      rmSync(path);
      damage(path);
      expect([store.read(), store.read()]).toEqual([document, document]);
      expect(existsSync(path)).toBe(false);
      expect(logged).toEqual([
        ["error", "settings.damaged", { keptAs: join(folder, "config.damaged-1.json") }, expect.anything()],
      ]);
      store.write({ ...store.read(), preferences: usualPreferences });
      expect(open(folder, log).read()).toEqual({ ...document, preferences: usualPreferences });
    },
  );

  test("that are deleted under way stay as this process knew them", () => {
    const store = open(folder, log);
    store.write(document);
    rmSync(join(folder, "config.json"));
    expect(store.read()).toEqual(document);
    rmSync(folder, { recursive: true });
    expect(store.read()).toEqual(document);
    expect(logged).toEqual([]);
    expect(open(folder, log).read().targets).toEqual([]);
  });

  test("that another console changed are read as it left them", () => {
    const store = open(folder, log);
    store.write(document);
    open(folder, log).write({ ...document, targets: [] });
    expect(store.read().targets).toEqual([]);
  });

  test.skipIf(process.platform === "win32")(
    "that no link leads to any more are as this process knew them",
    () => {
      const store = open(folder, log);
      store.write(document);
      rmSync(join(folder, "config.json"));
      symlinkSync("config.json", join(folder, "config.json"));
      expect(store.read()).toEqual(document);
    },
  );

  test("of an earlier build are read, and what came later is as usual", () => {
    const { timeline: _later, ...earlier } = document.preferences;
    writeFileSync(join(folder, "config.json"), JSON.stringify({ ...document, preferences: earlier }));
    expect(open(folder, log).read()).toEqual(document);
    expect(logged).toEqual([]);
  });

  test("that are damaged twice are both kept", () => {
    const store = open(folder, log);
    for (const text of ["one", "two"]) {
      writeFileSync(join(folder, "config.json"), text);
      store.write(document);
    }
    expect(readFileSync(join(folder, "config.damaged-1.json"), "utf8")).toBe("one");
    expect(readFileSync(join(folder, "config.damaged-2.json"), "utf8")).toBe("two");
    expect(store.read()).toEqual(document);
  });

  test("of the wrong shape are not written", () => {
    const store = open(folder, log);
    store.write(document);
    expect(() => store.write({ ...document, password: "x" } as never)).toThrow("password");
    expect(store.read()).toEqual(document);
  });
});
