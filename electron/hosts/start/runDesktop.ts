import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { windowOpenLine } from "../windowOpenLine.ts";

/**
 * Runs Electron on the built program until its window is closed. Resolves with false when it ended before a window
 * was open (a library is missing, the display refuses): then the console can still be served.
 */
export function runDesktop(
  program: string,
  builtFolder: string,
  folder: string,
  signal: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    let opened = false;
    const child = spawn(program, [builtFolder], {
      stdio: ["ignore", "pipe", "ignore"],
      env: { ...process.env, RSC_DATA: folder },
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      opened ||= line === windowOpenLine;
    });
    const stop = (): void => void child.kill("SIGTERM");
    signal.addEventListener("abort", stop, { once: true });
    child.on("error", () => resolve(false));
    child.on("close", (status) => {
      signal.removeEventListener("abort", stop);
      // A second start hands over to the first and ends well without a window of its own.
      resolve(opened || status === 0 || signal.aborted);
    });
  });
}
