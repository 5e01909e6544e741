import { existsSync } from "node:fs";
import { join } from "node:path";
import type { HostDescription } from "#contract";
import { usualDataFolder } from "./dataFolder.ts";

/** The checkout: two folders up from the sources and from the built window alike. */
const root = join(import.meta.dirname, "../..");

/** How a shell gets to the console of a data folder; the usual one is null. */
export function describeShell(folder: string | null): HostDescription["shell"] {
  const data = folder === usualDataFolder() ? null : folder;
  const program = join(root, "electron/hosts/cli/main.ts");
  // A packaged window holds no sources, so nothing that a shell could run.
  return { data, rsc: existsSync(program) ? linesThatMakeIt(nodeProgram(), program) : null };
}

/** By whole paths, so that it works in every folder, and what a line names there is found there. */
const linesThatMakeIt = (node: string, program: string) => ({
  bash: `rsc() { ${inBash(node)} ${inBash(program)} "$@"; }`,
  powershell: `function rsc { & ${inPowershell(node)} ${inPowershell(program)} @args }`,
});

/** The Node that runs the sources: this process's own, unless that is Electron. */
function nodeProgram(): string {
  if (process.versions["electron"] === undefined) return process.execPath;
  const name = process.platform === "win32" ? "node.exe" : "node";
  const installed = join(root, "node_modules/node/bin", name);
  return existsSync(installed) ? installed : "node";
}

const inBash = (path: string): string => `'${path.replaceAll("'", `'"'"'`)}'`;
const inPowershell = (path: string): string => `'${path.replaceAll(/['\u2018-\u201b]/g, "$&$&")}'`;
