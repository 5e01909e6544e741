import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { importable, startModule } from "../../testing/childModule.ts";
import { isMountable, smallDisk } from "../../testing/smallDisk.ts";
import { openSettings } from "./openSettings.ts";

/* Settings that are there and cannot be had: nothing is moved, nothing is lost, and a door can still be shut. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "settings-trouble-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Nobody of this id owns anything; only root may become him. */
const stranger = 65_534;
const isRoot = process.getuid?.() === 0;

/** The engine removes its own draft a moment after it has failed. */
const filesIn = (names: readonly string[]): readonly string[] =>
  names.filter((name) => !/\.tmp-[0-9a-f]+$/.test(name));

/** What the module text prints after it has `settings` of the folder, `log` as a list, and the modes that it may change. */
async function printedBy(text: string, before?: string): Promise<unknown> {
  const child = startModule(
    `import { chmodSync, chownSync, readdirSync } from "node:fs";
     import { openSettings } from ${importable("adapters/node/openSettings.ts")};
     // The engine's own handler would end the process where a limit is met.
     process.removeAllListeners("SIGXFSZ").on("SIGXFSZ", () => undefined);
     const log = [];
     const folder = ${JSON.stringify(folder)};
     const settings = openSettings(folder, { write: (level, event) => log.push(event) });
     const change = (name) => settings.alone(() => {
       const document = settings.read();
       settings.write({ ...document, preferences: { ...document.preferences, operator: name } });
     });
     const operator = () => settings.read().preferences.operator;
     ${text}`,
    before,
  );
  const { value } = await child.lines.next();
  expect(await child.ended).toBe(0);
  return JSON.parse(value ?? "null");
}

describe.skipIf(process.platform === "win32")("where files have modes", () => {
  const becomeStranger = isRoot
    ? `for (const path of [folder, folder + "/config.json"]) chownSync(path, ${stranger}, ${stranger}); process.setuid(${stranger});`
    : "";

  test("settings that may not be read are as this process knew them, stay where they are, and are told once", async () => {
    const printed = await printedBy(`
      change("Ann");
      ${becomeStranger}
      chmodSync(folder + "/config.json", 0);
      const known = [operator(), operator()];
      const fresh = openSettings(folder, { write: () => undefined }).read().targets;
      let saved = "yes";
      try { change("Ben"); } catch { saved = "no"; }
      chmodSync(folder + "/config.json", 0o600);
      console.log(JSON.stringify([known, fresh, saved, operator(), readdirSync(folder), log]));
    `);
    expect(printed).toEqual([["Ann", "Ann"], [], "no", "Ann", ["config.json"], ["settings.unreadable"]]);
  });

  test("a damaged file that cannot be moved stays as it is, is told once, and is not written over", async () => {
    const printed = await printedBy(`
      import { writeFileSync, readFileSync } from "node:fs";
      change("Ann");
      writeFileSync(folder + "/config.json", "{ half");
      ${becomeStranger}
      chmodSync(folder, 0o500);
      const known = [operator(), operator()];
      let saved = "yes";
      try { settings.write(settings.read()); } catch { saved = "no"; }
      const file = readFileSync(folder + "/config.json", "utf8");
      chmodSync(folder, 0o700);
      console.log(JSON.stringify([known, saved, file, log]));
    `);
    expect(printed).toEqual([["Ann", "Ann"], "no", "{ half", ["settings.damagedAndNotMoved"]]);
  });

  test("a change that the disk does not take is an error, and the settings stay as they were", async () => {
    const printed = await printedBy(
      `
      let saved = "yes";
      change("Ann");
      const target = {
        kind: "stamp", practice: false, name: "x".repeat(80), transport: "http", configuration: "PrivilegedEndpoint", account: "a",
        endpoints: [{ name: "AZS-ERCS01", host: "10.0.0.4", port: 5985 }],
      };
      const many = { ...settings.read(), targets: Array.from({ length: 50 }, (_, id) => ({ ...target, id: String(id) })) };
      try { settings.alone(() => settings.write(many)); } catch (error) { saved = error.message; }
      console.log(JSON.stringify([saved, operator(), settings.read().targets, log]));
    `,
      "ulimit -f 8",
    );
    expect(printed).toEqual([expect.stringContaining("did not take all"), "Ann", [], []]);
  });
});

describe.skipIf(!isMountable)("on a file system of its own that is full", () => {
  test.each([0, 1, 2, 3, 4, 5])("with %i free pages settings are read, or changed whole", (freePages) => {
    using disk = smallDisk(300_000);
    const data = disk?.folder ?? "";
    mkdirSync(data);
    const settings = openSettings(data, { write: () => undefined });
    const first = settings.read();
    settings.write({ ...first, preferences: { ...first.preferences, operator: "Ann" } });
    const before = readFileSync(join(data, "config.json"), "utf8");
    disk?.fill(freePages);
    let saved = true;
    try {
      settings.alone(() =>
        settings.write({ ...first, preferences: { ...first.preferences, operator: "Ben" } }),
      );
    } catch {
      saved = false;
    }
    expect(settings.read().preferences.operator).toBe(saved ? "Ben" : "Ann");
    expect(readFileSync(join(data, "config.json"), "utf8") === before).toBe(!saved);
    expect(filesIn(readdirSync(data))).toEqual(["config.json"]);
    writeFileSync(join(data, "config.json"), "");
    expect(settings.read().preferences.operator).toBe(saved ? "Ben" : "Ann");
  });
});
