import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { agreed, field, grantLine, type Peer, sessionId, termsSha256 } from "./peer.ts";
import { root, runToEnd } from "./process.ts";
import type { Scenario } from "./scenarios.ts";
import { usualDay } from "./usualDay.ts";

/** The usual day, without faults: our command line does its work at a server that is not ours. */
export function commandLine(peer: Peer): readonly Scenario[] {
  const walk = (sentence: string, run: () => Promise<void>): Scenario => usualDay(peer, sentence, run);
  return [
    walk("the connection check climbs every rung", async () => {
      const ended = await peer.rsc(["check"]);
      assert.equal(ended.status, 0, ended.err + ended.out);
    }),
    walk("a wrong password is refused with exit 5, once, and is nowhere in what is printed", async () => {
      const ended = await peer.rsc(["grants"], { passwordFile: "wrong" });
      assert.equal(ended.status, 5, ended.err);
      assert.equal(peer.seen("signInRefused").length, 1);
      assert.ok(!`${ended.out}${ended.err}`.includes("wrong-Passw0rd"));
    }),
    walk("a configuration that does not exist is named, exit 1", async () => {
      const ended = await peer.rsc(["grants", "--configuration", "NoSuchConfiguration"]);
      assert.equal(ended.status, 1, ended.err);
      assert.match(ended.err, /no session configuration of that name/);
    }),
    walk(
      "without a person the terms are printed, the command is stopped and nothing is granted",
      async () => {
        const ended = await peer.rsc(grantLine);
        assert.equal(ended.status, 1, ended.err);
        assert.equal(field(ended, "termsSha256"), termsSha256);
        assert.deepEqual(
          peer.seen("stop").map(({ waiting }) => waiting),
          [true],
        );
      },
    ),
    walk("with the hash of the terms the door opens, is listed, and is shut with proof", () =>
      opensAndShuts(peer),
    ),
    walk("the program itself ends with the same statuses", () => asProgram(peer)),
    walk("a transcript arrives to the letter", () => transcript(peer)),
    walk("a warm command is two requests", async () => {
      await peer.rsc(["sessions"]);
      const verbs = peer.seen("request").map(({ verb }) => verb);
      assert.deepEqual(verbs.slice(-3), ["Command", "Receive", "Delete"]);
    }),
    walk("a reading that waits for output is stopped on the second connection", () => stopsReading(peer)),
  ];
}

async function opensAndShuts(peer: Peer): Promise<void> {
  const granted = await peer.rsc([...grantLine, ...agreed]);
  assert.equal(granted.status, 0, granted.err);
  const enable = peer.seen("command").findLast(({ name }) => name === "Enable-RemoteSupport");
  assert.deepEqual(enable, {
    event: "command",
    name: "Enable-RemoteSupport",
    parameters: ["accesslevel", "expireinminutes"],
    redirect: false,
  });
  const listed = await peer.rsc(["grants"]);
  assert.equal((field(listed, "grants") as { active: boolean }[]).filter(({ active }) => active).length, 1);
  assert.ok(!listed.out.includes("this must never be shown"));
  const revoked = await peer.rsc(["revoke"]);
  assert.equal(revoked.status, 0, revoked.err);
  assert.equal(field(revoked, "outcome"), "closed");
  assert.deepEqual(await peer.truth(), { open: false, shells: 0 });
}

/** What was run in this process so far is the whole command line but for its first file. */
async function asProgram(peer: Peer): Promise<void> {
  const rsc = (line: readonly string[], password: "right" | "wrong" = "right") =>
    runToEnd(process.execPath, [
      join(root, "electron/hosts/cli/main.ts"),
      ...line,
      ...peer.target(password),
      "--json",
    ]);
  const refused = await rsc(["grants"], "wrong");
  assert.equal(refused.status, 5, refused.err);
  const granted = await rsc([...grantLine, ...agreed]);
  assert.equal(granted.status, 0, granted.err);
  const revoked = await rsc(["revoke"]);
  assert.equal(field(revoked, "outcome"), "closed", revoked.err);
}

async function transcript(peer: Peer): Promise<void> {
  const file = join(peer.folder, "transcript.txt");
  const ended = await peer.rsc(["transcript", "--session", sessionId, "--out", file]);
  assert.equal(ended.status, 0, ended.err);
  const text = await readFile(file, "utf8");
  assert.match(text, /^\*{22}\r\nWindows PowerShell transcript start\r\n/);
  assert.match(text, /peer-1999"\r\n\*{22}\r\nWindows PowerShell transcript end\r\n/);
  assert.equal(field(ended, "operations"), 2000);
}

async function stopsReading(peer: Peer): Promise<void> {
  await peer.begin([{ on: "output", command: "Get-RemoteSupportAccess", fault: "silence", times: 1 }]);
  const interrupt = new AbortController();
  const ending = peer.rsc(["grants"], { signal: interrupt.signal });
  while (!peer.seen("command").some(({ name }) => name === "Get-RemoteSupportAccess")) await setTimeout(20);
  await setTimeout(1_300);
  const began = performance.now();
  interrupt.abort();
  const ended = await ending;
  assert.notEqual(ended.status, 0);
  assert.equal(peer.seen("stop").length, 1);
  assert.ok(performance.now() - began < 3_000, "at once, and not when the Receive ends");
  assert.equal((await peer.rsc(["grants"])).status, 0);
}

/** Over HTTPS nothing is sent before the certificate is trusted, and the sign-in is bound to it. */
export function overHttps(peer: Peer): readonly Scenario[] {
  const pin = ["--certificate-sha256", peer.certificateSha256 ?? ""];
  const walk = (sentence: string, run: () => Promise<void>): Scenario => ({
    sentence: `client over HTTPS: ${sentence}`,
    run: async () => {
      await peer.begin([]);
      await run();
    },
  });
  return [
    walk("nothing is sent before the certificate is trusted, nor to another one", async () => {
      const first = await peer.rsc(["grants"]);
      assert.equal(first.status, 1, first.err);
      assert.match(first.err, /Nobody has trusted the certificate/);
      const changed = await peer.rsc(["grants", "--certificate-sha256", "ab".repeat(32)]);
      assert.equal(changed.status, 1, changed.err);
      assert.match(changed.err, /ALARM/);
      assert.equal(peer.seen("signedIn").length + peer.seen("signInRefused").length, 0);
    }),
    walk("the sign-in is bound to a certificate that is signed with SHA-384", async () => {
      const ended = await peer.rsc(["check", ...pin]);
      assert.equal(ended.status, 0, ended.err + ended.out);
      assert.ok(peer.seen("signedIn").length > 0);
    }),
    walk("a wrong password is refused with exit 5", async () => {
      const ended = await peer.rsc(["grants", ...pin], { passwordFile: "wrong" });
      assert.equal(ended.status, 5, ended.err);
    }),
    walk("the door opens and is shut with proof", async () => {
      const granted = await peer.rsc([...grantLine, ...agreed, ...pin]);
      assert.equal(granted.status, 0, granted.err);
      const revoked = await peer.rsc(["revoke", ...pin]);
      assert.equal(field(revoked, "outcome"), "closed", revoked.err);
    }),
  ];
}
