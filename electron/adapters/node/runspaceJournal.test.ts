import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Log, RunspaceJournal } from "../../services/ports.ts";
import { openRunspaceJournal } from "./runspaceJournal.ts";

let folder: string;
let logged: string[];
const log: Log = { write: (_level, event) => logged.push(event) };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "runspaces-"));
  logged = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const endpoint = "http://10.0.0.4:5985/wsman";
const account = "AZS\\cloudadmin";
const day = 86_400_000;
const journal = (later = 0): RunspaceJournal =>
  openRunspaceJournal(folder, log, () => new Date(Date.UTC(2026, 10, 24) + later));
const listed = (): unknown[] => JSON.parse(readFileSync(join(folder, "runspaces.json"), "utf8"));

/** Begins runspaces in a process of its own, which is then no more. */
function crashed(...shellIds: readonly string[]): Promise<void> {
  const module = pathToFileURL(join(import.meta.dirname, "runspaceJournal.ts")).href;
  const child = spawn(
    process.execPath,
    [
      "--input-type=module",
      "-e",
      `import { openRunspaceJournal } from ${JSON.stringify(module)};
       const journal = openRunspaceJournal(${JSON.stringify(folder)}, { write() {} }, () => new Date("2026-11-24"));
       for (const shellId of ${JSON.stringify(shellIds)})
         journal.begin({ shellId, endpoint: ${JSON.stringify(endpoint)}, account: ${JSON.stringify(account)} });
       process.kill(process.pid, "SIGKILL");`,
    ],
    { stdio: "inherit" },
  );
  return new Promise((resolve) => child.once("exit", () => resolve()));
}

test("runspaces in use are nobody else's to end, and what ended is forgotten", () => {
  journal().begin({ shellId: "A", endpoint, account });
  journal().begin({ shellId: "B", endpoint, account });
  expect(journal().takeLeft(endpoint, account)).toEqual([]);
  journal().ended("A");
  expect(listed()).toMatchObject([{ shellId: "B" }]);
});

test("what a crashed process had open is left, for its endpoint and account, and taken once", async () => {
  await crashed("A", "B");
  expect(journal().takeLeft("http://10.0.0.5:5985/wsman", account)).toEqual([]);
  expect(journal().takeLeft(endpoint, "AZS\\another")).toEqual([]);
  expect(journal().takeLeft(endpoint, account)).toEqual(["A", "B"]);
  expect(journal().takeLeft(endpoint, account)).toEqual([]);
}, 20_000);

test("what was given up without an answer is left at once", () => {
  journal().begin({ shellId: "A", endpoint, account });
  journal().left("A");
  expect(journal().takeLeft(endpoint, account)).toEqual(["A"]);
});

test("what is in use and what was left is known without taking it", async () => {
  await crashed("A");
  journal().begin({ shellId: "B", endpoint, account });
  journal().begin({ shellId: "C", endpoint, account });
  journal().left("C");
  const known = [
    ["A", "left"],
    ["B", "inUse"],
    ["C", "left"],
  ] as const;
  expect(journal().known(endpoint, account)).toEqual(new Map(known));
  expect(journal().known(endpoint, "AZS\\another").size).toBe(0);
  expect(journal().known("http://10.0.0.5:5985/wsman", account).size).toBe(0);
  expect(journal().takeLeft(endpoint, account)).toEqual(["A", "C"]);
}, 20_000);

test("an earlier process with our own id counts as gone", () => {
  journal().begin({ shellId: "A", endpoint, account });
  const path = join(folder, "runspaces.json");
  writeFileSync(path, readFileSync(path, "utf8").replace(/"start": \d+/, '"start": 1'));
  expect(journal().takeLeft(endpoint, account)).toEqual(["A"]);
});

test("a process of another machine is not judged from here, and after a week nothing is kept", () => {
  const path = join(folder, "runspaces.json");
  const elsewhere = { pid: 1, start: 1, machine: "elsewhere", boot: "-", space: "-" };
  const entry = { shellId: "A", endpoint, account, since: Date.UTC(2026, 10, 24), ...elsewhere };
  writeFileSync(path, JSON.stringify([entry]));
  expect(journal().takeLeft(endpoint, account)).toEqual([]);
  expect(listed()).toHaveLength(1);
  journal(8 * day).ended("other");
  expect(listed()).toEqual([]);
});

test.each(["", "[", "{}", "[1,null,{}]", '[{"shellId":"A"}]'])(
  "a list that reads %j is begun anew",
  (text) => {
    writeFileSync(join(folder, "runspaces.json"), text);
    journal().begin({ shellId: "B", endpoint, account });
    expect(listed()).toMatchObject([{ shellId: "B" }]);
  },
);

test("a folder that takes no file stops nobody, and is reported", () => {
  writeFileSync(join(folder, "file"), "");
  const broken = openRunspaceJournal(join(folder, "file"), log, () => new Date());
  broken.begin({ shellId: "A", endpoint, account });
  expect(broken.takeLeft(endpoint, account)).toEqual([]);
  expect(logged).toEqual(["runspaces.notKept", "runspaces.notKept"]);
});

test.skipIf(process.platform === "win32")("the list is its owner's alone and leaves no other file", () => {
  journal().begin({ shellId: "A", endpoint, account });
  expect(readdirSync(folder)).toEqual(["runspaces.json"]);
  expect(statSync(join(folder, "runspaces.json")).mode & 0o077).toBe(0);
});
