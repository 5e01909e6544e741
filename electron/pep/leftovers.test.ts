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

const at = (path: string): string => JSON.stringify(pathToFileURL(join(import.meta.dirname, path)).href);

/** Runs that text in a process of its own; gives its end and what it printed. */
async function inProcess(
  text: string,
): Promise<readonly [status: number | null, signal: string | null, printed: string]> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", text], {
    stdio: ["inherit", "pipe", "inherit"],
    env: { ...process.env, PRACTICE: password },
  });
  const printed: Buffer[] = [];
  child.stdout.on("data", (bytes: Buffer) => printed.push(bytes));
  const end = await new Promise<readonly [number | null, string | null]>((resolve) =>
    child.once("close", (...both) => resolve(both)),
  );
  return [...end, Buffer.concat(printed).toString("utf8").trim()];
}

/** A console of its own process that opens a runspace and is killed with it. */
async function killedConsole(): Promise<void> {
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
  expect(await inProcess(text)).toEqual([null, "SIGKILL", ""]);
}

/** What the lines do with a pool at the first endpoint, in a process of its own; `never` is a signal. */
const withPool = (lines: string): ReturnType<typeof inProcess> =>
  inProcess(`
    import { WinrmPool } from ${at("wire/winrmPool.ts")};
    import { nodeClock } from ${at("../adapters/node/clock.ts")};
    import { openConnection } from ${at("../transport/openConnection.ts")};
    const { host, port, configuration } = ${JSON.stringify(address())};
    const credential = { account: ${JSON.stringify(stamp.account)}, revealPassword: () => process.env.PRACTICE };
    const pool = new WinrmPool({
      to: "http://" + host + ":" + port + "/wsman",
      configuration,
      connect: (signal) => openConnection({ host, port, transport: "http" }, credential, { signal }),
      clock: nodeClock,
      newId: () => crypto.randomUUID(),
    });
    const never = new AbortController().signal;
    ${lines}
  `);

test("without a list, five killed consoles use up the endpoint", async () => {
  const without = Array.from({ length: 5 }, () => createEndpoints({ clock: nodeClock }));
  for (const endpoints of without) await endpoints.open(address(), credential(), never);
  const sixth = createEndpoints({ clock: nodeClock }).open(address(), credential(), never);
  await expect(sixth).rejects.toMatchObject({ code: "quota" });
  await expect(sixth).rejects.toThrow(
    /too many open conversations.*Open there for this account: (PrivilegedEndpoint from 127\.0\.0\.1, idle for 0 min \(Connected\)(; |\.)){5}$/,
  );
  await Promise.all(without.map((endpoints) => endpoints.close()));
}, 20_000);

test("after a console was killed five times the sixth start works, and what is not ours is untouched", async () => {
  const foreign = createEndpoints({ clock: nodeClock });
  const theirs = await foreign.open(address(), credential(), never);
  for (let start = 1; start <= 5; start++) await killedConsole();
  expect(shells()).toBe(2);
  const ours = console_();
  const runspace = await ours.open(address(), credential(), never);
  expect((await runspace.readAccess({ includeExpired: true }, never)).grants.length).toBeGreaterThan(0);
  expect(shells()).toBe(2);
  expect(listed()).toHaveLength(1);
  await ours.close();
  expect((await theirs.readAccess({ includeExpired: true }, never)).grants.length).toBeGreaterThan(0);
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

test("a new process joins the runspace of one that was killed, works in it, and ends it", async () => {
  const [, killed, shellId] = await withPool(`
    await pool.open(never);
    process.stdout.write(pool.shellId, () => process.kill(process.pid, "SIGKILL"));
  `);
  expect([
    killed,
    stamp
      .endpoint(0)
      ?.shells()
      .map((shell) => shell.shellId),
  ]).toEqual(["SIGKILL", [shellId]]);
  const [status, , printed] = await withPool(`
    await pool.join(${JSON.stringify(shellId)}, never);
    const command = { name: "Get-RemoteSupportAccess", parameters: [{ name: "IncludeExpired", value: true }] };
    const { end, output } = await pool.invoke([command], { signal: never, changes: false });
    console.log(JSON.stringify({ end, some: output.length > 0, same: pool.shellId === ${JSON.stringify(shellId)} }));
    await pool.close();
  `);
  expect([status, JSON.parse(printed)]).toEqual([0, { end: "completed", some: true, same: true }]);
  expect(shells()).toBe(0);
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
