import { join } from "node:path";
import { BrowserWindow, session } from "electron";
import type { WebContents } from "electron";
import {
  mayLoad,
  mayNavigate,
  mayUsePermission,
  onWindowOpen,
  pageAddress,
  windowSecurity,
} from "./security.ts";

/** The one window. It is shown when its page is drawn, so nobody sees an empty one. */
export async function openWindow(packaged: boolean): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1280,
    height: 832,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: "Remote Support Console",
    webPreferences: windowSecurity(join(import.meta.dirname, "../preload/preload.cjs"), packaged),
  });
  window.once("ready-to-show", () => window.show());
  await window.loadURL(pageAddress);
  return window;
}

/** Puts on every page, however it came to be, that it goes nowhere, opens nothing and embeds nothing. */
export function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(onWindowOpen);
  contents.on("will-navigate", (event) => {
    if (!mayNavigate(event.url)) event.preventDefault();
  });
  contents.on("will-frame-navigate", (event) => {
    if (!event.isMainFrame || !mayNavigate(event.url)) event.preventDefault();
  });
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
}

/** Denies every permission and every load from elsewhere. */
export function confineSession(packaged: boolean): void {
  const own = session.defaultSession;
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(mayUsePermission()));
  own.setPermissionCheckHandler(mayUsePermission);
  own.setDevicePermissionHandler(mayUsePermission);
  own.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  own.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayLoad(url, packaged) }));
}
