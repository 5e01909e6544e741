import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installPackages } from "./packages.ts";

const requirements = join(import.meta.dirname, "requirements.txt");

/** Where the environment of the peers is made, and what pip is told beside our environment. */
export type Place = { readonly folder: string; readonly more: NodeJS.ProcessEnv };
export const usualPlace: Place = {
  folder: join(import.meta.dirname, "..", "..", ".build", "peers"),
  more: {},
};

export type Peers = {
  readonly python: string;
  /** The registry that was not reached, so that the packages are missing; null where they are there. */
  readonly unreached: string | null;
};

/**
 * A Python environment that holds exactly the pinned peers; made on the first call, and again when the pins or the
 * Python change. Throws with a sentence where Python 3.9 or later is missing or the packages do not install.
 */
export async function peersPython(say: (line: string) => void, place: Place = usualPlace): Promise<Peers> {
  const base = basePython();
  const marker = join(place.folder, "made-from");
  const wanted = createHash("sha256").update(readFileSync(requirements)).update(base.version).digest("hex");
  const python = pythonIn(place.folder);
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return { python, unreached: null };
  say("peers: making a Python environment with the pinned peers");
  makeEnvironment(place.folder, base);
  const unreached = await installPackages(python, requirements, join(place.folder, "pip.log"), place.more);
  if (unreached === null) writeFileSync(marker, wanted);
  return { python, unreached };
}

export type BasePython = { readonly program: string; readonly version: string };

/** A Python that can make environments. */
export function basePython(): BasePython {
  const check = "import sys, venv, ensurepip; print(sys.version); sys.exit(sys.version_info < (3, 9))";
  for (const program of ["python3", "python"]) {
    const { status, stdout } = spawnSync(program, ["-c", check], { encoding: "utf8" });
    if (status === 0) return { program, version: stdout };
  }
  throw new Error(
    "The peers need Python 3.9 or later with its venv module, and none is here: install python3 and python3-venv.",
  );
}

/** An environment with pip and nothing else; gives its interpreter. */
export function makeEnvironment(folder: string, base: BasePython): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { status } = spawnSync(base.program, ["-m", "venv", folder], { stdio: "inherit" });
  if (status !== 0) throw new Error(`${base.program} -m venv ended with status ${status ?? "none"}.`);
  return pythonIn(folder);
}

const pythonIn = (folder: string): string =>
  join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
