import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collectedIo } from "../../testing/collectedIo.ts";
import type { CliHost } from "./cliHost.ts";
import { nodeHost } from "./nodeHost.ts";
import { operations } from "./operations.ts";
import { runCli } from "./runCli.ts";
import { verbs } from "./usage.ts";

/* Whoever asks what a command takes is told, and nothing else happens. */

const helpWords = ["--help", "-h"];
const { programs } = nodeHost(collectedIo().io);
/** With the programs of the real host, and no console to be had. */
const host: CliHost = {
  openConsole: () => Promise.reject(new Error("a console was opened")),
  programs,
};
const names = [...verbs.keys(), ...programs.keys(), ...operations.keys()];

test.each(names.flatMap((name) => helpWords.map((word) => [name, word] as const)))(
  "rsc %s %s tells what it takes",
  async (name, word) => {
    const { io, out, said } = collectedIo();
    expect(await runCli([name, word], io, host)).toBe(0);
    expect([out[0], said]).toEqual([expect.stringContaining(name), []]);
    const [inFront, asked] = [collectedIo(), collectedIo()];
    expect(await runCli([name, "--account", "a", word], inFront.io, host)).toBe(0);
    expect(await runCli(["help", name], asked.io, host)).toBe(0);
    expect([inFront.out, asked.out]).toEqual([out, out]);
  },
);

test.each([[], ["help"], ...helpWords.map((word) => [word])].map((line) => [line]))(
  "rsc %j lists every command",
  async (line) => {
    const { io, out } = collectedIo();
    expect(await runCli(line, io, host)).toBe(0);
    for (const name of names) expect(out.join("\n")).toContain(name);
  },
);

const root = join(import.meta.dirname, "../../..");
/** All that is started by itself, but the window's own process, which Electron alone can run. */
const mains = globSync(["electron/drill/main.ts", "electron/hosts/*/main.ts"], { cwd: root }).filter(
  (file) => !file.includes("desktop"),
);

describe("a program that is started by itself", () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "rsc-help-"))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(mains.flatMap((file) => helpWords.map((word) => [file, word] as const)))(
    "%s %s tells what it takes, and leaves nothing behind",
    async (file, word) => {
      const data = join(folder, "data");
      const env = { ...process.env, RSC_DATA: data };
      // Rejects when the status is not 0.
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(root, file), word], {
        env,
      });
      expect([stdout.split("\n").length > 3, stderr, existsSync(data)]).toEqual([true, "", false]);
    },
  );

  test.each(mains)("%s has no trouble with a reader that wants none of it", async (file) => {
    const child = spawn(process.execPath, [join(root, file), "--help"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.destroy();
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => void (said += chunk.toString()));
    expect([await once(child, "close"), said]).toEqual([[0, null], ""]);
  });
});
