import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fingerprint } from "./fingerprint.ts";

const root = join(import.meta.dirname, "../../..");
const at = (path: string): string => join(root, path);

type Part = {
  readonly name: string;
  readonly sources: readonly string[];
  readonly config: string;
  readonly modes: readonly string[];
  readonly results: readonly string[];
};

const page: Part = {
  name: "page",
  sources: ["renderer", "electron/contract", "electron/rpc", "package.json", "package-lock.json"],
  config: "renderer/vite.config.ts",
  modes: ["production"],
  results: ["dist/renderer/index.html"],
};

const desktop: Part = {
  name: "desktop",
  sources: ["electron", "package.json", "package-lock.json"],
  config: "electron/hosts/vite.config.ts",
  modes: ["desktop", "preload"],
  results: ["dist/desktop/main.js", "dist/preload/preload.cjs"],
};

/** Builds the page when it is missing or older than its sources. Resolves with its folder. */
export async function builtPage(say: (line: string) => void): Promise<string> {
  await bringUpToDate(page, say);
  return at("dist/renderer");
}

/** The same for the page and what Electron runs. Resolves with the folder that Electron is started on. */
export async function builtDesktop(say: (line: string) => void): Promise<string> {
  await bringUpToDate(page, say);
  await bringUpToDate(desktop, say);
  return root;
}

async function bringUpToDate(part: Part, say: (line: string) => void): Promise<void> {
  const mark = at(`dist/.${part.name}`);
  const wanted = fingerprint(part.sources.map(at));
  if (part.results.every((path) => existsSync(at(path))) && readMark(mark) === wanted) return;
  refuseReadOnly();
  say(`Building the ${part.name} …`);
  // Loaded only here: a checkout that is built starts without the builder.
  const { build } = await import("vite");
  for (const mode of part.modes) await build({ configFile: at(part.config), mode, logLevel: "warn" });
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, wanted);
}

/** The builder writes beside the packages and into dist; it would name neither the folder that matters nor the way out. */
function refuseReadOnly(): void {
  try {
    for (const path of [root, at("node_modules")]) accessSync(path, constants.W_OK);
  } catch (cause) {
    throw new Error(
      `The page is not built yet, and nothing can be written in ${root}. Whose folder it is runs \`npm run build\` once.`,
      { cause },
    );
  }
}

function readMark(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
