import { spawn } from "node:child_process";
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LockedError, underLock, underLockNow } from "./processLock.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  path = join(folder, "x.lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a module text in a process of its own; resolves with its exit status. */
function run(text: string): Promise<number | null> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", text], { stdio: "inherit" });
  return new Promise((resolve) => child.once("exit", resolve));
}

const lockModule = pathToFileURL(join(import.meta.dirname, "processLock.ts")).href;

/** Reads a number and writes the next one, many times: without a lock some would be lost. */
const counting = (how: "underLock" | "underLockNow"): string => `
  import { readFileSync, writeFileSync } from "node:fs";
  import { ${how} } from ${JSON.stringify(lockModule)};
  const file = ${JSON.stringify(join(folder, "count"))};
  for (let turn = 0; turn < 60; turn++)
    await ${how}(${JSON.stringify(path)}, ${how === "underLock" ? "async " : ""}() =>
      writeFileSync(file, String(Number(readFileSync(file, "utf8")) + 1)), 60_000);
`;

test("processes that count at once lose no count, and no lock is left", async () => {
  writeFileSync(join(folder, "count"), "0");
  const kinds = ["underLock", "underLock", "underLockNow", "underLockNow"] as const;
  expect(await Promise.all(kinds.map((kind) => run(counting(kind))))).toEqual([0, 0, 0, 0]);
  expect(readFileSync(join(folder, "count"), "utf8")).toBe("240");
  expect(readdirSync(folder)).toEqual(["count"]);
}, 60_000);

test("the lock of a process that died is broken", async () => {
  const killed = `
    import { underLock } from ${JSON.stringify(lockModule)};
    await underLock(${JSON.stringify(path)}, async () => process.kill(process.pid, "SIGKILL"));
  `;
  await run(killed);
  expect(readdirSync(folder)).toEqual(["x.lock"]);
  expect(await underLock(path, () => Promise.resolve("mine"))).toBe("mine");
  expect(readdirSync(folder)).toEqual([]);
}, 60_000);

test("many who find the same dead lock break it once", async () => {
  writeFileSync(join(folder, "count"), "0");
  const dead = spawn(process.execPath, ["-e", ""]);
  await new Promise((resolve) => dead.once("exit", resolve));
  writeFileSync(path, `${dead.pid} 1 x\n`);
  const all = await Promise.all([1, 2, 3].map(() => run(counting("underLock"))));
  expect([all, readFileSync(join(folder, "count"), "utf8")]).toEqual([[0, 0, 0], "180"]);
}, 60_000);

test("a living holder is waited for within bounds, and then named with what can be done", async () => {
  writeFileSync(path, `${process.ppid} 1 x\n`);
  const waiting = underLock(path, () => Promise.resolve(), 30);
  await expect(waiting).rejects.toThrow(LockedError);
  await expect(waiting).rejects.toThrow(`held by process ${process.ppid}. If no console of this data folder`);
  expect(() => underLockNow(path, () => undefined, 30)).toThrow(LockedError);
  expect(readFileSync(path, "utf8")).toContain(String(process.ppid));
});

test("the lock of an earlier process with our own id is broken, our own is not", async () => {
  writeFileSync(path, `${process.pid} 1 x\n`);
  await underLock(path, async () => {
    await expect(underLock(path, () => Promise.resolve(), 30)).rejects.toThrow(LockedError);
  });
});

test("a lock that nobody signed is broken once it is old, not while it may still be signed", async () => {
  writeFileSync(path, "");
  await expect(underLock(path, () => Promise.resolve(), 30)).rejects.toThrow("held by another process");
  utimesSync(path, 1_000, 1_000);
  await expect(underLock(path, () => Promise.resolve("mine"))).resolves.toBe("mine");
});

test("what fails under the lock fails outside, and the lock is free again", async () => {
  const failing = (): never => {
    throw new Error("inside");
  };
  await expect(underLock(path, async () => failing())).rejects.toThrow("inside");
  expect(() => underLockNow(path, failing)).toThrow("inside");
  expect(readdirSync(folder)).toEqual([]);
});

test("a lock that was removed by hand and taken by another is left to the other", async () => {
  await underLock(path, async () => {
    rmSync(path);
    appendFileSync(path, "another's");
  });
  expect(readFileSync(path, "utf8")).toBe("another's");
});

test("a folder that is not there is an error at once", async () => {
  await expect(underLock(join(folder, "none", "x"), () => Promise.resolve())).rejects.toThrow("ENOENT");
});
