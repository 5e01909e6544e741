import { createHash } from "node:crypto";
import { expect, test } from "vitest";
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

test("a password shows in no frame to the page, log line, ledger entry, receipt or error", async () => {
  await using bench = await openBench({ switches: { connectionStatus: "error" } });
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
  said.push(await client.ledger.list({}), await client.targets.list({}), await client.settings.read({}));
  const everything = JSON.stringify([frames, said, bench.logged, bench.ledger.written]).toLowerCase();
  expect(everything).toContain("enable-remotesupport");
  for (const secret of [password, wrong])
    for (const spelling of spellings(secret)) expect(everything.includes(spelling)).toBe(false);
  expect(everything).not.toMatch(/sascredential"?\s*[:=]\s*"?(?!\[|hidden|•)[a-z0-9?]/);
});
