import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { peersPython } from "./python.ts";
import { type Ended, root, runToEnd, startTalker, type Talker } from "./process.ts";

/* Our command line against a server that is not ours: psrpcore speaks PSRP, pyspnego signs in and seals. */

const account = "PEER\\cloudadmin";
const sessionId = "5f3c6a1e-0000-4000-8000-00000000beef";
const python = peersPython(() => undefined);
const terms =
  "By approving this request, the PEER'S support organization will be given direct access to your device.\n\nIt says so itself.";
const termsSha256 = createHash("sha256").update(terms).digest("hex");

let folder: string;
let usual: Talker;
let secure: Talker;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "rsc-peer-"));
  await writeFile(join(folder, "password"), "right-Passw0rd\n", { mode: 0o600 });
  await writeFile(join(folder, "wrong"), "wrong-Passw0rd\n", { mode: 0o600 });
  usual = await startPeer("usual");
  secure = await startPeer("usual", ["--tls"]);
});

after(async () => {
  await usual[Symbol.asyncDispose]();
  await secure[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const startPeer = (consent: string, more: readonly string[] = []): Promise<Talker> =>
  startTalker(python, [
    "e2e/peers/psrp_server.py",
    "--account",
    account,
    "--password-file",
    join(folder, "password"),
    "--consent",
    consent,
    ...more,
  ]);

function rsc(
  peer: Talker,
  verb: string,
  more: readonly string[] = [],
  passwordFile = "password",
): Promise<Ended> {
  const scheme = "certificateSha256" in peer.ready ? "https" : "http";
  const target = [
    "--endpoint",
    `${scheme}://127.0.0.1:${String(peer.ready["port"])}`,
    "--account",
    account,
    "--password-file",
    join(folder, passwordFile),
  ];
  return runToEnd(process.execPath, [
    join(root, "electron/hosts/cli/main.ts"),
    verb,
    ...target,
    "--data",
    join(folder, "data"),
    "--json",
    ...more,
  ]);
}

const seen = (peer: Talker, event: string): readonly Readonly<Record<string, unknown>>[] =>
  peer.lines.filter((line) => line["event"] === event);
const field = (ended: Ended, name: string): unknown =>
  (JSON.parse(ended.out) as Record<string, unknown>)[name];
const grantArguments = [
  "--level",
  "Diagnostics",
  "--minutes",
  "90",
  "--reason",
  "peer test",
  "--operator",
  "Peer Tester",
];

test("the connection check climbs every rung", async () => {
  const ended = await rsc(usual, "check");
  assert.equal(ended.status, 0, ended.err + ended.out);
});

test("a wrong password is refused with exit 5, once, and is nowhere in what is printed", async () => {
  const before = seen(usual, "signInRefused").length;
  const ended = await rsc(usual, "grants", [], "wrong");
  assert.equal(ended.status, 5, ended.err);
  assert.equal(seen(usual, "signInRefused").length, before + 1);
  assert.ok(!`${ended.out}${ended.err}`.includes("wrong-Passw0rd"));
});

test("a configuration that does not exist is named", async () => {
  const ended = await rsc(usual, "grants", ["--configuration", "NoSuchConfiguration"]);
  assert.equal(ended.status, 1, ended.err);
  assert.match(ended.err, /no session configuration of that name/);
});

test("without a person or a hash the terms are printed, the command is stopped and nothing is granted", async () => {
  const ended = await rsc(usual, "grant", grantArguments);
  assert.equal(ended.status, 1, ended.err);
  assert.equal(field(ended, "termsSha256"), termsSha256);
  assert.equal(field(ended, "outcome"), "notGranted");
  assert.equal(seen(usual, "answer").length, 0);
  assert.deepEqual(
    seen(usual, "stop").map(({ waiting }) => waiting),
    [true],
  );
});

test("with the hash of the very terms the door opens, is listed, and is shut with proof", async () => {
  const granted = await rsc(usual, "grant", [...grantArguments, "--agree-terms-sha256", termsSha256]);
  assert.equal(granted.status, 0, granted.err);
  assert.equal(field(granted, "outcome"), "granted");
  const enable = seen(usual, "command").findLast(({ name }) => name === "Enable-RemoteSupport");
  assert.deepEqual(enable, {
    event: "command",
    name: "Enable-RemoteSupport",
    parameters: ["accesslevel", "expireinminutes"],
    redirect: false,
  });
  const listed = await rsc(usual, "grants");
  assert.equal((field(listed, "grants") as { active: boolean }[]).filter(({ active }) => active).length, 1);
  assert.ok(!listed.out.includes("this must never be shown"));
  const revoked = await rsc(usual, "revoke");
  assert.equal(revoked.status, 0, revoked.err);
  assert.equal(field(revoked, "outcome"), "closed");
});

test("a hash of other terms opens nothing", async () => {
  const ended = await rsc(usual, "grant", [...grantArguments, "--agree-terms-sha256", "0".repeat(64)]);
  assert.equal(ended.status, 1, ended.err);
  assert.equal(field(await rsc(usual, "grants"), "grants") instanceof Array, true);
});

test("a question that is not Yes or No is never answered: the command is stopped", async () => {
  await using strange = await startPeer("strange");
  const ended = await rsc(strange, "grant", [...grantArguments, "--agree-terms-sha256", termsSha256]);
  assert.equal(ended.status, 1, ended.err);
  assert.equal(seen(strange, "answer").length, 0);
  assert.equal(seen(strange, "stop").length, 1);
});

test("a transcript arrives to the letter", async () => {
  const file = join(folder, "transcript.txt");
  const ended = await rsc(usual, "transcript", ["--session", sessionId, "--out", file]);
  assert.equal(ended.status, 0, ended.err);
  const text = await readFile(file, "utf8");
  assert.match(text, /^\*{22}\r\nWindows PowerShell transcript start\r\n/);
  assert.match(text, /peer-1999"\r\n\*{22}\r\nWindows PowerShell transcript end\r\n/);
  assert.equal(field(ended, "operations"), 2000);
});

test("a warm command is two requests", async () => {
  const before = seen(usual, "request").length;
  await rsc(usual, "sessions");
  const verbs = seen(usual, "request")
    .slice(before)
    .map(({ verb }) => verb);
  assert.deepEqual(verbs.slice(-3), ["Command", "Receive", "Delete"]);
});

const pin = (): readonly string[] => ["--certificate-sha256", String(secure.ready["certificateSha256"])];

test("over HTTPS nothing is sent before the certificate is trusted, nor to another one", async () => {
  const first = await rsc(secure, "grants");
  assert.equal(first.status, 1, first.err);
  assert.match(first.err, /Nobody has trusted the certificate/);
  const changed = await rsc(secure, "grants", ["--certificate-sha256", "ab".repeat(32)]);
  assert.equal(changed.status, 1, changed.err);
  assert.match(changed.err, /ALARM/);
  assert.equal(seen(secure, "signedIn").length + seen(secure, "signInRefused").length, 0);
});

test("over HTTPS the sign-in is bound to a certificate that is signed with SHA-384", async () => {
  const ended = await rsc(secure, "check", pin());
  assert.equal(ended.status, 0, ended.err + ended.out);
  assert.ok(seen(secure, "signedIn").length > 0);
});

test("over HTTPS a wrong password is refused with exit 5", async () => {
  const ended = await rsc(secure, "grants", pin(), "wrong");
  assert.equal(ended.status, 5, ended.err);
});

test("over HTTPS the door opens, is listed, and is shut with proof", async () => {
  const granted = await rsc(secure, "grant", [
    ...pin(),
    ...grantArguments,
    "--agree-terms-sha256",
    termsSha256,
  ]);
  assert.equal(granted.status, 0, granted.err);
  const revoked = await rsc(secure, "revoke", pin());
  assert.equal(revoked.status, 0, revoked.err);
  assert.equal(field(revoked, "outcome"), "closed");
});
