import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runToEnd } from "./process.ts";
import type { Scenario } from "./scenarios.ts";

const old = "#!/bin/sh\nexit 1\n";

/** This very run where there is no Python for it: it says so, and never passes by doing nothing. */
export const withoutPython: readonly Scenario[] = [
  ["no Python is installed", []],
  ["Python is too old, or lacks its venv module", ["python3", "python"]],
].map(([shown, programs]) => ({
  sentence: `peers: where ${String(shown)} the run says so and ends with 1`,
  run: async () => {
    const folder = await mkdtemp(join(tmpdir(), "rsc-no-python-"));
    try {
      for (const name of programs ?? []) await writeFile(join(folder, name), old, { mode: 0o755 });
      const ended = await runToEnd(process.execPath, [join(import.meta.dirname, "run.ts")], { PATH: folder });
      assert.deepEqual([ended.status, ended.err], [1, ""]);
      assert.match(ended.out, /^The peers need Python 3\.9 or later.*none is here.*\n$/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
}));
