import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ConsoleClient, Target } from "#contract";
import { nodeClock } from "../../adapters/node/clock.ts";
import type { RunningStamp } from "../../drill/runningStamp.ts";
import { startStamp } from "../../drill/startStamp.ts";
import { createEndpoints } from "../../pep/createEndpoints.ts";
import { Secret } from "../../services/secret.ts";
import { aGrantRequest } from "../../testing/journeys/steps.ts";
import { servedConsole, type ServedConsole } from "../../testing/servedConsole.ts";

/* The served console as a process of its own, ended from outside while the consent question is open. */

const password = "Practice-horse-9";

let folder: string;
let stamp: RunningStamp;
const served: ServedConsole[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "killed-host-"));
  stamp = await startStamp({
    ports: [0, 0, 0],
    account: "AZS\\cloudadmin",
    revealPassword: () => password,
    stateFolder: null,
    seed: 3,
    switches: { engineer: "nobody", errorAtQuestion: "goesOnAndGrants" },
  });
});
afterEach(async () => {
  for (const one of served.splice(0)) one[Symbol.dispose]();
  await stamp.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function started(): Promise<ServedConsole> {
  const one = await servedConsole(folder);
  served.push(one);
  return one;
}

async function targetOf(client: ConsoleClient): Promise<Target> {
  const [known] = (await client.targets.list({})).filter(({ practice }) => !practice);
  return (
    known ??
    (await client.targets.add({
      kind: "stamp",
      name: "Stamp",
      transport: "http",
      configuration: stamp.configuration,
      account: stamp.account,
      endpoints: [stamp.endpoints[0]],
    }))
  );
}

async function signedIn(client: ConsoleClient): Promise<Target> {
  const { id } = await targetOf(client);
  return await client.targets.signIn({ targetId: id, account: stamp.account, password });
}

/** Comes back when the endpoint has put its question and nobody has answered. */
async function asked(client: ConsoleClient, { id }: Target): Promise<void> {
  for await (const { question } of client.grants.open(aGrantRequest(id))) if (question !== null) return;
}

/** As another client of the stamp reads it, at another endpoint. */
async function activeGrants(): Promise<number> {
  const endpoints = createEndpoints({ clock: nodeClock });
  const never = new AbortController().signal;
  const address = { ...stamp.endpoints[1], transport: "http", configuration: stamp.configuration } as const;
  const credential = { account: stamp.account, password: new Secret(password) };
  const runspace = await endpoints.open(address, credential, never);
  const { grants } = await runspace.readAccess({ includeExpired: false }, never);
  await endpoints.close();
  return grants.filter(({ active }) => active).length;
}

const shells = (): number => stamp.endpoint(0)?.shells().length ?? -1;
const phases = (): readonly string[] =>
  readFileSync(join(folder, "data", "ledger.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => (JSON.parse(line) as { phase: string }).phase);

/** The question is held open by the loop that waits for its outcome; how the host ends is the test's. */
async function endedAtTheQuestion(signal: NodeJS.Signals): Promise<readonly unknown[]> {
  const { child, client } = await started();
  const target = await signedIn(client);
  const { promise: atQuestion, resolve } = Promise.withResolvers<void>();
  const opening = (async () => {
    for await (const { question } of client.grants.open(aGrantRequest(target.id)))
      if (question !== null) resolve();
  })();
  await Promise.race([atQuestion, opening]);
  const ended = once(child, "exit");
  child.kill(signal);
  await opening.catch(() => undefined);
  return await ended;
}

test.each(["SIGTERM", "SIGINT"] as const)(
  "%s at the question stops the command, records it and hands the runspace back",
  async (signal) => {
    expect(await endedAtTheQuestion(signal)).toEqual([0, null]);
    expect([await activeGrants(), shells(), phases()]).toEqual([0, 0, ["intent", "outcome"]]);
  },
  30_000,
);

test("SIGKILL at the question leaves no grant, and the next start ends the runspace that was left", async () => {
  expect(await endedAtTheQuestion("SIGKILL")).toEqual([null, "SIGKILL"]);
  expect([await activeGrants(), shells()]).toEqual([0, 1]);
  const [left] = stamp.endpoint(0)?.shells() ?? [];

  const { child, client } = await started();
  const target = await signedIn(client);
  const { grants } = await client.grants.list({ targetId: target.id });
  expect(grants.filter(({ active }) => active)).toEqual([]);
  expect(shells()).toBe(1);
  expect(stamp.endpoint(0)?.shells()).not.toContainEqual(left);
  const { entries, withoutOutcome } = await client.ledger.list({});
  expect([entries.length, withoutOutcome]).toEqual([1, [entries[0]?.sequence]]);

  // The same console opens the door and shuts it: nothing of the killed one is in the way.
  await asked(client, target);
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  expect([await activeGrants(), shells()]).toEqual([0, 0]);
}, 60_000);
