import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const requirements = join(import.meta.dirname, "requirements.txt");
const folder = join(import.meta.dirname, "..", "..", ".build", "peers");

/**
 * The interpreter of a Python environment that holds exactly the pinned peers; made on the first call, and again when
 * the pins or the Python change. Throws with a sentence where Python 3.9 or later is missing or the packages cannot be fetched.
 */
export function peersPython(say: (line: string) => void): string {
  const base = basePython();
  const marker = join(folder, "made-from");
  const wanted = createHash("sha256").update(readFileSync(requirements)).update(base.version).digest("hex");
  const python = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return python;
  say("peers: making a Python environment with the pinned peers");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  run(base.program, ["-m", "venv", folder]);
  run(python, [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--require-hashes",
    "-r",
    requirements,
  ]);
  writeFileSync(marker, wanted);
  return python;
}

function basePython(): { readonly program: string; readonly version: string } {
  const check = "import sys, venv, ensurepip; print(sys.version); sys.exit(sys.version_info < (3, 9))";
  for (const program of ["python3", "python"]) {
    const { status, stdout } = spawnSync(program, ["-c", check], { encoding: "utf8" });
    if (status === 0) return { program, version: stdout };
  }
  throw new Error(
    "The peers need Python 3.9 or later with its venv module, and none is here: install python3 and python3-venv.",
  );
}

function run(program: string, args: readonly string[]): void {
  const { status } = spawnSync(program, args, { stdio: "inherit" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with status ${status ?? "none"}.`);
}
