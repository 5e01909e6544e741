import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStateFile } from "./stateFile.ts";

/* Several processes with one data folder rehearse on one practice stamp: none overwrites what another did. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "practice-shared-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const moduleAt = (path: string): string =>
  JSON.stringify(pathToFileURL(join(import.meta.dirname, path)).href);

/** Starts a stamp on the folder and opens its door many times, each with a row of its own. */
function enableInChild(grants: number): Promise<number | null> {
  const text = `
    import { startStamp } from ${moduleAt("startStamp.ts")};
    const stamp = await startStamp({
      ports: [0, 0, 0], account: "AZS\\\\cloudadmin", revealPassword: () => "p",
      stateFolder: ${JSON.stringify(folder)}, seed: 7, switches: { enableOverGrant: "newRow" },
    });
    for (let grant = 0; grant < ${grants}; grant++) {
      stamp.model.enable({ level: "Diagnostics", minutes: 60, account: "a", instance: 0 });
      stamp.model.state();
    }
    await stamp.stop();
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", text], { stdio: "inherit" });
  return new Promise((resolve) => child.once("exit", resolve));
}

test("grants of processes that work on one stamp at once are all kept", async () => {
  expect(await Promise.all([enableInChild(20), enableInChild(20), enableInChild(20)])).toEqual([0, 0, 0]);
  const state = openStateFile(folder, () => undefined).read();
  expect(state?.grants.filter(({ ended }) => ended === null)).toHaveLength(60);
  expect(readdirSync(folder)).toEqual(["practice-stamp.json"]);
}, 60_000);
