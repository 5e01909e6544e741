import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";
import { collectedIo } from "../../testing/collectedIo.ts";
import { strayFields } from "../../testing/documentedFields.ts";
import { nodeHost } from "./nodeHost.ts";
import { runCli } from "./runCli.ts";

/* `rsc stamp` and `rsc serve` as programs of their own: the line that says they are ready, and an end in order. */

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rsc-programs-"));
  writeFileSync(join(folder, "password"), "Practice-4-Programs\n", { mode: 0o600 });
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

type Program = { /** What said that it is ready. */ readonly ready: string; end(): Promise<number | null> };

async function start(readyLine: RegExp, ...line: readonly string[]): Promise<Program> {
  const program = join(import.meta.dirname, "main.ts");
  const child = spawn(process.execPath, [program, ...line], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const ready = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).on("line", (said) => {
    const found = readyLine.exec(said);
    if (found !== null) ready.resolve(found[0]);
  });
  child.once("exit", (status) => ready.reject(new Error(`ended with ${status}`)));
  const end = async (): Promise<number | null> => {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    return ((await ended) as [number | null])[0];
  };
  return { ready: await ready.promise, end };
}

async function rsc(...line: readonly string[]): Promise<string> {
  const { io, out } = collectedIo();
  const who = ["--account", "AZS\\cloudadmin", "--password-file", join(folder, "password")];
  expect(await runCli([...line, ...who, "--data", join(folder, "data")], io, nodeHost(io))).toBe(0);
  return out.join("\n");
}

const startStamp = async (): Promise<Program & { readonly endpoint: string }> => {
  const account = ["--account", "AZS\\cloudadmin", "--password-file", join(folder, "password")];
  const state = ["--state", join(folder, "state"), "--seed", "7"];
  const stamp = await start(/^.*$/, "stamp", "--port", "0", ...account, ...state, "--json");
  const facts = JSON.parse(stamp.ready) as Record<string, unknown> & {
    readonly endpoints: readonly { readonly host: string; readonly port: number }[];
  };
  expect(strayFields("stamp", [facts])).toEqual([]);
  expect(facts.endpoints).toHaveLength(3);
  const [first] = facts.endpoints;
  return { ...stamp, endpoint: `http://${first?.host}:${first?.port}` };
};

test("rsc stamp prints one JSON line, answers, ends at SIGTERM, and knows its history again", async () => {
  const stamp = await startStamp();
  const sessions = await rsc("sessions", "--endpoint", stamp.endpoint);
  expect(sessions.split("\n").length).toBeGreaterThan(3);
  expect(await stamp.end()).toBe(0);
  const again = await startStamp();
  expect(await rsc("sessions", "--endpoint", again.endpoint)).toBe(sessions);
  expect(await again.end()).toBe(0);
});

const serveLine = (): readonly string[] => [
  "serve",
  "--port",
  "0",
  "--no-open",
  "--data",
  join(folder, "data"),
];

/** The visits that the served console's own practice stamp knows of, once it has begun; "" before. */
function practiceVisits(): string {
  const file = join(folder, "data", "practice", "practice-stamp.json");
  if (!existsSync(file)) return "";
  const { sessions } = JSON.parse(readFileSync(file, "utf8")) as { sessions: readonly { id: string }[] };
  return sessions.map(({ id }) => id).join();
}

test("rsc serve prints its address, serves the page there, ends at SIGTERM, and keeps its state", async () => {
  // It builds the page first where there is none yet.
  const serve = await start(/http:\/\/127\.0\.0\.1:\d+\/#token=\S+/, ...serveLine());
  const answer = await fetch(serve.ready);
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('<div id="')]);
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  await expect.poll(practiceVisits, { timeout: 10_000 }).not.toBe("");
  expect(await serve.end()).toBe(0);
  const visits = practiceVisits();
  const again = await start(/^.*$/, ...serveLine(), "--json");
  const facts = JSON.parse(again.ready) as { readonly address: string };
  expect(strayFields("serve", [facts])).toEqual([]);
  expect((await fetch(facts.address)).status).toBe(200);
  expect(await again.end()).toBe(0);
  expect(practiceVisits()).toBe(visits);
}, 60_000);
