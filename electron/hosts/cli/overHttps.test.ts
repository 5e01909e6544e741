import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type SettingsDocument, usualPreferences } from "#contract";
import type { RunningStamp, StampOptions } from "../../drill/runningStamp.ts";
import { startStamp } from "../../drill/startStamp.ts";
import { collectedIo } from "../../testing/collectedIo.ts";
import { nodeHost } from "./nodeHost.ts";
import { runCli } from "./runCli.ts";

/* Certificates on the command line, over the real wire to a practice stamp that demands a bound sign-in. */

const none: readonly [number, number, number] = [0, 0, 0];
const options = (ports: StampOptions["ports"]): StampOptions => ({
  ports,
  account: "AZS\\cloudadmin",
  revealPassword: () => "Practice-6-Https",
  stateFolder: null,
  seed: 7,
  switches: { engineer: "nobody" },
  tls: { demandChannelBinding: true },
});

let folder: string;
let stamp: RunningStamp;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rsc-https-"));
  writeFileSync(join(folder, "password"), "Practice-6-Https\n", { mode: 0o600 });
  stamp = await startStamp(options(none));
});
afterAll(async () => {
  await stamp.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function run(...line: readonly string[]) {
  const { io, out, said } = collectedIo();
  const status = await runCli([...line, "--data", join(folder, "data")], io, nodeHost(io));
  return { status, out: out.join("\n"), said: said.join("\n") };
}

const credential = () => ["--account", "AZS\\cloudadmin", "--password-file", join(folder, "password")];
const adHoc = () => [
  ...stamp.endpoints.flatMap(({ host, port }) => ["--endpoint", `https://${host}:${port}`]),
  ...credential(),
];
const sha256 = (): string => stamp.certificateSha256 ?? "";
const settingsFile = (): SettingsDocument =>
  JSON.parse(readFileSync(join(folder, "data", "config.json"), "utf8")) as SettingsDocument;

test("an endpoint of the line is asked nothing before its certificate is named", async () => {
  const check = await run("check", ...adHoc());
  expect(check.status).toBe(1);
  expect(check.out).toMatch(/certificate +failed +Nobody has trusted its certificate yet/);
  expect(check.out).toContain(`--certificate-sha256 ${sha256()}`);
  const grants = await run("grants", ...adHoc());
  expect([grants.status, grants.out]).toEqual([1, ""]);
  expect(grants.said).toContain(sha256());
  expect(stamp.counts().httpRequests).toBe(0);
});

test("a certificate is read before anybody signs in: no account and no password is needed", async () => {
  const urls = adHoc().slice(0, -credential().length);
  const looked = await run("certificate", ...urls, "--json");
  expect(looked.status).toBe(1);
  expect(JSON.parse(looked.out).certificates).toMatchObject(
    stamp.endpoints.map(() => ({ state: "firstUse", shown: { sha256: sha256() } })),
  );
  const trusting = await run("certificate", ...urls, "--certificate-sha256", sha256());
  expect([trusting.status, trusting.said]).toEqual([0, ""]);
  const [{ host, port }] = stamp.endpoints;
  const dotted = await run("targets.certificate", ...urls, "--endpointName", `${host}:${port}`);
  expect([dotted.status, JSON.parse(dotted.out).shown.sha256]).toEqual([0, sha256()]);
  for (const verb of ["grants", "check", "grants.list"]) {
    const { status, said } = await run(verb, ...urls);
    expect([verb, status, said]).toEqual([verb, 2, expect.stringContaining("--account")]);
  }
  expect(stamp.counts().httpRequests).toBe(0);
});

test("named in any spelling it is taken, for all endpoints; another one is an alarm", async () => {
  const typed = sha256().replaceAll(":", "").toLowerCase();
  const grants = await run("grants", ...adHoc(), "--certificate-sha256", typed, "--json");
  expect(grants.said).toBe("");
  expect(grants.status).toBe(0);
  const other = await run("grants", ...adHoc(), "--certificate-sha256", "ab".repeat(32));
  expect(other.status).toBe(1);
  expect(other.said).toMatch(/ALARM/);
});

test("a configured target remembers what was trusted, and raises an alarm when it changes", async () => {
  const [{ host, port }] = stamp.endpoints;
  const { status } = await run("settings.read");
  expect(status).toBe(0);
  const document: SettingsDocument = {
    version: 1,
    preferences: usualPreferences,
    targets: [
      {
        kind: "stamp",
        id: "oslo",
        practice: false,
        name: "Oslo",
        transport: "https",
        configuration: "PrivilegedEndpoint",
        account: "AZS\\cloudadmin",
        endpoints: [{ name: "ERCS01", host, port }],
        signIn: { kind: "negotiate" },
        certificates: [],
        scope: null,
      },
    ],
  };
  writeFileSync(join(folder, "data", "config.json"), JSON.stringify(document));
  const oslo = ["--target", "oslo"];

  const first = await run("certificate", ...oslo);
  expect([first.status, first.out]).toEqual([1, expect.stringContaining("NOT TRUSTED YET")]);
  const wrong = await run("certificate", ...oslo, "--trust-sha256", "ab".repeat(32));
  expect([wrong.status, settingsFile().targets[0]?.certificates]).toEqual([1, []]);
  const trusted = await run("certificate", ...oslo, "--trust-sha256", sha256());
  expect([trusted.status, trusted.out]).toEqual([0, expect.stringMatching(/^ERCS01 {2}trusted/)]);
  expect(settingsFile().targets[0]?.certificates).toMatchObject([{ host, port, sha256: sha256() }]);
  const before = sha256();
  expect((await run("grants", ...oslo, ...credential().slice(2))).status).toBe(0);

  await stamp.stop();
  stamp = await startStamp(options([port, 0, 0]));
  const changed = await run("certificate", ...oslo, "--json");
  expect(changed.status).toBe(1);
  expect(JSON.parse(changed.out)).toMatchObject({
    certificates: [{ state: "changed", shown: { sha256: sha256() }, trusted: { sha256: before } }],
  });
  const grants = await run("grants", ...oslo, ...credential().slice(2));
  expect([grants.status, grants.said]).toEqual([1, expect.stringContaining("ALARM")]);
  expect(stamp.counts().httpRequests).toBe(0);
  const dotted = ["targets.trust", ...oslo, "--endpointName", "ERCS01", "--sha256", sha256()];
  expect((await run(...dotted)).status).toBe(0);
  expect((await run("grants", ...oslo, ...credential().slice(2))).status).toBe(0);
});

test.each([
  [["--certificate-sha256", "abc"], "64 hexadecimal"],
  [["--certificate-sha256", "ab".repeat(32), "--certificate-sha256", "cd".repeat(32)], "once for each"],
  [["--sign-in", "kerberos"], "negotiate"],
  [["--sign-in", "certificate"], "--client-key"],
  [["--client-key", "k.pem"], "--sign-in certificate"],
])("%j is a usage error", async (more, named) => {
  const { status, said } = await run("grants", ...adHoc(), ...more);
  expect([status, said]).toEqual([2, expect.stringContaining(named)]);
});

test.each([
  ["basic", ["--sign-in", "basic"]],
  ["a client certificate", ["--sign-in", "certificate", "--client-certificate", "c", "--client-key", "k"]],
  ["a pin", ["--certificate-sha256", "ab".repeat(32)]],
])("%s is refused over HTTP", async (_, more) => {
  const line = ["grants", "--endpoint", "http://127.0.0.1:1", ...credential(), ...more];
  const { status, said } = await run(...line);
  expect([status, said]).toEqual([2, expect.stringMatching(/HTTPS|https/)]);
});

test("what describes an endpoint does not change a configured target", async () => {
  const { status, said } = await run("grants", "--target", "oslo", "--sign-in", "basic");
  expect([status, said]).toEqual([2, expect.stringContaining("--sign-in")]);
});
