import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeClock } from "../../adapters/node/clock.ts";
import type { RunningStamp, StampOptions } from "../../drill/runningStamp.ts";
import { startStamp } from "../../drill/startStamp.ts";
import { createEndpoints } from "../../pep/createEndpoints.ts";
import { Secret } from "../../services/secret.ts";
import { collectedIo } from "../../testing/collectedIo.ts";
import { strayFields } from "../../testing/documentedFields.ts";
import { nodeHost } from "./nodeHost.ts";
import { runCli } from "./runCli.ts";

/* docs/command-line.md names each field that --json prints, and no other: scripts rely on it. */

const password = "Practice-4-Json";
const options: StampOptions = {
  ports: [0, 0, 0],
  account: "AZS\\cloudadmin",
  revealPassword: () => password,
  stateFolder: null,
  seed: 7,
  switches: { engineer: "nobody" },
};
let folder: string;
let stamp: RunningStamp;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rsc-json-"));
  writeFileSync(join(folder, "password"), `${password}\n`, { mode: 0o600 });
  writeFileSync(join(folder, "wrong"), "Practice-5-Json\n", { mode: 0o600 });
  stamp = await startStamp(options);
});
afterAll(async () => {
  await stamp.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Ended = { readonly status: number; readonly out: readonly string[]; readonly said: readonly string[] };

async function run(line: readonly string[], passwordFile = "password", at = stamp): Promise<Ended> {
  const { io, out, said } = collectedIo();
  const urls = at.endpoints.map(({ host, port }) => `${at.transport}://${host}:${port}`);
  const where = urls.flatMap((url) => ["--endpoint", url]);
  const who = ["--account", stamp.account, "--password-file", join(folder, passwordFile)];
  const status = await runCli(
    [...line, ...where, ...who, "--data", join(folder, "data"), "--json"],
    io,
    nodeHost(io),
  );
  return { status, out, said };
}

const value = ({ out }: Ended): unknown => {
  expect(out).toHaveLength(1);
  return JSON.parse(out[0] ?? "");
};

/** Ids of the sessions whose transcripts the stamp still has, newest first. */
async function sessionIds(): Promise<readonly string[]> {
  const { sessions } = value(await run(["sessions"])) as {
    readonly sessions: readonly { readonly id: string }[];
  };
  return sessions.map(({ id }) => id);
}

const grantLine = ["grant", "--minutes", "60", "--reason", "r", "--operator", "Ann"];

/** One without a person, so that it is stopped, and one that goes through. */
async function grants(): Promise<readonly unknown[]> {
  const stopped = value(await run(grantLine)) as { readonly termsSha256: string };
  return [stopped, value(await run([...grantLine, "--agree-terms-sha256", stopped.termsSha256]))];
}

/** Three that are trusted by the line, and then one that does not answer. */
async function certificates(): Promise<readonly unknown[]> {
  await using secured = await startStamp({ ...options, tls: { demandChannelBinding: true } });
  const line = ["certificate", "--certificate-sha256", secured.certificateSha256 ?? ""];
  const whole = value(await run(line, "password", secured));
  await secured.takeDown(2);
  return [whole, value(await run(line, "password", secured))];
}

/** One of another client that is ended, and then an endpoint that does not answer. */
async function shells(): Promise<readonly unknown[]> {
  await using own = await startStamp(options);
  const [first] = own.endpoints;
  const address = { ...first, transport: own.transport, configuration: own.configuration };
  const credential = { account: own.account, password: new Secret(password) };
  const another = createEndpoints({ clock: nodeClock });
  await another.open(address, credential, new AbortController().signal);
  const [shell] = own.endpoint(0)?.shells() ?? [];
  const line = ["shells", "--end", shell?.shellId ?? "", "--others-too"];
  const ended = value(await run(line, "password", own));
  await another.close();
  await own.takeDown(2);
  return [ended, value(await run(["shells"], "password", own))];
}

const cases: Readonly<Record<string, () => Promise<readonly unknown[]>>> = {
  check: async () => [value(await run(["check"]))],
  grant: grants,
  grants: async () => [value(await run(["grants"]))],
  sessions: async () => [value(await run(["sessions"]))],
  transcript: async () => {
    const ids = (await sessionIds()).slice(0, 8);
    return await Promise.all(ids.map(async (id) => value(await run(["transcript", "--session", id]))));
  },
  certificate: certificates,
  shells,
  revoke: async () => [value(await run(["revoke", "--operator", "Ann"]))],
};

describe("the fields of --json", () => {
  test.each(Object.entries(cases))("%s", async (verb, values) => {
    expect(strayFields(verb, await values())).toEqual([]);
  });

  test("a failure prints no value: a sentence on standard error, and the status", async () => {
    for (const verb of ["grants", "sessions", "grant"]) {
      const line = verb === "grant" ? grantLine : [verb];
      const { status, out, said } = await run(line, "wrong");
      expect([verb, status, out]).toEqual([verb, 5, []]);
      expect(said.join(" ")).toContain("refused");
    }
  });
});
