import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

test("a watch ends when its output is closed, as by `| head -1`", async () => {
  const folder = mkdtempSync(join(tmpdir(), "closed-output-"));
  const line = [
    join(import.meta.dirname, "main.ts"),
    "sessions.watch",
    "--target",
    "practice",
    "--data",
    folder,
  ];
  const child = spawn(process.execPath, line, { stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(child, "exit");
  await once(child.stdout, "data");
  child.stdout.destroy();
  expect(await ended).toEqual([1, null]);
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

test.skipIf(!existsSync("/dev/full"))(
  "an output that cannot be written is said, and ends with 1",
  async () => {
    const program = join(import.meta.dirname, "main.ts");
    const child = spawn(process.execPath, [program, "help"], {
      stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
    });
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    expect(await once(child, "close")).toEqual([1, null]);
    expect(said).toBe("The output could not be written (ENOSPC): what was printed is not whole.\n");
  },
);
