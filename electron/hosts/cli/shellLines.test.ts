import { execFile, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HostDescription, Target } from "#contract";
import type { RunningStamp } from "../../drill/runningStamp.ts";
import { startStamp } from "../../drill/startStamp.ts";
import { type ServedConsole, servedConsole } from "../../testing/servedConsole.ts";

/* "The same from a shell": each line that a console shows is pasted as it is into a real shell, somewhere else. */

type Shell = {
  readonly name: string;
  /** Whether this machine has it. */
  readonly isHere: boolean;
  /** The shell's program and how it takes a script. */
  readonly command: readonly string[];
  /** What makes `rsc` a command there. */
  readonly hint: (rsc: NonNullable<HostDescription["shell"]["rsc"]>) => string;
  /** What makes the shell end with the status of the line. */
  readonly end: string;
};

const runs = (program: string): boolean => spawnSync(program, ["--version"]).status === 0;
const root = join(import.meta.dirname, "../../..");
const shells: readonly Shell[] = [
  { name: "bash", isHere: true, command: ["bash", "-c"], hint: ({ bash }) => bash, end: "" },
  {
    name: "PowerShell",
    isHere: runs("pwsh"),
    command: ["pwsh", "-NoProfile", "-Command"],
    hint: ({ powershell }) => powershell,
    end: "exit $LASTEXITCODE",
  },
  {
    name: "bash, by way of npm in the console's folder",
    isHere: true,
    command: ["bash", "-c"],
    hint: () => `cd '${root}'; rsc() { npm run --silent rsc -- "$@"; }`,
    end: "",
  },
];

const password = "Practice-4-Shells";
let folder: string;
let stamp: RunningStamp;
let served: ServedConsole;
let rsc: NonNullable<HostDescription["shell"]["rsc"]>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rsc shells o'"));
  mkdirSync(join(folder, "elsewhere"));
  writeFileSync(join(folder, "password"), `${password}\n`, { mode: 0o600 });
  stamp = await startStamp({
    ports: [0, 0, 0],
    account: "AZS\\cloudadmin",
    revealPassword: () => password,
    stateFolder: null,
    seed: 7,
    switches: { engineer: "nobody" },
  });
  served = await servedConsole(folder);
  const { shell } = await served.client.host.describe({});
  if (shell.rsc === null) throw new Error("a checkout has a command line");
  rsc = shell.rsc;
});
afterAll(async () => {
  const ended = once(served.child, "exit");
  served.child.kill("SIGTERM");
  await ended;
  await stamp.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Ended = { readonly status: number; readonly out: string; readonly said: string };

/** Pastes a line; the shell stands in another folder, and nobody sits at it. */
function paste({ command, hint, end }: Shell, line: string): Promise<Ended> {
  const [program = "", ...how] = command;
  const { promise, resolve } = Promise.withResolvers<Ended>();
  const child = execFile(
    program,
    [...how, `${hint(rsc)}\n${line}\n${end}`],
    { cwd: join(folder, "elsewhere") },
    (_error, out, said) => resolve({ status: child.exitCode ?? -1, out, said }),
  );
  child.stdin?.end();
  return promise;
}

/** A person would type the password. */
const withPassword = (line: string): string => `${line} --password-file "${join(folder, "password")}"`;

async function added(name: string): Promise<AsyncDisposable & Pick<Target, "id">> {
  const { id } = await served.client.targets.add({
    kind: "stamp",
    name,
    transport: "http",
    configuration: stamp.configuration,
    account: stamp.account,
    endpoints: stamp.endpoints.slice(0, 1).map(({ host, port }) => ({ name: "ERCS01", host, port })),
  });
  return {
    id,
    [Symbol.asyncDispose]: async () => void (await served.client.targets.remove({ targetId: id })),
  };
}

const typed = {
  level: "DiagnosticsRepair",
  minutes: 60,
  reason: `it's node 3: "$5" \`disk\` \\ !! ‘x’\nsecond line`,
  caseNumber: "26 11/#4",
  operator: "-Ann O'Neill",
} as const;

test("the console names the folder that it was started with", async () => {
  const { shell } = await served.client.host.describe({});
  expect(shell.data).toBe(join(folder, "data"));
});

describe.each(shells)("in $name", (shell) => {
  test.skipIf(!shell.isHere).each([`-x "$HOME" \`id\` it's`, "practice"])(
    "the lines of a target called %s run as shown",
    async (name) => {
      await using target = await added(name);
      const { grants, sessions, transcript } = await served.client.grants.commands({
        targetId: target.id,
        sessionId: "no-such-session",
      });
      expect(await paste(shell, withPassword(grants.cli))).toMatchObject({ status: 0 });
      expect(await paste(shell, withPassword(sessions.cli))).toMatchObject({ status: 0 });
      const unknown = await paste(shell, withPassword(transcript?.cli ?? ""));
      expect([unknown.status, unknown.said]).toEqual([1, expect.stringMatching(/session/)]);
    },
    60_000,
  );

  test.skipIf(!shell.isHere)(
    "a grant and its revoke run as shown, with all that was typed, in the console's own data folder",
    async () => {
      const target = await served.client.targets.startPractice({});
      const { cli } = await served.client.grants.preview({ targetId: target.id, ...typed });
      const { status, out } = await paste(shell, cli);
      // Nobody can be asked, so that it ends with the terms.
      expect([status, out]).toEqual([1, expect.stringContaining("By approving this request")]);
      const { revoke } = await served.client.grants.commands({ targetId: target.id, sessionId: null });
      const shut = await paste(shell, revoke.cli);
      expect([shut.status, shut.out]).toEqual([0, expect.stringMatching(/^Confirmed closed/)]);
      const { entries } = await served.client.ledger.list({});
      const acts = entries.flatMap(({ receipt }) => (receipt === null ? [] : [receipt]));
      expect(acts.slice(0, 2)).toMatchObject([{ act: "revoke" }, { act: "grant", ...typed }]);
    },
    60_000,
  );
});
