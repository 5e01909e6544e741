import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");

/** Each row breaks one rule of the import table: in this folder, this line must not pass. */
const broken: readonly (readonly [folder: string, line: string])[] = [
  ["electron/contract", 'export { connect } from "../rpc/index.ts";'],
  ["electron/contract", 'export { readFileSync } from "node:fs";'],
  ["electron/rpc", 'export { Secret } from "../services/secret.ts";'],
  ["electron/protocol", 'export { ConsoleError } from "#contract";'],
  ["electron/protocol", 'export { setTimeout } from "node:timers";'],
  ["electron/protocol", "export const later = setTimeout;"],
  ["electron/protocol", "export const page = document;"],
  ["electron/transport", 'export { ConsoleError } from "#contract";'],
  ["electron/services", 'export { CommandError } from "../drill/stampCommand.ts";'],
  ["electron/services", 'export { TransportError } from "../transport/winrmConnection.ts";'],
  ["electron/services", 'export { readFileSync } from "node:fs";'],
  ["electron/pep", 'export { CommandError } from "../drill/stampCommand.ts";'],
  ["electron/pep", 'export { createHandlers } from "../services/createHandlers.ts";'],
  ["electron/drill", 'export { Secret } from "../services/secret.ts";'],
  ["electron/drill", 'export { ConsoleError } from "#contract";'],
  ["electron/adapters/node", 'export { app } from "electron";'],
  ["electron/adapters/node", 'export { createHandlers } from "../../services/createHandlers.ts";'],
  ["electron/preload", 'export { ConsoleError } from "#contract";'],
  ["electron/hosts/serve", 'export { app } from "electron";'],
  ["electron/hosts/cli", 'export { TransportError } from "../../transport/winrmConnection.ts";'],
  ["renderer/host", 'export { Secret } from "../../electron/services/secret.ts";'],
  ["renderer/stores", 'export { Button } from "@fluentui/react-components";'],
  ["renderer/features/sessions", 'export { Button } from "@fluentui/react-components";'],
  ["renderer/features/sessions", 'export { GrantScreen } from "../grants/GrantScreen.tsx";'],
  ["renderer/ui", 'export { ConsoleError } from "#contract";'],
  ["electron/rpc", 'export const late = () => import("../services/secret.ts");'],
  ["electron/contract", 'export type { Secret } from "../services/secret.ts";'],
  ["electron/protocol", "export const bytes = Buffer.alloc(1);"],
  ["electron/protocol", "export const env = process.env;"],
  ["electron/protocol", "export const now = Date.now();"],
  ["electron/protocol", "export const chance = Math.random();"],
  ["electron/protocol", "export const later = () => fetch('x');"],
  ["electron/published", 'export { z } from "zod";'],
  ["electron/published", 'export { ConsoleError } from "../contract/index.ts";'],
  ["electron/products", 'export { z } from "zod";'],
  ["electron/products", 'export { ConsoleError } from "../contract/index.ts";'],
  ["electron/products/azureStackHub", 'export { publishedOperations } from "../../published/operations.ts";'],
  ["electron/products", "export const now = Date.now();"],
  ["electron/hosts/cli", 'export { corrected } from "../../products/corrections.ts";'],
  ["electron/locks", 'export { Secret } from "../services/secret.ts";'],
  ["electron/services", 'export { startStamp } from "../drill/startStamp.ts";'],
  ["electron/services", 'export * from "../protocol/ntlm/md4.ts";'],
  ["electron/services", "export const t = setTimeout(() => undefined, 1);"],
  ["electron/services", "export const e = process.env;"],
  ["electron/transport", 'export { createEndpoints } from "../pep/createEndpoints.ts";'],
  ["electron/drill", 'export { createEndpoints } from "../pep/createEndpoints.ts";'],
  ["electron/drill", 'export { openSettings } from "../adapters/node/openSettings.ts";'],
  ["electron/pep", 'export { openSettings } from "../adapters/node/openSettings.ts";'],
  ["electron/pep", 'export { aGrant } from "../testing/builders.ts";'],
  ["electron/services", 'export { stillClock } from "../testing/stillClock.ts";'],
  ["electron/hosts/serve", 'export { openSettings } from "../../adapters/electron/openSettings.ts";'],
  ["electron/hosts/cli", 'export { openSettings } from "../../adapters/electron/openSettings.ts";'],
  ["electron/hosts/cli", 'export const late = () => import("electron");'],
  ["electron/hosts/serve", 'export { md4 } from "../../protocol/ntlm/md4.ts";'],
  ["electron/adapters/node", 'export { createEndpoints } from "../../pep/createEndpoints.ts";'],
  ["electron/adapters/electron", 'export { createEndpoints } from "../../pep/createEndpoints.ts";'],
  ["electron/preload", 'export { readFileSync } from "node:fs";'],
  ["renderer/host", 'export { readFileSync } from "node:fs";'],
  ["renderer/host", "export const e = process.env;"],
  ["renderer/features/sessions", 'export { Secret } from "../../../electron/services/secret.ts";'],
  ["renderer/features/sessions", 'export { terms } from "../../../electron/published/terms.ts";'],
  ["renderer/stores", 'export { GrantScreen } from "../features/grants/GrantScreen.tsx";'],
  ["renderer/ui", 'export { createSessionsStore } from "../stores/sessions.ts";'],
  ["renderer/host", 'export { Dismiss16Regular } from "@fluentui/react-icons";'],
  ["renderer/features/sessions", 'export { connect } from "#rpc";'],
  ["renderer/features/sessions", 'export const later = () => import("../grants/GrantScreen.tsx");'],
  ["electron/contract", "export default 1;"],
  ["electron/services", 'export const log = () => console.log("x");'],
  ["electron/services", "export const now = Date.now();"],
];

/** And each of these keeps the rules: a check that accused them would prove nothing by accusing the others. */
const kept: readonly (readonly [folder: string, line: string])[] = [
  ["electron/contract", 'export { z } from "zod";'],
  ["electron/rpc", 'export { ConsoleError } from "#contract";'],
  ["electron/services", 'export { ConsoleError } from "#contract";'],
  ["electron/pep", 'export { Secret } from "../services/secret.ts";'],
  ["electron/drill", 'export { TransportError } from "../transport/winrmConnection.ts";'],
  ["electron/hosts/desktop", 'export { app } from "electron";'],
  ["renderer/features/sessions", 'export { ConsoleError } from "#contract";'],
  ["electron/preload", 'export { contextBridge } from "electron";'],
  ["electron/published", 'export { publishedOperations } from "./operations.ts";'],
  ["electron/products/azureStackHub", 'export { textsOf } from "../sourced.ts";'],
  ["electron/pep", 'export { azureStackHubShapes } from "../products/azureStackHub/shapes.ts";'],
];

let copy: string;
let report: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "rsc-layers-"));
  const parts = [
    "electron",
    "renderer",
    "package.json",
    "tsconfig.json",
    "tsconfig.base.json",
    "tsconfig.tests.json",
    ".oxlintrc.json",
  ];
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "junction");
  broken.forEach(([folder, line], index) =>
    writeFileSync(join(copy, folder, `layerProbe${index}.ts`), `${line}\n`),
  );
  kept.forEach(([folder, line], index) =>
    writeFileSync(join(copy, folder, `keptProbe${index}.ts`), `${line}\n`),
  );
  const folders = [
    "electron/contract",
    "electron/rpc",
    "electron/protocol",
    "electron/transport",
    "electron/services",
    "electron/pep",
  ];
  folders.push("electron/drill", "electron/adapters/node", "electron/preload", "electron/hosts", "renderer");
  report = [
    run("tsc", ["-b", ...folders, "--pretty", "false"]),
    run("oxlint", ["electron", "renderer", "--format", "unix"]),
  ].join("\n");
}, 120_000);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function run(tool: string, args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(join(root, "node_modules", ".bin", tool), args, {
    cwd: copy,
    encoding: "utf8",
  });
  return `${stdout}\n${stderr}`;
}

test.each(broken.map(([folder, line], index) => ({ folder, line, index })))(
  "in $folder the check refuses: $line",
  ({ folder, index }) => {
    expect(report).toContain(`${folder}/layerProbe${index}.ts`);
  },
);

test.each(kept.map(([folder, line], index) => ({ folder, line, index })))(
  "in $folder the check allows: $line",
  ({ folder, index }) => {
    expect(report).not.toContain(`${folder}/keptProbe${index}.ts`);
  },
);
