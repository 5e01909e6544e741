import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../../locks/makeFolder.ts";

/** True where a window can be shown to a person. */
export function hasDisplay(
  platform: NodeJS.Platform = process.platform,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  if (platform === "win32" || platform === "darwin") return true;
  return [environment["DISPLAY"], environment["WAYLAND_DISPLAY"]].some((name) => (name ?? "") !== "");
}

/**
 * Opens the address in the person's browser by way of a file that only its owner reads: on a command line the token
 * would show in the machine's list of processes. A browser that does not open is no error: the address is printed.
 */
export function openBrowser(address: string, folder: string): void {
  makeFolder(folder);
  const file = join(folder, "open.html");
  writeFileSync(file, doorPage(address), { mode: 0o600 });
  const [command, ...words] = opener(process.platform);
  const child = spawn(command, [...words, file], { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
}

function doorPage(address: string): string {
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${address}">\n`;
}

function opener(platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"];
  return platform === "darwin" ? ["open"] : ["xdg-open"];
}
