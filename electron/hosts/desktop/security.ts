import type { BrowserWindowConstructorOptions, CustomScheme } from "electron";

/* Every security setting of the desktop host, in one pure module: main.ts and window.ts only put them in place. */

/** The page has an origin of its own (not file:, not http:), and this is all of it. */
export const pageScheme = "app";
const pageHost = "console";
export const pageAddress = `${pageScheme}://${pageHost}/`;

/** A standard, secure scheme has an origin, so that 'self' means something in the policy. Nothing beyond that. */
export const schemeSettings: CustomScheme = {
  scheme: pageScheme,
  privileges: {
    standard: true,
    secure: true,
    supportFetchAPI: false,
    bypassCSP: false,
    allowServiceWorkers: false,
    corsEnabled: false,
    stream: false,
  },
};

/** How the window's page runs: sandboxed, in a world apart from the preload, without Node and without extras. */
export function windowSecurity(
  preload: string,
  packaged: boolean,
): NonNullable<BrowserWindowConstructorOptions["webPreferences"]> {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    plugins: false,
    navigateOnDragDrop: false,
    // The checker would fetch dictionaries from the internet.
    spellcheck: false,
    safeDialogs: true,
    devTools: !packaged,
  };
}

/** Nothing is permitted: the console needs no camera, clipboard reading, notification or device. */
export function mayUsePermission(): boolean {
  return false;
}

/** The page stays where it is: only its own document may be loaded again. */
export function mayNavigate(address: string): boolean {
  const [document] = address.split("#", 1);
  return document === pageAddress;
}

/** No window opens another. */
export function onWindowOpen(): { readonly action: "deny" } {
  return { action: "deny" };
}

/** What the page's network may ask for at all; the policy of the document says the same once more. */
export function mayLoad(address: string, packaged: boolean): boolean {
  const { protocol } = new URL(address);
  if (protocol === "devtools:") return !packaged;
  return protocol === "data:" || protocol === "blob:" || address.startsWith(pageAddress);
}

type Frame = { readonly url: string };

/** Only the main frame of our own window, while it shows our own page, gets a port. */
export function isOwnSender(sender: Frame | null, ownMainFrame: Frame | null): boolean {
  if (sender === null || ownMainFrame === null || sender !== ownMainFrame) return false;
  return mayNavigate(sender.url);
}

/**
 * The path to look up among the page's files, or null for a request that is not the page's. The path is looked up in
 * a list and never joined to a folder; dots and encoded slashes only make it miss.
 */
export function pathOfRequest(request: { readonly method: string; readonly url: string }): string | null {
  if (request.method !== "GET" || !URL.canParse(request.url)) return null;
  const { protocol, host, pathname } = new URL(request.url);
  return protocol === `${pageScheme}:` && host === pageHost ? pathname : null;
}
