import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { nodeClock } from "../../adapters/node/clock.ts";
import { openRunspaceJournal } from "../../adapters/node/runspaceJournal.ts";
import type { RunningStamp } from "../../drill/runningStamp.ts";
import { startStamp } from "../../drill/startStamp.ts";
import { createEndpoints } from "../../pep/createEndpoints.ts";
import type { Endpoints } from "../../services/ports.ts";
import { Secret } from "../../services/secret.ts";
import { collectedIo } from "../../testing/collectedIo.ts";
import { nodeHost } from "./nodeHost.ts";
import { runCli } from "./runCli.ts";

/* Another client has taken every shell that the endpoints grant the account: `rsc shells` shows and ends them. */

const password = "Practice-3-Shells";
const never = new AbortController().signal;

let folder: string;
let stamp: RunningStamp;
let another: Endpoints[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "rsc-shells-"));
  writeFileSync(join(folder, "password"), `${password}\n`, { mode: 0o600 });
  writeFileSync(join(folder, "wrong"), "Practice-4-Shells\n", { mode: 0o600 });
  another = [];
  stamp = await startStamp({
    ports: [0, 0, 0],
    account: "AZS\\cloudadmin",
    revealPassword: () => password,
    stateFolder: null,
    seed: 7,
    switches: { engineer: "nobody" },
  });
});
afterEach(async () => {
  await Promise.all(another.map((endpoints) => endpoints.close()));
  await stamp.stop();
  rmSync(folder, { recursive: true, force: true });
});

const places = [0, 1, 2] as const;

/** Another client takes so many shells at that endpoint. */
async function take(place: 0 | 1 | 2, count: number): Promise<void> {
  const address = {
    ...stamp.endpoints[place],
    transport: "http",
    configuration: stamp.configuration,
  } as const;
  for (let at = 0; at < count; at++) {
    const client = createEndpoints({ clock: nodeClock });
    another.push(client);
    await client.open(address, { account: stamp.account, password: new Secret(password) }, never);
  }
}

const there = (place: 0 | 1 | 2): readonly string[] =>
  (stamp.endpoint(place)?.shells() ?? []).map(({ shellId }) => shellId);

async function run(line: readonly string[], passwordFile = "password") {
  const { io, out, said } = collectedIo();
  const where = stamp.endpoints.flatMap(({ host, port }) => ["--endpoint", `http://${host}:${port}`]);
  const who = ["--account", stamp.account, "--password-file", join(folder, passwordFile)];
  const status = await runCli([...line, ...where, ...who, "--data", join(folder, "data")], io, nodeHost(io));
  return { status, out, said: said.join("\n") };
}

type Listed = { readonly shells: readonly { readonly origin: string }[]; readonly ended: readonly string[] };
const listed = ({ out }: { readonly out: readonly string[] }): Listed => JSON.parse(out[0] ?? "") as Listed;

test("with every shell of every endpoint taken they are listed, and a revoke works once one is ended", async () => {
  for (const place of places) await take(place, 5);
  const revoke = ["revoke", "--operator", "Ann"];
  const list = await run(["shells"]);
  expect([list.status, list.out.length]).toEqual([0, 15]);
  expect(list.out[0]).toMatch(
    /AZS\\cloudadmin from 127\.0\.0\.1 {2}age \d+ s, idle \d+ s {2}Connected {2}of another client$/,
  );
  const [shellId = ""] = there(0);
  const refused = await run(["shells", "--end", shellId]);
  expect([refused.status, refused.out]).toEqual([2, []]);
  expect(refused.said).toMatch(/begun by another client.*Nothing was ended.*--others-too/);
  expect(there(0)).toHaveLength(5);
  const lines = places.flatMap((place) => ["--end", there(place)[0] ?? ""]);
  const ended = await run(["shells", ...lines, "--others-too", "--json"]);
  expect([ended.status, listed(ended).ended.length]).toEqual([0, 3]);
  expect(there(0)).not.toContain(shellId);
  expect((await run(revoke)).out.join()).toMatch(/^Confirmed closed/);
}, 60_000);

test("what a console left is ended by --end-left, what others use stays", async () => {
  await take(1, 2);
  const [left = "", used = ""] = there(1);
  const { port } = stamp.endpoints[1];
  const journal = openRunspaceJournal(join(folder, "data"), { write: () => undefined }, () => new Date());
  journal.begin({ shellId: left, endpoint: `http://127.0.0.1:${port}/wsman`, account: stamp.account });
  journal.left(left);
  const before = listed(await run(["shells", "--json"])).shells.map(({ origin }) => origin);
  expect(before.toSorted()).toEqual(["leftByConsole", "otherClient", "thisConsole"]);
  const { status, out } = await run(["shells", "--end-left", "--json"]);
  expect([status, listed({ out }).ended]).toEqual([0, [left]]);
  expect(there(1)).toEqual([used]);
}, 60_000);

test.each([
  [["--end", "A", "--end-left"], "not both"],
  [["--others-too"], "give one"],
  [["--end", ""], "needs the ID"],
  [["--end", "no-such-shell"], "No endpoint lists a shell no-such-shell"],
])("shells %j is a wrong line, and ends nothing", async (more, words) => {
  await take(0, 1);
  const { status, out, said } = await run(["shells", ...more]);
  expect([status, out, there(0).length]).toEqual([2, [], 1]);
  expect(said).toContain(words);
});

test("a wrong password is 5, tried once, and nothing is listed", async () => {
  const before = stamp.counts().connections;
  const { status, out } = await run(["shells"], "wrong");
  expect([status, out, stamp.counts().connections - before]).toEqual([5, [], 1]);
});
