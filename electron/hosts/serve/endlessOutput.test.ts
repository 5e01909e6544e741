import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { GrantProgress, Target } from "#contract";
import type { StampCommand } from "../../drill/stampCommand.ts";
import type { RunningEndpoint } from "../../drill/winrm/endpointOptions.ts";
import { startEndpoint } from "../../drill/winrm/startEndpoint.ts";
import { mostPayload } from "../../pep/wire/measure.ts";
import { aGrantRequest } from "../../testing/journeys/steps.ts";
import { servedConsole, type ServedConsole } from "../../testing/servedConsole.ts";

/* An endpoint whose commands never stop talking, seen from the page of a served console. Every wire is real. */

const account = "AZS\\cloudadmin";
const password = "Practice-horse-9";

let folder: string;
let endpoint: RunningEndpoint;
let served: ServedConsole;
let talking: readonly StampCommand[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "endless-output-"));
  talking = [];
  endpoint = await startEndpoint({
    name: "AZS-ERCS01",
    host: "127.0.0.1",
    port: 0,
    accounts: [{ domain: "AZS", user: "cloudadmin", revealPassword: () => password }],
    computerName: "AZS-ERCS01",
    domainName: "AZS",
    configuration: "PrivilegedEndpoint",
    commands: () => talking,
  });
  served = await servedConsole(folder);
});
afterEach(async () => {
  served[Symbol.dispose]();
  await endpoint.close();
  rmSync(folder, { recursive: true, force: true });
});

async function target(): Promise<Target> {
  const { id } = await served.client.targets.add({
    kind: "stamp",
    name: "Stamp",
    transport: "http",
    configuration: "PrivilegedEndpoint",
    account,
    endpoints: [{ name: "AZS-ERCS01", host: "127.0.0.1", port: endpoint.port }],
  });
  return await served.client.targets.signIn({ targetId: id, account, password });
}

const command = (name: string, run: StampCommand["run"]): StampCommand => ({
  name,
  kind: "Function",
  module: "Practice",
  parameters: [
    { name: "IncludeExpired", type: "Switch" },
    { name: "FromDate", type: "DateTime" },
    { name: "AccessLevel", type: "String" },
    { name: "ExpireInMinutes", type: "Int32" },
  ],
  run,
});
const nothing = (name: string): StampCommand => command(name, () => Readable.from([]));
const piece = "x".repeat(65_536);
const tooMany = mostPayload / piece.length + 10;

/** The most memory that the host has had, in MiB; what a Linux kernel counts. */
function peak(): number {
  const status = readFileSync(`/proc/${served.child.pid}/status`, "utf8");
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1_024;
}

test.skipIf(process.platform !== "linux")(
  "a reading without end is stopped at a measure, in words, and the console reads on",
  async () => {
    talking = [
      command("Get-RemoteSupportAccess", async function* ({ signal }) {
        // As much as is too much, handed over in pieces, and no end.
        for (let said = 0; said < tooMany; said++) {
          signal.throwIfAborted();
          yield piece;
          await setImmediate();
        }
        await once(signal, "abort");
      }),
    ];
    const { id } = await target();
    const before = peak();
    await expect(served.client.grants.list({ targetId: id })).rejects.toMatchObject({
      code: "quota",
      message: expect.stringMatching(/AZS-ERCS01.*stopped.*less at a time/) as string,
    });
    expect(peak() - before).toBeLessThan(512);
    talking = [nothing("Get-RemoteSupportAccess"), nothing("Get-RemoteSupportSessionHistory")];
    expect(await served.client.grants.list({ targetId: id })).toMatchObject({ grants: [] });
  },
  120_000,
);

test.skipIf(process.platform !== "linux")(
  "a command that talks without end is stopped by the operator, and the page is still there",
  async () => {
    let line = 0;
    talking = [
      nothing("Get-RemoteSupportAccess"),
      nothing("Get-RemoteSupportSessionHistory"),
      command("Enable-RemoteSupport", async function* ({ voice, signal }) {
        for (;;) {
          signal.throwIfAborted();
          for (let at = 0; at < 50; at++) voice.information(`${line++} of a talk that never ends`);
          yield await setImmediate("and an object");
        }
      }),
    ];
    const { id } = await target();
    const before = peak();
    let last: GrantProgress | null = null;
    for await (const progress of served.client.grants.open(aGrantRequest(id))) {
      last = progress;
      if (progress.facts.length > 1_000 && progress.outcome === null)
        await served.client.grants.stop({ targetId: id }).catch(() => undefined);
    }
    expect(last).toMatchObject({ outcome: { kind: "notGranted" } });
    expect(peak() - before).toBeLessThan(512);
    expect(await served.client.grants.list({ targetId: id })).toMatchObject({ grants: [] });
  },
  120_000,
);
