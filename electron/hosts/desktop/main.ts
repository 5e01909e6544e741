import { join } from "node:path";
import { app, BrowserWindow, ipcMain, MessageChannelMain, protocol } from "electron";
import type { IpcMainEvent } from "electron";
import { openSettings } from "../../adapters/electron/openSettings.ts";
import { dataFolder } from "../dataFolder.ts";
import { onInterrupt } from "../onInterrupt.ts";
import { pageFiles } from "../pageFiles.ts";
import { startConsole } from "../startConsole.ts";
import { windowOpenLine } from "../windowOpenLine.ts";
import { portChannel, portGiven, portWanted } from "./portChannel.ts";
import { isOwnSender, pageScheme, pathOfRequest, schemeSettings } from "./security.ts";
import { confine, confineSession, openWindow } from "./window.ts";

const folder = dataFolder(
  process.argv.find((word) => word.startsWith("--data="))?.slice("--data=".length) ?? null,
);
// The browser engine's own files lie beside ours, and one data folder has one instance.
app.setPath("userData", join(folder, "desktop"));
app.enableSandbox();
protocol.registerSchemesAsPrivileged([schemeSettings]);
app.on("web-contents-created", (_event, contents) => confine(contents));

if (app.requestSingleInstanceLock()) run();
else app.quit();

function run(): void {
  onInterrupt(
    () => app.quit(),
    () => app.exit(1),
  );
  app.on("second-instance", comeForward);
  app.on("window-all-closed", () => app.quit());
  app.whenReady().then(open).catch(giveUp);
}

function comeForward(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized() === true) window.restore();
  window?.focus();
}

/** The starter sees the exit status, and serves the console to a browser instead. */
function giveUp(cause: unknown): void {
  process.stderr.write(`The window could not be opened: ${String(cause)}\n`);
  app.exit(1);
}

async function open(): Promise<void> {
  confineSession(app.isPackaged);
  servePage();
  const console = startConsole("desktop", folder, openSettings);
  quitInOrder(console.close);
  ipcMain.on(portWanted, (event) => {
    if (!isOwnSender(event.senderFrame, ownMainFrame())) return;
    const { port1, port2 } = new MessageChannelMain();
    console.attach(portChannel(port1));
    hand(event, port2);
  });
  await openWindow(app.isPackaged);
  // The starter waits for this line; without it, it serves the console to a browser instead.
  process.stdout.write(`${windowOpenLine}\n`);
}

function servePage(): void {
  const files = pageFiles(join(import.meta.dirname, "../renderer"), []);
  protocol.handle(pageScheme, (request) => {
    const path = pathOfRequest(request);
    const file = path === null ? null : files(path);
    if (file === null) return new Response(null, { status: 404 });
    return new Response(new Uint8Array(file.body), { headers: file.headers });
  });
}

function ownMainFrame(): Electron.WebFrameMain | null {
  return BrowserWindow.getAllWindows()[0]?.webContents.mainFrame ?? null;
}

function hand(event: IpcMainEvent, port: Electron.MessagePortMain): void {
  event.senderFrame?.postMessage(portGiven, null, [port]);
}

/** The first wish to quit waits until everything is closed and recorded; then it is granted. */
function quitInOrder(close: () => Promise<void>): void {
  let closed = false;
  app.on("before-quit", (event) => {
    if (closed) return;
    event.preventDefault();
    void close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}
