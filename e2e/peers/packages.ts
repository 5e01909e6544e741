import { existsSync, readFileSync } from "node:fs";
import { runToEnd } from "./process.ts";

/*
 * Where the packages were asked for in vain, in pip's own words. A registry that answers that it has no such thing (404)
 * was reached.
 */
const pagesUnreached: readonly RegExp[] = [
  / Could not fetch URL (\S+): (?!404 |410 )/,
  / Ignoring indexes: (\S+)/,
];
const fileUnreached: readonly RegExp[] = [
  / ERROR: HTTP error (?!404|410)\d{3} while getting (\S+)/,
  / ERROR: Could not install packages due to an OSError: .*Max retries exceeded with url/,
];

/**
 * Installs what the file pins, and nothing whose hash is another. Gives null once it is there, and where it was asked for
 * in vain when the registry is not reached. Throws with pip's words where the packages are reached and do not install.
 */
export async function installPackages(
  python: string,
  requirements: string,
  log: string,
  more: NodeJS.ProcessEnv = {},
): Promise<string | null> {
  // Three tries of ten seconds: a network that swallows every packet is told as such within half a minute.
  const patience = ["--retries", "2", "--timeout", "10"];
  const quiet = ["--quiet", "--disable-pip-version-check", "--log", log];
  const args = ["-m", "pip", "install", ...quiet, ...patience, "--require-hashes", "-r", requirements];
  const ended = await runToEnd(python, args, more);
  if (ended.status === 0) return null;
  const written = existsSync(log) ? readFileSync(log, "utf8") : "";
  const where = whereUnreached(written);
  if (where !== null) return where;
  throw new Error(`${ended.out}${ended.err}The packages of the peers are there and could not be installed.`);
}

/** The host that was not reached, null where pip gave up for another reason. */
function whereUnreached(log: string): string | null {
  // One registry of two may be missed without harm: only who ends with nothing found was in need of it.
  const inNeed = log.includes("No matching distribution found");
  const patterns = inNeed ? [...fileUnreached, ...pagesUnreached] : fileUnreached;
  const found = patterns.map((pattern) => pattern.exec(log)).find((match) => match !== null);
  return found === undefined ? null : hostOf(found[1]);
}

/** Of an address the host alone: there may be a password in it. */
const hostOf = (address = ""): string => (URL.canParse(address) ? new URL(address).host : "its address");
