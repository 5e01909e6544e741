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
