import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunningStamp } from "../../drill/runningStamp.ts";
import { startStamp } from "../../drill/startStamp.ts";
import { nodeHost } from "./nodeHost.ts";
import { runCli } from "./runCli.ts";

/* docs/command-line.md names each field that --json prints, and no other: scripts rely on it. */

const password = "Practice-4-Json";
let folder: string;
let stamp: RunningStamp;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rsc-json-"));
  writeFileSync(join(folder, "password"), `${password}\n`, { mode: 0o600 });
  writeFileSync(join(folder, "wrong"), "Practice-5-Json\n", { mode: 0o600 });
  stamp = await startStamp({
    ports: [0, 0, 0],
    account: "AZS\\cloudadmin",
    revealPassword: () => password,
    stateFolder: null,
    seed: 7,
    switches: { engineer: "nobody" },
  });
});
afterAll(async () => {
  await stamp.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Ended = { readonly status: number; readonly out: readonly string[]; readonly said: readonly string[] };

async function run(line: readonly string[], passwordFile = "password"): Promise<Ended> {
  const [out, said]: [string[], string[]] = [[], []];
  const io = {
    out: (text: string) => void out.push(text),
    say: (text: string) => void said.push(text),
    stdin: Readable.from([]),
    interactive: false,
    signal: new AbortController().signal,
  };
  const where = stamp.endpoints.flatMap(({ host, port }) => ["--endpoint", `http://${host}:${port}`]);
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

/** Every path in a value, list items as `[]`. */
function pathsOf(found: unknown, at = ""): readonly string[] {
  if (Array.isArray(found)) return [`${at}[]`, ...found.flatMap((item) => pathsOf(item, `${at}[]`))];
  if (typeof found !== "object" || found === null) return [at];
  const fields = Object.entries(found).flatMap(([name, inner]) =>
    pathsOf(inner, at === "" ? name : `${at}.${name}`),
  );
  return at === "" ? fields : [at, ...fields];
}

const doc = readFileSync(join(import.meta.dirname, "../../../docs/command-line.md"), "utf8");
const rows = new Map(
  [...doc.matchAll(/^\| (\w+) \| (`.*`.*) \|$/gm)].map(([, name = "", fields = ""]) => [name, fields]),
);

/** The paths that a row of the documentation stands for, its objects spelt out. */
function documented(name: string, at = ""): readonly string[] {
  const fields = rows.get(name);
  if (fields === undefined) throw new Error(`docs/command-line.md has no row ${name}`);
  return fields.split(", ").flatMap((field) => {
    const [, path = "", object] = /^`([\w[\]]+)`(?: = (\w+))?$/.exec(field) ?? [];
    const here = `${at}${path}`;
    return object === undefined ? [here] : [here, ...documented(object, `${here}.`)];
  });
}

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

const cases: Readonly<Record<string, () => Promise<readonly unknown[]>>> = {
  check: async () => [value(await run(["check"]))],
  grant: grants,
  grants: async () => [value(await run(["grants"]))],
  sessions: async () => [value(await run(["sessions"]))],
  transcript: async () => {
    const ids = (await sessionIds()).slice(0, 8);
    return await Promise.all(ids.map(async (id) => value(await run(["transcript", "--session", id]))));
  },
  revoke: async () => [value(await run(["revoke", "--operator", "Ann"]))],
};

describe("the fields of --json", () => {
  test.each(Object.entries(cases))("%s", async (verb, values) => {
    const known = new Set(documented(verb));
    const found = new Set((await values()).flatMap((one) => pathsOf(one)));
    expect([...found].filter((path) => !known.has(path))).toEqual([]);
    // What is null or empty here has no fields of its own to show; all others are printed always.
    const silent = [...known].filter((path) => !found.has(path));
    const isBelowNothing = (path: string): boolean =>
      [...found].some((shown) => path.startsWith(`${shown}.`) && !hasFields(found, shown));
    expect(silent.filter((path) => !isBelowNothing(path))).toEqual([]);
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

const hasFields = (found: ReadonlySet<string>, path: string): boolean =>
  [...found].some((other) => other.startsWith(`${path}.`));
