import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ConsoleError } from "#contract";
import { importable, runModule, startModule } from "../../testing/childModule.ts";
import { openSettings } from "./openSettings.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "settings-processes-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Adds targets one after the other through the registry, as a console does. */
function addInChild(who: string, targets: number): Promise<number | null> {
  const text = `
    import { openSettings } from ${importable("adapters/node/openSettings.ts")};
    import { createRegistry } from ${importable("services/targets/registry.ts")};
    import { nodeChance } from ${importable("adapters/node/chance.ts")};
    const settings = openSettings(${JSON.stringify(folder)}, { write: () => undefined });
    const registry = createRegistry({ settings, chance: nodeChance, log: { write: () => undefined } }, { ring: () => undefined });
    for (let target = 0; target < ${targets}; target++)
      registry.add({
        kind: "stamp", name: "${who} " + target, transport: "http", configuration: "PrivilegedEndpoint", account: "a",
        endpoints: [{ name: "AZS-ERCS01", host: "10.0.0.4", port: 5985 }],
      });
  `;
  return runModule(text);
}

test("targets that processes add at once are all there", async () => {
  expect(await Promise.all(["Ann", "Ben", "Cas"].map((who) => addInChild(who, 12)))).toEqual([0, 0, 0]);
  expect(openSettings(folder, { write: () => undefined }).read().targets).toHaveLength(36);
  expect(readdirSync(folder)).toEqual(["config.json"]);
}, 60_000);

test("settings that another process keeps locked are an error that says what can be done", async () => {
  const holder = startModule(`
    import { once } from "node:events";
    import { underLock } from ${importable("locks/processLock.ts")};
    await underLock(${JSON.stringify(join(folder, "config.lock"))}, () => {
      console.log("held");
      return once(process.stdin, "data");
    });
  `);
  await holder.lines.next();
  const settings = openSettings(folder, { write: () => undefined });
  const saving = (): unknown => settings.alone(() => undefined);
  expect(saving).toThrow(ConsoleError);
  expect(saving).toThrow(/Nothing was saved\. .* delete that file/);
  holder.process.stdin?.end("go");
  expect(await holder.ended).toBe(0);
});
