import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { againstPeers } from "./againstPeers.ts";
import { installPackages } from "./packages.ts";
import { type BasePython, makeEnvironment } from "./python.ts";
import { type Scenario, Tally } from "./scenarios.ts";
import { type Answers, hashOfFile, smallRegistry } from "./smallRegistry.ts";

/* A registry that is not reached is no failure of ours: the rows that need it are skipped. Packages that are reached and do not install are one. */

type Row = {
  readonly shown: string;
  readonly answers?: Partial<Answers>;
  readonly pinned?: string;
  /** What pip is told of the port. */
  readonly at?: (port: number) => NodeJS.ProcessEnv;
};

/** Of pip's own settings only what a row says. */
const settings = {
  PIP_CONFIG_FILE: devNull,
  PIP_FIND_LINKS: "",
  PIP_EXTRA_INDEX_URL: "",
  PIP_NO_CACHE_DIR: "1",
  PIP_NO_INDEX: "",
  PIP_PROXY: "",
  NO_PROXY: "127.0.0.1",
  no_proxy: "127.0.0.1",
};
const index = (port: number): NodeJS.ProcessEnv => ({ PIP_INDEX_URL: `http://127.0.0.1:${port}/simple` });
const pin = (version: string, hash = hashOfFile): string => `peer-thing==${version} --hash=sha256:${hash}\n`;

const unreached: readonly Row[] = [
  { shown: "does not listen", at: () => index(1) },
  {
    shown: "is behind a proxy that refuses",
    at: (port) => ({
      PIP_INDEX_URL: "https://registry.invalid/simple",
      HTTPS_PROXY: `http://127.0.0.1:${port}`,
      https_proxy: `http://127.0.0.1:${port}`,
    }),
  },
  { shown: "refuses its pages", answers: { page: 403 } },
  { shown: "is out of order", answers: { page: 503 } },
  { shown: "refuses its files", answers: { file: 403 } },
  { shown: "breaks off its files", answers: { file: null } },
  { shown: "is switched off in the settings of pip", at: (port) => ({ ...index(port), PIP_NO_INDEX: "1" }) },
];

const broken: readonly Row[] = [
  { shown: "lacks a package", answers: { page: 404 } },
  { shown: "has another version", pinned: pin("2.0") },
  { shown: "has other bytes than were pinned", pinned: pin("1.0", "0".repeat(64)) },
  { shown: "has a package that does not install" },
];

/** Walks them all in one environment, made for it. */
export async function withoutPackages(tally: Tally, base: BasePython): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "rsc-no-packages-"));
  const python = makeEnvironment(join(folder, "python"), base);
  let walked = 0;
  const install = async ({ answers, pinned = pin("1.0"), at = index }: Row): Promise<string | null> => {
    await using registry = await smallRegistry({ page: 200, file: 200, ...answers });
    const place = join(folder, String((walked += 1)));
    await writeFile(place, pinned);
    return await installPackages(python, place, `${place}.log`, { ...settings, ...at(registry.port) });
  };
  try {
    await tally.run([
      ...unreached.map((row) => ({
        sentence: `peers: a registry that ${row.shown} is told as not reached`,
        run: async () => assert.notEqual(await install(row), null),
      })),
      ...broken.map((row) => ({
        sentence: `peers: a registry that ${row.shown} is a failure`,
        run: async () => assert.rejects(install(row), /are there and could not be installed/),
      })),
      skipsAll(join(folder, "skips")),
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The rows themselves where the registry is not reached. */
function skipsAll(folder: string): Scenario {
  return {
    sentence:
      "peers: where the registry is not reached every row that needs it is skipped, and why is said once",
    run: async () => {
      const said: string[] = [];
      const say = (line: string): void => void said.push(line);
      const tally = new Tally(say);
      await againstPeers(tally, say, { folder, more: { ...settings, ...index(1) } });
      const skipped = said.filter((line) => line.startsWith("skipped "));
      assert.equal(tally.summary, `0 passed, 0 failed, ${skipped.length} skipped`);
      assert.ok(skipped.some((line) => line.includes("stamp: a script is refused")));
      assert.ok(skipped.some((line) => line.includes("client over HTTPS: the door opens")));
      assert.equal(said.filter((line) => line.includes("127.0.0.1:1")).length, 1);
    },
  };
}
