import { existsSync } from "node:fs";
import { checkFolder, lineOf, summaryLine, summaryOf, tableOf } from "./checkFolder.ts";
import type { CheckedFile } from "./checkFolder.ts";

const usage = `Usage: npm run conformance -- [--table] FOLDER...

Tries the product's protocol code on recorded conversations, whatever their files are called: recordings of Windows
servers (YAML), conversations with PowerShell in the out-of-process framing and CLIXML corpora (JSON, also gzipped),
NTLM handshakes, channel bindings, [MS-NLMP] examples. Prints one line a file; --table prints a Markdown table.
Ends with status 1 when a file fails or none was recognised, 2 for wrong arguments.
`;

function run(arguments_: readonly string[]): number {
  const folders = arguments_.filter((argument) => argument !== "--table");
  const missing = folders.find((folder) => !existsSync(folder));
  if (folders.length === 0 || missing !== undefined || folders.some((folder) => folder.startsWith("-"))) {
    const isPath = missing !== undefined && !missing.startsWith("-");
    process.stderr.write(isPath ? `There is no ${missing}.\n${usage}` : usage);
    return 2;
  }
  const asTable = arguments_.includes("--table");
  const files: CheckedFile[] = [];
  for (const folder of folders)
    for (const checked of checkFolder(folder)) {
      files.push(checked);
      if (!asTable) process.stdout.write(`${lineOf(checked)}\n`);
    }
  const summary = summaryOf(files);
  const { passed, failed } = summary;
  if (asTable) process.stdout.write(`${tableOf(files)}\n\n`);
  process.stdout.write(`${summaryLine(summary)}\n`);
  if (passed + failed === 0) process.stderr.write("No recording was recognised.\n");
  return failed > 0 || passed === 0 ? 1 : 0;
}

process.exitCode = run(process.argv.slice(2));
