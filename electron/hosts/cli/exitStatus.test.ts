import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { consoleContract } from "#contract";
import { connect, memoryPair } from "#rpc";
import { openSettings } from "../../adapters/node/openSettings.ts";
import type { RunningStamp } from "../../drill/runningStamp.ts";
import { startStamp } from "../../drill/startStamp.ts";
import { createEndpoints } from "../../pep/createEndpoints.ts";
import { collectedIo } from "../../testing/collectedIo.ts";
import { type Front, type Misbehave, openFront } from "../../testing/badDays/front.ts";
import { hurriedClock, impatientClock } from "../../testing/badDays/hurriedClock.ts";
import { answering } from "../../testing/badDays/misbehaviours.ts";
import { createConsole } from "../compose.ts";
import { openPorts } from "../ports.ts";
import type { CliHost } from "./cliHost.ts";
import type { CliIo } from "./io.ts";
import { createLeaving } from "./leaving.ts";
import { runCli } from "./runCli.ts";
import { withTarget } from "./target.ts";

/*
 * Status 3: sent, and then the endpoint is gone before a fresh reading could prove anything. Sockets are real; only the
 * rests of the minutes in which a reading is tried again are skipped.
 */

const account = "AZS\\cloudadmin";

let folder: string;
let stamp: RunningStamp;
let front: Front;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "rsc-status-"));
  writeFileSync(join(folder, "password"), "Practice-7-Status\n", { mode: 0o600 });
  stamp = await startStamp({
    ports: [0, 0, 0],
    account,
    revealPassword: () => "Practice-7-Status",
    stateFolder: null,
    seed: 7,
    switches: { engineer: "nobody" },
  });
  front = await openFront(stamp.endpoints[0].port);
});
afterEach(async () => {
  await front[Symbol.asyncDispose]();
  await stamp.stop();
  rmSync(folder, { recursive: true, force: true });
});

const hurriedHost: CliHost = {
  openConsole: async ({ dataFolder, extraTarget }) => {
    const log = { write: () => undefined };
    const settings = withTarget(openSettings(dataFolder ?? folder, log), extraTarget);
    const world = openPorts({ host: "cli", folder: dataFolder ?? folder, settings, log });
    const clock = hurriedClock();
    const endpoints = createEndpoints({ clock: impatientClock(clock), log });
    const console = createConsole({ ...world.ports, clock, endpoints });
    const [near, far] = memoryPair();
    console.attach(far);
    return { client: connect(consoleContract, near), close: () => console.close() };
  },
  programs: new Map(),
};

type Ended = { readonly status: number; readonly out: string; readonly said: string };

/** Runs a line against the endpoint behind the front; `onSaid` sees each progress line as it is said. */
async function run(
  line: readonly string[],
  onSaid: (text: string) => void = () => undefined,
  interrupts: Partial<Pick<CliIo, "signal" | "hurried" | "awaits">> = {},
): Promise<Ended> {
  const { io, out, said } = collectedIo(interrupts, onSaid);
  const where = ["--endpoint", `http://127.0.0.1:${front.port}`, "--account", account];
  const files = ["--password-file", join(folder, "password"), "--data", join(folder, "data")];
  const status = await runCli([...line, ...where, ...files], io, hurriedHost);
  return { status, out: out.join("\n"), said: said.join("\n") };
}

const grant = ["grant", "--reason", "r", "--operator", "Ann", "--minutes", "60"];
const agreed = async (): Promise<readonly string[]> => {
  const { out } = await run(grant);
  return [...grant, "--agree-terms-sha256", /sha256 ([0-9a-f]{64})/.exec(out)?.[1] ?? ""];
};
/** A silent endpoint is read again for minutes, as the vendor's WinRM restarts: a person at the terminal need not wait. */
const ends: readonly (readonly [string, Misbehave])[] = [
  ["cuts every connection", (socket) => void socket.destroy()],
  ["answers in HTML", answering("HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 6", "<html>")],
];

test.each(ends)(
  "a grant whose endpoint, after the act, %s ends with 3 when nobody waits any longer",
  async (_, misbehave) => {
    const line = await agreed();
    const interrupted = new AbortController();
    const { status, out } = await run(
      [...line, "--json"],
      (text) => {
        if (text.includes("successfully Enabled")) front.turn(misbehave);
        if (text.includes("is read again in 4 s")) interrupted.abort();
      },
      { signal: interrupted.signal },
    );
    expect(status).toBe(3);
    expect(JSON.parse(out)).toMatchObject({
      outcome: "notKnown",
      grant: null,
      because: { sentence: expect.stringMatching(/127\.0\.0\.1:\d+/) },
      receipt: { outcome: "notKnown", answer: "yes" },
    });
    front.turn(null);
    expect((await run(["grants"])).out).toMatch(/^Active/);
    expect((await run(["ledger.list"])).out).toContain('"outcome":"notKnown"');
  },
  20_000,
);

test("a revoke whose reading back cannot be had ends with 3, and says what to block", async () => {
  expect((await run(await agreed())).status).toBe(0);
  const { status, out } = await run(["revoke"], (text) => {
    if (text.includes("successfully Disabled")) void front.goDown();
  });
  expect(status).toBe(3);
  expect(out).toMatch(/^NOT CONFIRMED: .*127\.0\.0\.1:\d+.*\nblock at the firewall: /s);
  await front.comeUp();
  expect((await run(["revoke"])).status).toBe(0);
}, 90_000);

/** A person who interrupts at one line and again at another; the second must leave time for the record. */
function impatient() {
  const interrupted = new AbortController();
  const told: string[] = [];
  const { again, ...interrupts } = createLeaving({
    say: (line) => void told.push(line),
    exit: () => void told.push("left"),
    later: () => undefined,
  });
  const at = (first: string, second: string, then: () => void) => (text: string) => {
    if (text.includes(first)) {
      then();
      interrupted.abort();
    }
    if (text.includes(second) && !interrupts.hurried.aborted) again();
  };
  return { interrupts: { ...interrupts, signal: interrupted.signal }, at, told };
}

test("a grant that is interrupted twice ends with its record: what is not known by then is said so", async () => {
  const line = await agreed();
  const { interrupts, at, told } = impatient();
  const { status, out } = await run(
    [...line, "--json"],
    at("those that were agreed to", "is read again in 8 s", () =>
      front.turn((socket) => void socket.destroy()),
    ),
    interrupts,
  );
  expect([status, told]).toEqual([3, [expect.stringContaining("what became of the grant")]]);
  expect(JSON.parse(out)).toMatchObject({ outcome: "notKnown", receipt: { outcome: "notKnown" } });
  front.turn(null);
  expect((await run(["ledger.list"])).out).toContain('"outcome":"notKnown"');
}, 20_000);

test("a revoke that is interrupted twice ends as not confirmed, and that is in the ledger", async () => {
  expect((await run(await agreed())).status).toBe(0);
  const { interrupts, at, told } = impatient();
  const { status, out } = await run(
    ["revoke"],
    at("Disable-RemoteSupport", "closed the connection", () => front.turn((socket) => void socket.destroy())),
    interrupts,
  );
  expect([status, told, out]).toEqual([
    3,
    [expect.stringContaining("the revoke")],
    expect.stringMatching(/^NOT CONFIRMED/),
  ]);
  front.turn(null);
  expect((await run(["ledger.list"])).out).toContain('"outcome":"notConfirmed"');
}, 60_000);
