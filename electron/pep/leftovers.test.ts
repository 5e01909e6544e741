import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { nodeClock } from "../adapters/node/clock.ts";
import { openRunspaceJournal } from "../adapters/node/runspaceJournal.ts";
import type { RunningStamp } from "../drill/runningStamp.ts";
import { startStamp } from "../drill/startStamp.ts";
import { openPorts } from "../hosts/ports.ts";
import type { EndpointAddress, Endpoints, Log } from "../services/ports.ts";
import { Secret } from "../services/secret.ts";
import { memorySettings } from "../testing/startedConsole.ts";
import { createEndpoints } from "./createEndpoints.ts";

/* What a console that died leaves behind at the endpoint, which allows the account five runspaces. */

const password = "Practice-horse-9";
const never = new AbortController().signal;
const log: Log = { write: () => undefined };

let folder: string;
let stamp: RunningStamp;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "leftovers-"));
  stamp = await startStamp({
    ports: [0, 0, 0],
    account: "AZS\\cloudadmin",
    revealPassword: () => password,
    stateFolder: null,
    seed: 3,
    switches: { engineer: "nobody" },
  });
});
afterEach(async () => {
  await stamp.stop();
  rmSync(folder, { recursive: true, force: true });
});

const address = (): EndpointAddress => ({
  ...stamp.endpoints[0],
  transport: "http",
  configuration: stamp.configuration,
});
const credential = (): { readonly account: string; readonly password: Secret } => ({
  account: stamp.account,
  password: new Secret(password),
});
const console_ = (): Endpoints =>
  createEndpoints({ clock: nodeClock, journal: openRunspaceJournal(folder, log, () => new Date()) });
const shells = (): number => stamp.endpoint(0)?.shells().length ?? -1;
const listed = (): unknown[] => JSON.parse(readFileSync(join(folder, "runspaces.json"), "utf8"));

/** A console of its own process that opens a runspace and is killed with it. */
async function killedConsole(): Promise<void> {
  const at = (path: string): string => JSON.stringify(pathToFileURL(join(import.meta.dirname, path)).href);
  const text = `
    import { createEndpoints } from ${at("createEndpoints.ts")};
    import { nodeClock } from ${at("../adapters/node/clock.ts")};
    import { openRunspaceJournal } from ${at("../adapters/node/runspaceJournal.ts")};
    import { Secret } from ${at("../services/secret.ts")};
    const journal = openRunspaceJournal(${JSON.stringify(folder)}, { write() {} }, () => new Date());
    const credential = { account: ${JSON.stringify(stamp.account)}, password: new Secret(process.env.PRACTICE) };
    await createEndpoints({ clock: nodeClock, journal })
      .open(${JSON.stringify(address())}, credential, new AbortController().signal);
    process.kill(process.pid, "SIGKILL");
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", text], {
    stdio: "inherit",
    env: { ...process.env, PRACTICE: password },
  });
  const [status, signal] = await new Promise<readonly [number | null, string | null]>((resolve) =>
    child.once("exit", (...end) => resolve(end)),
  );
  expect([status, signal]).toEqual([null, "SIGKILL"]);
}

test("without a list, five killed consoles use up the endpoint", async () => {
  const without = Array.from({ length: 5 }, () => createEndpoints({ clock: nodeClock }));
  for (const endpoints of without) await endpoints.open(address(), credential(), never);
  const sixth = createEndpoints({ clock: nodeClock }).open(address(), credential(), never);
  await expect(sixth).rejects.toMatchObject({ code: "quota" });
  await Promise.all(without.map((endpoints) => endpoints.close()));
}, 20_000);

test("after a console was killed five times the sixth start works, and what is not ours is untouched", async () => {
  const foreign = createEndpoints({ clock: nodeClock });
  const theirs = await foreign.open(address(), credential(), never);
  for (let start = 1; start <= 5; start++) await killedConsole();
  expect(shells()).toBe(2);
  const ours = console_();
  const runspace = await ours.open(address(), credential(), never);
  expect((await runspace.readAccess({ includeExpired: true }, never)).length).toBeGreaterThan(0);
  expect(shells()).toBe(2);
  expect(listed()).toHaveLength(1);
  await ours.close();
  expect((await theirs.readAccess({ includeExpired: true }, never)).length).toBeGreaterThan(0);
  expect([shells(), listed()]).toEqual([1, []]);
  await foreign.close();
}, 30_000);

test("a killed console that comes back finds its runspace ended before it needs a new one", async () => {
  await killedConsole();
  const before = stamp.counts(0).envelopes;
  const ours = console_();
  await ours.open(address(), credential(), never);
  // Enumerate, Delete, Create and three Receives: looking costs nothing where nothing was left.
  expect(stamp.counts(0).envelopes - before).toBe(6);
  await ours.close();
}, 20_000);

test("a runspace that could not be ended is ended with the next opening", async () => {
  const ours = console_();
  await ours.open(address(), credential(), never);
  stamp.endpoint(0)?.order({ kind: { type: "cutBefore" }, on: "delete" });
  await ours.close();
  stamp.endpoint(0)?.behave();
  expect([shells(), listed().length]).toEqual([1, 1]);
  await ours.open(address(), credential(), never);
  expect([shells(), listed().length]).toEqual([1, 1]);
  await ours.close();
  expect([shells(), listed().length]).toEqual([0, 0]);
});

test("a list of shells that the endpoint does not give does not keep ours from being ended", async () => {
  await killedConsole();
  stamp.endpoint(0)?.order({ kind: { type: "fault", code: 5 }, on: "enumerateShells" });
  const ours = console_();
  await ours.open(address(), credential(), never);
  expect([shells(), listed().length]).toEqual([1, 1]);
  await ours.close();
}, 20_000);

test("every host keeps the list in its data folder, without a secret in it", async () => {
  const world = openPorts({ host: "cli", folder, settings: memorySettings(), log });
  await world.ports.endpoints.open(address(), credential(), never);
  expect(listed()).toMatchObject([{ account: stamp.account, pid: process.pid }]);
  expect(readFileSync(join(folder, "runspaces.json"), "utf8")).not.toContain(password);
  await world.ports.endpoints.close();
  expect(listed()).toEqual([]);
  await world.close();
});
