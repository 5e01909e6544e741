import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { nodeClock } from "../adapters/node/clock.ts";
import { openRunspaceJournal } from "../adapters/node/runspaceJournal.ts";
import type { RunningStamp } from "../drill/runningStamp.ts";
import { startStamp } from "../drill/startStamp.ts";
import type { EndpointAddress, Endpoints } from "../services/ports.ts";
import { Secret } from "../services/secret.ts";
import { createEndpoints } from "./createEndpoints.ts";

/* All five shells of the account are taken, and there is a way to see whose they are and to end some. */

const password = "Practice-horse-9";
const never = new AbortController().signal;
const secret = new Secret(password);

let folder: string;
let stamp: RunningStamp;
let opened: Endpoints[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "shells-"));
  opened = [];
  stamp = await startStamp({
    ports: [0, 0, 0],
    account: "AZS\\cloudadmin",
    revealPassword: () => password,
    others: [{ account: "AZS\\other", revealPassword: () => password }],
    stateFolder: null,
    seed: 3,
    switches: { engineer: "nobody" },
  });
});
afterEach(async () => {
  await Promise.all(opened.map((endpoints) => endpoints.close()));
  await stamp.stop();
  rmSync(folder, { recursive: true, force: true });
});

const address = (): EndpointAddress => ({
  ...stamp.endpoints[0],
  transport: "http",
  configuration: stamp.configuration,
});
const credential = (account = stamp.account) => ({ account, password: secret });
const journal = () => openRunspaceJournal(folder, { write: () => undefined }, () => new Date());
const keep = (endpoints: Endpoints): Endpoints => {
  opened.push(endpoints);
  return endpoints;
};
const ours = (): Endpoints => keep(createEndpoints({ clock: nodeClock, journal: journal() }));
const another = (): Endpoints => keep(createEndpoints({ clock: nodeClock }));

/** Another client takes that many shells of the account. */
async function take(count: number, account?: string): Promise<void> {
  for (let at = 0; at < count; at++) await another().open(address(), credential(account), never);
}
const there = (): readonly string[] => (stamp.endpoint(0)?.shells() ?? []).map(({ shellId }) => shellId);

test("where another client has taken all shells, they are listed and ended without a free one", async () => {
  await take(5);
  const console_ = ours();
  await expect(console_.open(address(), credential(), never)).rejects.toMatchObject({ code: "quota" });
  await console_.signIn(address(), credential(), never);
  const shells = await console_.shells(address(), credential(), never);
  expect(shells.map(({ shellId }) => shellId).toSorted()).toEqual(there().toSorted());
  for (const shell of shells)
    expect(shell).toMatchObject({
      endpoint: "AZS-ERCS01",
      configuration: "PrivilegedEndpoint",
      owner: "AZS\\cloudadmin",
      clientIp: "127.0.0.1",
      state: "Connected",
      origin: "otherClient",
    });
  const [first] = shells;
  await console_.endShell(address(), credential(), first?.shellId ?? "", never);
  expect(there()).not.toContain(first?.shellId);
  const runspace = await console_.open(address(), credential(), never);
  expect((await runspace.readAccess({ includeExpired: true }, never)).grants.length).toBeGreaterThan(0);
});

test("who began a shell is told by the list of this data folder", async () => {
  await take(1);
  const noted = journal();
  const [foreign = ""] = there();
  const running = ours();
  await running.open(address(), credential(), never);
  const [inUse = ""] = there().filter((id) => id !== foreign);
  const second = ours();
  await second.open(address(), credential(), never);
  const [left = ""] = there().filter((id) => id !== foreign && id !== inUse);
  noted.left(left);
  const shells = await running.shells(address(), credential(), never);
  expect(new Map(shells.map(({ shellId, origin }) => [shellId, origin]))).toEqual(
    new Map([
      [foreign, "otherClient"],
      [inUse, "thisConsole"],
      [left, "leftByConsole"],
    ]),
  );
  await running.endShell(address(), credential(), left, never);
  expect([there().includes(left), noted.known(endpointUrlOf(address()), stamp.account).has(left)]).toEqual([
    false,
    false,
  ]);
});

const endpointUrlOf = ({ host, port }: EndpointAddress): string => `http://${host}:${port}/wsman`;

test("a shell that is gone already is as good as ended", async () => {
  await take(1);
  const [shellId = ""] = there();
  await opened[0]?.close();
  await ours().endShell(address(), credential(), shellId, never);
  expect(there()).toEqual([]);
});

test("each account sees and ends its own shells only, and is counted apart", async () => {
  await take(5);
  await take(1, "AZS\\other");
  const shells = await ours().shells(address(), credential("AZS\\other"), never);
  expect(shells).toMatchObject([{ owner: "AZS\\other" }]);
  const foreign = there().filter((id) => id !== shells[0]?.shellId);
  await ours().endShell(address(), credential("AZS\\other"), foreign[0] ?? "", never);
  expect(there()).toHaveLength(6);
});

test("a wrong password is refused once, and a list that the endpoint does not give is told in words", async () => {
  const wrong = { account: stamp.account, password: new Secret("Practice-horse-8") };
  const before = stamp.counts(0).connections;
  await expect(ours().shells(address(), wrong, never)).rejects.toMatchObject({ code: "signInRefused" });
  expect(stamp.counts(0).connections - before).toBe(1);
  stamp.endpoint(0)?.order({ kind: { type: "fault", code: 5 }, on: "enumerateShells" });
  await expect(ours().shells(address(), credential(), never)).rejects.toMatchObject({ code: "forbidden" });
  await stamp.takeDown(0);
  await expect(ours().shells(address(), credential(), never)).rejects.toMatchObject({ code: "unreachable" });
});
