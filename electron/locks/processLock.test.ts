import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { importable, runModule, startModule } from "../testing/childModule.ts";
import { ourLife } from "./processLife.ts";
import { LockedError, underLock, underLockNow } from "./processLock.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  path = join(folder, "x.lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lockModule = importable("locks/processLock.ts");
const never = (): Promise<never> => new Promise(() => undefined);

/** Reads a number and writes the next one, many times: without a lock some would be lost. */
const counting = (how: "underLock" | "underLockNow"): string => `
  import { readFileSync, writeFileSync } from "node:fs";
  import { ${how} } from ${lockModule};
  const file = ${JSON.stringify(join(folder, "count"))};
  for (let turn = 0; turn < 60; turn++)
    await ${how}(${JSON.stringify(path)}, ${how === "underLock" ? "async " : ""}() =>
      writeFileSync(file, String(Number(readFileSync(file, "utf8")) + 1)), 60_000);
`;

/** A process that holds the lock, says so, and then does what is said, with its own kind of patience. */
const holding = (then: string): string => `
  import { once } from "node:events";
  import { underLock } from ${lockModule};
  await underLock(${JSON.stringify(path)}, async (check) => {
    console.log("held");
    ${then}
  });
`;

test("processes that count at once lose no count, and no lock is left", async () => {
  writeFileSync(join(folder, "count"), "0");
  const kinds = ["underLock", "underLock", "underLockNow", "underLockNow"] as const;
  expect(await Promise.all(kinds.map((kind) => runModule(counting(kind))))).toEqual([0, 0, 0, 0]);
  expect(readFileSync(join(folder, "count"), "utf8")).toBe("240");
  expect(readdirSync(folder)).toEqual(["count"]);
});

test("the lock of a process that was killed is taken over, without waiting for it to expire", async () => {
  await runModule(holding('process.kill(process.pid, "SIGKILL");'));
  expect(readdirSync(folder)).toEqual(["x.lock"]);
  expect(await underLock(path, () => Promise.resolve("mine"), 500)).toBe("mine");
  expect(readdirSync(folder)).toEqual([]);
});

test("many who find the same dead lock remove it once", async () => {
  await runModule(holding('process.kill(process.pid, "SIGKILL");'));
  writeFileSync(join(folder, "count"), "0");
  const all = await Promise.all([1, 2, 3].map(() => runModule(counting("underLock"))));
  expect([all, readFileSync(join(folder, "count"), "utf8")]).toEqual([[0, 0, 0], "180"]);
});

test("a holder at work is waited for for as long as anybody likes, and then named with what can be done", async () => {
  const holder = startModule(holding('await once(process.stdin, "data");'));
  await holder.lines.next();
  // Longer than an unrenewed lock lasts: this one is renewed.
  const waiting = underLock(path, never, 3_000);
  await expect(waiting).rejects.toThrow(LockedError);
  await expect(waiting).rejects.toThrow(`held by process ${holder.process.pid}. If no console of this data`);
  expect(() => underLockNow(path, () => undefined, 30)).toThrow(LockedError);
  holder.process.stdin?.end("go");
  expect(await holder.ended).toBe(0);
});

test("whoever waits can give up at once", async () => {
  await underLock(path, async () => {
    const giving = new AbortController();
    const waiting = underLock(path, never, 60_000, giving.signal);
    giving.abort(new Error("the command goes first"));
    await expect(waiting).rejects.toThrow("the command goes first");
  });
  expect(readdirSync(folder)).toEqual([]);
});

test("our own lock is not taken for dead", async () => {
  await underLock(path, async () => {
    await expect(underLock(path, never, 30)).rejects.toThrow(`held by process ${ourLife.pid}`);
  });
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

test.each(["underLock", "underLockNow"] as const)(
  "%s: who finds before he writes that his lock is gone begins again, and writes once",
  async (how) => {
    const did: string[] = [];
    const act = (check: () => void): void => {
      did.push("began");
      if (did.length === 1) rmSync(path);
      check();
      did.push("wrote");
    };
    await (how === "underLock" ? underLock(path, async (check) => act(check)) : underLockNow(path, act));
    expect(did).toEqual(["began", "began", "wrote"]);
  },
);

test("a folder that is not there is an error at once", async () => {
  await expect(underLock(join(folder, "none", "x"), () => Promise.resolve())).rejects.toThrow("ENOENT");
});
