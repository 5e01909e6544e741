import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connect, memoryPair } from "#rpc";
import { consoleContract } from "#contract";
import { md4 } from "../../protocol/ntlm/md4.ts";
import { openBench, account, password } from "./bench.ts";
import { grants, reads, revokes } from "./walk.ts";

/** The spellings in which a password could slip out. */
const spellings = (secret: string): readonly string[] => {
  const utf8 = Buffer.from(secret, "utf8");
  const utf16 = Buffer.from(secret, "utf16le");
  const hash = Buffer.from(md4(utf16));
  const digest = createHash("sha256").update(utf8).digest();
  const all = [utf8, utf16, hash, digest].flatMap((bytes) => [
    bytes.toString("base64"),
    bytes.toString("hex"),
  ]);
  return [secret, encodeURIComponent(secret), ...all].map((spelling) => spelling.toLowerCase());
};

/** What the stamp puts into SasCredential. */
const sas = "PRACTICE-SAS-a-client-must-mask-this";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "secrets-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const filesIn = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));

test("no password and no credential of a grant shows in a frame to the page, log line, ledger entry, receipt, error or settings file", async () => {
  await using bench = await openBench({
    switches: { connectionStatus: "error", grantShape: "extra" },
    folder,
  });
  const [own, other] = memoryPair();
  const frames: unknown[] = [];
  own.onFrame((frame) => frames.push(frame));
  bench.console.attach({
    ...other,
    send: (frame) => {
      frames.push(frame);
      other.send(frame);
    },
  });
  const client = connect(consoleContract, own);
  const wrong = "Wrong-Marked-Zebra-3X";
  const said: unknown[] = [];
  const note = async (act: Promise<unknown>): Promise<void> => {
    said.push(await act.catch((error: unknown) => [String(error), (error as Error).stack]));
  };
  const { alone, three } = bench;
  for (const typed of [wrong, password])
    await note(client.targets.signIn({ targetId: alone.id, account, password: typed }));
  await note(grants(client, alone));
  for await (const ladder of client.targets.check({ targetId: alone.id })) said.push(ladder);
  await note(revokes(client, alone));
  bench.stamp.endpoint(0)?.order({ kind: { type: "badSignature" } });
  await note(reads(client, alone));
  await bench.behave();
  await note(reads(client, three));
  await note(grants(client, three));
  await note(client.grants.list({ targetId: three.id }));
  expect(JSON.stringify(said)).toContain("RetryCount");
  await note(revokes(client, three));
  said.push(await client.ledger.list({}), await client.targets.list({}), await client.settings.read({}));
  const files = filesIn(folder);
  expect(files.join()).toContain(three.id);
  const everything = JSON.stringify([frames, said, bench.logged, bench.ledger.written, files]).toLowerCase();
  expect(everything).toContain("enable-remotesupport");
  expect(everything).toContain("sascredential");
  for (const secret of [password, wrong, sas])
    for (const spelling of spellings(secret)) expect(everything.includes(spelling)).toBe(false);
  expect(everything).not.toMatch(/sascredential"?\s*[:=]\s*"?(?!\[|hidden|•)[a-z0-9?]/);
});
