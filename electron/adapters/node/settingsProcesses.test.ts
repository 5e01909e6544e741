import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ConsoleError } from "#contract";
import { openSettings } from "./openSettings.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "settings-processes-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const moduleAt = (path: string): string =>
  JSON.stringify(pathToFileURL(join(import.meta.dirname, path)).href);

/** Adds targets one after the other through the registry, as a console does. */
function addInChild(who: string, targets: number): Promise<number | null> {
  const text = `
    import { openSettings } from ${moduleAt("openSettings.ts")};
    import { createRegistry } from ${moduleAt("../../services/targets/registry.ts")};
    import { nodeChance } from ${moduleAt("chance.ts")};
    const settings = openSettings(${JSON.stringify(folder)}, { write: () => undefined });
    const registry = createRegistry(settings, nodeChance, { ring: () => undefined });
    for (let target = 0; target < ${targets}; target++)
      registry.add({
        kind: "stamp", name: "${who} " + target, transport: "http", configuration: "PrivilegedEndpoint", account: "a",
        endpoints: [{ name: "AZS-ERCS01", host: "10.0.0.4", port: 5985 }],
      });
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", text], { stdio: "inherit" });
  return new Promise((resolve) => child.once("exit", resolve));
}

test("targets that processes add at once are all there", async () => {
  expect(await Promise.all(["Ann", "Ben", "Cas"].map((who) => addInChild(who, 12)))).toEqual([0, 0, 0]);
  expect(openSettings(folder, { write: () => undefined }).read().targets).toHaveLength(36);
  expect(readdirSync(folder)).toEqual(["config.json"]);
}, 60_000);

test("settings that another process keeps locked are an error that says what can be done", () => {
  writeFileSync(join(folder, "config.lock"), `${process.ppid} 1 x\n`);
  const settings = openSettings(folder, { write: () => undefined });
  expect(() => settings.alone(() => undefined)).toThrow(ConsoleError);
  expect(() => settings.alone(() => undefined)).toThrow(/Nothing was saved\. .* delete that file/);
}, 60_000);
