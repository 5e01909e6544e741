import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Life, ourLife } from "./processLife.ts";
import { LockedError, underLock, underLockNow } from "./processLock.ts";

/* Whatever a crash, a full disk or somebody's hand left in the place of a lock holds nobody up for more than two seconds. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "left-locks-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Milliseconds that anybody is ready to wait here: less than usual, more than a busy machine makes of two seconds. */
const wait = 4_000;

type Left = (path: string) => void;

const text =
  (content: string | Uint8Array): Left =>
  (path) =>
    writeFileSync(path, content);
const signed = (life: Partial<Life>): Left => {
  const { pid, start, machine, boot, space } = { ...ourLife, ...life };
  return text(`${pid} ${start} ${machine} ${boot} ${space} 9b2f\n`);
};
const dated =
  (left: Left, year: number): Left =>
  (path) => {
    left(path);
    utimesSync(path, new Date(Date.UTC(year, 0)), new Date(Date.UTC(year, 0)));
  };
const link =
  (to: string): Left =>
  (path) =>
    symlinkSync(to, path);

const lefts: Readonly<Record<string, Left>> = {
  "an empty file": text(""),
  "an empty file of the future": dated(text(""), 2100),
  "an empty file of long ago": dated(text(""), 1971),
  "words that say nothing": text("hello\n"),
  "bytes that are no text": text(Uint8Array.from({ length: 300 }, (_, index) => index)),
  "a very large file": text("9".repeat(3_000_000)),
  "half a signature": text(`${process.ppid} 12`),
  "a signature without a machine": text(`${process.ppid} 1 x\n`),
  "the lock of a process that is no more": signed({ pid: 4_194_999 }),
  "the lock of an earlier process with our id": signed({ start: 1 }),
  "the lock of another machine": signed({ machine: "elsewhere", pid: process.ppid }),
  "the lock of another container": signed({ space: "pid:[1]", pid: process.ppid }),
  "the lock of an earlier start of this machine": signed({ boot: "before", pid: process.ppid }),
  "a folder": (path) => mkdirSync(path),
};

/** Windows keeps links for those who may make them, and knows no pipes. */
const leftsOfPosix: Readonly<Record<string, Left>> = {
  "a link that leads nowhere": link("nowhere"),
  "a link to itself": link("x.lock"),
  "a link to a file": link("kept/file"),
  "a link to a folder": link("kept"),
  "a pipe": (path) => void spawnSync("mkfifo", [path]),
};

/** On Linux alone a later process with the same id is known for another one at once. */
const leftsOfLinux: Readonly<Record<string, Left>> = {
  "the lock of a process whose id was given to another": signed({ pid: process.ppid, start: 1 }),
};

const everywhere = Object.entries({
  ...lefts,
  ...(process.platform === "win32" ? {} : leftsOfPosix),
  ...(process.platform === "linux" ? leftsOfLinux : {}),
});
const noRight: Left = () => undefined;
const rights: readonly (readonly [string, Left])[] = [
  ["nothing", noRight],
  ["an empty .breaking", text("")],
  ["a .breaking of the future", dated(text(""), 2100)],
  ["a .breaking that is a folder", (path) => mkdirSync(path)],
];

/** All beside each other, each in a folder of its own: most of the time is spent looking on. Gives what came of each. */
async function tryAll(rows: readonly (readonly [string, Left, Left])[], how: (path: string) => unknown) {
  const outcomes = rows.map(async ([name, left, right], number) => {
    const place = join(folder, String(number));
    mkdirSync(join(place, "kept"), { recursive: true });
    writeFileSync(join(place, "kept", "file"), "kept");
    left(join(place, "x.lock"));
    right(join(place, "x.lock.breaking"));
    const outcome = await how(join(place, "x.lock"));
    const kept = readFileSync(join(place, "kept", "file"), "utf8");
    return [name, outcome, readdirSync(place), kept];
  });
  return await Promise.all(outcomes);
}

test("it is taken over, nothing of it stays, and what a link leads to is not touched", async () => {
  const rows = everywhere.flatMap(([name, left]) =>
    rights.map(([with_, right]) => [`${name}, beside ${with_}`, left, right] as const),
  );
  const outcomes = await tryAll(rows, (path) => underLock(path, () => Promise.resolve("taken"), wait));
  expect(outcomes).toEqual(rows.map(([name]) => [name, "taken", ["kept"], "kept"]));
});

test("so it is for those who stand still while they wait", async () => {
  const rows = [
    ["an empty file", text(""), text("")],
    ["the lock of a process that is no more", signed({ pid: 4_194_999 }), noRight],
  ] as const;
  const outcomes = await tryAll(rows, (path) => underLockNow(path, () => "taken", wait));
  expect(outcomes).toEqual(rows.map(([name]) => [name, "taken", ["kept"], "kept"]));
});

test("what cannot be removed is named, with what can be done, and stays as it is", async () => {
  const full: Left = (path) => {
    mkdirSync(path);
    writeFileSync(join(path, "somebody's"), "kept");
  };
  const rows = [
    ["lock", full, noRight],
    ["right", signed({ pid: 4_194_999 }), full],
  ] as const;
  const outcomes = await tryAll(rows, (path) =>
    underLock(path, () => Promise.resolve(), wait).catch((error: unknown) => error),
  );
  const [lock, right] = outcomes.map(([, error]) => error);
  expect(lock).toBeInstanceOf(LockedError);
  expect(String(lock)).toContain(`${join(folder, "0", "x.lock")} is in the way and cannot be removed`);
  expect(right).toBeInstanceOf(LockedError);
  expect(String(right)).toContain(`${join(folder, "1", "x.lock.breaking")} is in the way`);
  expect(readFileSync(join(folder, "0", "x.lock", "somebody's"), "utf8")).toBe("kept");
});
