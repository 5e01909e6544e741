import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startStamp } from "../../drill/startStamp.ts";
import type { RunningStamp } from "../../drill/runningStamp.ts";
import { collectedIo } from "../../testing/collectedIo.ts";
import { isMountable, smallDisk } from "../../testing/smallDisk.ts";
import { nodeHost } from "./nodeHost.ts";
import { runCli } from "./runCli.ts";

/* Every verb as a script runs it, from the line to the exit status, over the real wire to a practice stamp. */

let folder: string;
let stamp: RunningStamp;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rsc-verbs-"));
  const keep = (name: string, text: string | Buffer): void =>
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  keep("password", "Practice-4-Verbs\n");
  keep("wrong", "Practice-5-Verbs\n");
  keep("marked", "\ufeffPractice-4-Verbs\r\nsecond line\r\n");
  keep("sixteen", Buffer.from("\ufeffPractice-4-Verbs\r\n", "utf16le"));
  keep("empty", "\n");
  stamp = await startStamp({
    ports: [0, 0, 0],
    account: "AZS\\cloudadmin",
    revealPassword: () => "Practice-4-Verbs",
    stateFolder: null,
    seed: 7,
    switches: { engineer: "nobody" },
  });
});
afterAll(async () => {
  await stamp.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Ended = { readonly status: number; readonly out: readonly string[]; readonly said: string };

const run = (...line: readonly string[]): Promise<Ended> => runWith("", ...line);

/** The same with a text on standard input. */
async function runWith(input: string, ...line: readonly string[]): Promise<Ended> {
  const stdin = Readable.from(input === "" ? [] : [Buffer.from(input)]);
  const { io, out, said } = collectedIo({ stdin });
  const data = line.includes("--data") ? [] : ["--data", join(folder, "data")];
  const status = await runCli([...line, ...data], io, nodeHost(io));
  return { status, out, said: said.join("\n") };
}

const account = ["--account", "AZS\\cloudadmin"];
const target = (password = "password"): readonly string[] => [
  ...stamp.endpoints.flatMap(({ host, port }) => ["--endpoint", `http://${host}:${port}`]),
  ...account,
  "--password-file",
  join(folder, password),
];
const grantLine = (...more: readonly string[]): readonly string[] => [
  "grant",
  ...target(),
  "--level",
  "Diagnostics",
  "--minutes",
  "60",
  "--reason",
  "the disk of node 3",
  "--operator",
  "Ann",
  ...more,
];
/** The one JSON value on standard output. */
const value = ({ out }: Ended): Record<string, unknown> => {
  expect(out).toHaveLength(1);
  return JSON.parse(out[0] ?? "") as Record<string, unknown>;
};
const isOpen = async (): Promise<boolean> => {
  const { grants } = value(await run("grants", ...target(), "--json"));
  return (grants as readonly { readonly active: boolean }[]).some(({ active }) => active);
};

test("from the first look to the proof that the door is shut", async () => {
  const grants = value(await run("grants", ...target(), "--json"));
  expect(grants).toMatchObject({ endpointsRead: 3, endpointsOf: 3, notUnderstood: [] });

  const check = await run("check", ...target());
  expect(check.status).toBe(0);
  const names = check.out.filter((line) => !line.includes("->")).map((line) => line.split(/ +/)[0] ?? "");
  expect(names).toEqual(names.toSorted((a, b) => names.indexOf(a) - names.indexOf(b)));

  const unasked = await run(...grantLine());
  expect(unasked.status).toBe(1);
  const hash = /sha256 ([0-9a-f]{64})/.exec(unasked.out.join("\n"))?.[1] ?? "";
  expect(unasked.out[0]).toContain("By approving this request");
  expect(unasked.out[0]).not.toContain("\r");
  expect(unasked.said).toContain(`--agree-terms-sha256 ${hash}`);
  expect(await isOpen()).toBe(false);

  const otherTerms = await run(...grantLine("--agree-terms-sha256", "0".repeat(64)));
  expect(otherTerms.status).toBe(1);
  expect(await isOpen()).toBe(false);

  const agreed = await run(...grantLine("--agree-terms-sha256", hash, "--json"));
  expect(agreed.status).toBe(0);
  expect(value(agreed)).toMatchObject({
    outcome: "granted",
    termsSha256: hash,
    receipt: { operator: "Ann" },
  });
  expect(new Set(agreed.said.split("\n").map((line) => line.slice(26))).size).toBe(
    agreed.said.split("\n").length,
  );
  expect(await isOpen()).toBe(true);

  const revoke = await run("revoke", ...target(), "--json");
  expect(revoke.status).toBe(0);
  expect(value(revoke)).toMatchObject({ outcome: "closed", because: null, addressesToBlock: [] });
  expect(await isOpen()).toBe(false);

  const ledger = value(await run("ledger.list"));
  expect(ledger["chain"]).toEqual({ state: "whole", entries: 9 });
}, 60_000);

test("a transcript is read, written once, and never over another file", async () => {
  const { sessions } = value(await run("sessions", ...target(), "--json"));
  const [session] = sessions as readonly { readonly id: string }[];
  const line = ["transcript", ...target(), "--session", session?.id ?? ""];
  const shown = await run(...line);
  expect([shown.status, shown.out[1]]).toEqual([0, "Windows PowerShell transcript start"]);
  const out = join(folder, "transcript.txt");
  expect((await run(...line, "--out", out)).status).toBe(0);
  const written = readFileSync(out, "utf8");
  expect(written.split(/\r?\n/).slice(0, shown.out.length)).toEqual(shown.out);
  const again = await run(...line, "--out", out);
  expect([again.status, readFileSync(out, "utf8") === written]).toEqual([2, true]);
  const unknown = await run("transcript", ...target(), "--session", "00000000-0000-0000-0000-000000000000");
  expect(unknown.status).toBe(1);
}, 60_000);

test.skipIf(!isMountable)("a transcript that the disk does not take to its end is an error", async () => {
  using disk = smallDisk(100_000);
  disk?.fill(2);
  const { sessions } = value(await run("sessions", ...target(), "--json"));
  const [session] = sessions as readonly { readonly id: string }[];
  const out = `${disk?.folder}.txt`;
  const ended = await run("transcript", ...target(), "--session", session?.id ?? "", "--out", out);
  expect([ended.status, ended.said]).toEqual([1, expect.stringContaining("ENOSPC")]);
});

test("a wrong password is 5, and stands in no text", async () => {
  for (const verb of ["grants", "check", "revoke"]) {
    const ended = await run(verb, ...target("wrong"));
    expect(ended.status).toBe(5);
    expect([...ended.out, ended.said].join("\n")).not.toContain("Practice-5-Verbs");
    if (verb === "check") expect(ended.out.join("\n")).toMatch(/signIn +failed .* refused the sign-in/);
  }
}, 60_000);

test("a port where nobody listens is 4, in a sentence that names it once or twice", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const line = [
    "--endpoint",
    `http://127.0.0.1:${port}`,
    ...account,
    "--password-file",
    join(folder, "password"),
  ];
  for (const verb of ["grants", "check", "revoke"]) {
    const { status, said } = await run(verb, ...line);
    expect(status).toBe(4);
    expect(said.split(`127.0.0.1:${port}`).length - 1).toBeLessThanOrEqual(2);
  }
}, 60_000);

test("a session configuration that is not there is 1", async () => {
  const { status, said } = await run("grants", ...target(), "--configuration", "Other");
  expect([status, said.includes("no session configuration")]).toEqual([1, true]);
}, 60_000);

test("the practice stamp needs no password, and dotted operations reach both kinds of target", async () => {
  const practice = await run("grants.list", "--target", "practice");
  expect([practice.status, Object.keys(value(practice))]).toEqual([
    0,
    ["grants", "endpoint", "readAt", "endpoints"],
  ]);
  const adHoc = await run("sessions.list", "--from", "null", ...target());
  expect([adHoc.status, Object.keys(value(adHoc))]).toEqual([
    0,
    ["sessions", "endpoint", "readAt", "endpoints"],
  ]);
  expect(existsSync(join(folder, "data", "config.json"))).toBe(true);
  expect(readFileSync(join(folder, "data", "config.json"), "utf8")).not.toContain("ad-hoc");
}, 60_000);

test("a target is added by the line alone, listed, and worked with by its name", async () => {
  const [{ host, port }] = stamp.endpoints;
  const endpoints = JSON.stringify([{ name: "ERCS01", host, port }]);
  const how = ["--transport", "http", "--configuration", stamp.configuration, ...account];
  const line = ["targets.add", "--kind", "stamp", "--name", "Lab O'Neill", ...how, "--endpoints", endpoints];
  const added = await run(...line);
  expect([added.status, added.said]).toEqual([0, ""]);
  expect(value(added)).toMatchObject({
    name: "Lab O'Neill",
    signIn: { kind: "negotiate" },
    account: account[1],
  });
  expect(value(await run("targets.list"))).toContainEqual(value(added));
  const named = ["--target", "lab o'neill", "--password-file", join(folder, "password")];
  expect((await run("grants", ...named)).status).toBe(0);
  expect((await run("targets.signIn", ...named, ...account)).status).toBe(0);
  const { id } = value(added) as { readonly id: string };
  expect((await run("targets.remove", "--targetId", id)).status).toBe(0);
}, 60_000);

test("the password is the first line of a file in any of the usual encodings, or of standard input", async () => {
  for (const file of ["marked", "sixteen"]) expect((await run("grants", ...target(file))).status).toBe(0);
  const piped = target().with(-1, "-");
  expect((await runWith("Practice-4-Verbs\n", "grants", ...piped)).status).toBe(0);
  const none = await run("grants", ...piped);
  expect([none.status, none.said]).toEqual([2, "Standard input is empty."]);
  expect(await run("grants", ...target("empty"))).toMatchObject({ status: 2 });
  expect(await run("grants", ...target("missing"))).toMatchObject({ status: 2 });
}, 60_000);

test.skipIf(process.platform === "win32")(
  "a password file that others may read is said, and taken",
  async () => {
    writeFileSync(join(folder, "open"), "Practice-4-Verbs\n", { mode: 0o644 });
    const { status, said } = await run("grants", ...target("open"));
    expect([status, said.includes("chmod 600")]).toEqual([0, true]);
    expect((await run("grants", ...target())).said).toBe("3 of 3 endpoints were read.");
  },
  60_000,
);

test("an opening by its dotted name stops at the question unless its terms were agreed to", async () => {
  const fields = ["--level", "Diagnostics", "--minutes", "60", "--operator", "Ann", "--reason", "r"];
  const line = ["grants.open", ...target(), ...fields, "--caseNumber="];
  const { status, out } = await run(...line);
  expect(JSON.parse(out.at(-1) ?? "")).toMatchObject({ outcome: { kind: "notGranted" } });
  expect([status, await isOpen()]).toEqual([0, false]);
}, 60_000);

test("a practice stamp that cannot keep its state is 1, in words, and the command ends", async () => {
  writeFileSync(join(folder, "no-practice"), "");
  const line = ["grants", "--target", "practice", "--json", "--data", join(folder, "no-practice", "data")];
  const { status, out, said } = await run(...line);
  expect([status, out]).toEqual([1, []]);
  expect(said).toMatch(/cannot keep its state in .*practice \(E\w+\)\. Give another folder\./);
}, 60_000);

test("a revoke is never refused for want of a data folder, and its line says what is not recorded", async () => {
  writeFileSync(join(folder, "no-folder"), "");
  const { status, out, said } = await run("revoke", ...target(), "--data", join(folder, "no-folder", "data"));
  expect([status, out.join()]).toEqual([0, expect.stringMatching(/^Confirmed closed/)]);
  expect(said).toMatch(/ledger/i);
}, 60_000);
