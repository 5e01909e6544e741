import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { expect, test } from "vitest";

/* Which packages a folder may import (ARCHITECTURE.md). `npm run check` notices each one that is not in its row. */

const root = join(import.meta.dirname, "../..");

/** The longest folder that fits decides. What is built or tested with is no part of the product. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "electron/contract": ["zod"],
  "electron/rpc": ["zod"],
  "electron/published": [],
  "electron/protocol": [],
  "electron/transport": [],
  "electron/services": [],
  "electron/pep": [],
  "electron/drill": [],
  "electron/locks": [],
  "electron/adapters/node": ["conf"],
  "electron/adapters/electron": ["electron-store"],
  "electron/preload": ["electron"],
  "electron/hosts": [],
  "electron/hosts/cli": ["zod"],
  "electron/hosts/desktop": ["electron"],
  "electron/hosts/serve": ["ws"],
  "electron/hosts/start": ["vite"],
  "electron/hosts/vite.config.ts": ["vite"],
  renderer: ["react", "react-dom", "zod"],
  "renderer/vite.config.ts": ["vite", "@vitejs/plugin-react"],
  "renderer/features": ["react"],
  "renderer/host": ["zustand"],
  "renderer/parts": ["react"],
  "renderer/stores": ["react", "zustand", "zod"],
  "renderer/ui": ["react", "@fluentui/react-components", "@fluentui/react-icons", "@tanstack/react-table"],
};

const folders = Object.keys(allowed).toSorted((one, other) => other.length - one.length);
const imported = [
  /^import\s+(?:[^;"'`]*?\sfrom\s+)?["']([^"']+)["']/gm,
  /^export\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s+from\s+["']([^"']+)["']/gm,
  /\bimport\(\s*["']([^"']+)["']/g,
];

/** The package of a specifier; null for our own files, for `#contract` and `#rpc`, and for what Node brings. */
function packageOf(specifier: string): string | null {
  if (/^(?:[.#]|node:)/.test(specifier)) return null;
  const [scope = "", name = ""] = specifier.split("/");
  return scope.startsWith("@") ? `${scope}/${name}` : scope;
}

/** Packages that the text imports and its place may not. */
function foreignIn(path: string, text: string): readonly string[] {
  const folder = folders.find((known) => path === known || path.startsWith(`${known}/`)) ?? "";
  const may = allowed[folder] ?? [];
  const specifiers = imported.flatMap((form) =>
    [...text.matchAll(form)].map(([, specifier = ""]) => specifier),
  );
  return specifiers.flatMap((specifier) => {
    const name = packageOf(specifier);
    return name === null || may.includes(name) ? [] : [`${path} imports ${name}`];
  });
}

const isProduct = (path: string): boolean =>
  /\.tsx?$/.test(path) &&
  !/\.test\.tsx?$|\.d\.ts$/.test(path) &&
  !/^(?:electron|renderer)\/testing\//.test(path);

const sources = ["electron", "renderer"]
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  )
  .map((file) => relative(".", file).split(sep).join("/"))
  .filter((path) => isProduct(path) && path !== "electron/vitest.config.ts");

test("every folder imports the packages of its row and no other", () => {
  expect(sources.length).toBeGreaterThan(500);
  expect(sources.flatMap((path) => foreignIn(path, readFileSync(join(root, path), "utf8")))).toEqual([]);
});

test.each([
  ["electron/protocol/psrp/x.ts", 'import { z } from "zod";', "zod"],
  ["electron/protocol/x.ts", 'import saxes from "saxes";', "saxes"],
  ["electron/contract/x.ts", 'import { useState } from "react";', "react"],
  ["electron/services/x.ts", 'import Conf from "conf";', "conf"],
  ["electron/services/x.ts", 'import { useState } from "react";', "react"],
  ["electron/hosts/compose.ts", 'import { useState } from "react";', "react"],
  ["electron/transport/x.ts", 'import { WebSocket } from "ws";', "ws"],
  ["electron/pep/x.ts", 'export { default } from "conf";', "conf"],
  ["electron/drill/x.ts", 'const zod = await import("zod");', "zod"],
  ["renderer/features/grant/x.tsx", 'import Conf from "conf";', "conf"],
  [
    "renderer/features/grant/x.tsx",
    'import { Button } from "@fluentui/react-components";',
    "@fluentui/react-components",
  ],
  [
    "renderer/parts/x.tsx",
    'import {\n  useReactTable,\n} from "@tanstack/react-table";',
    "@tanstack/react-table",
  ],
  ["electron/hosts/serve/x.ts", 'import "electron";', "electron"],
])("%s may not: %s", (path, text, name) => {
  expect(foreignIn(path, text)).toEqual([`${path} imports ${name}`]);
});
