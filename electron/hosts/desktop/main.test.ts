import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { MockInstance } from "vitest";
import { consoleContract } from "#contract";
import { connect } from "#rpc";
import { fakeElectron } from "../../testing/fakeElectron.ts";
import type { FakeElectron } from "../../testing/fakeElectron.ts";
import { pageFiles } from "../pageFiles.ts";
import { portChannel } from "./portChannel.ts";
import type { Port } from "./portChannel.ts";
import { pageAddress, schemeSettings, windowSecurity } from "./security.ts";

vi.mock("../pageFiles.ts", () => ({ pageFiles: vi.fn<typeof pageFiles>() }));

let folder: string;
let fake: FakeElectron;
/** True when the test itself has quit the program. */
let left: boolean;
let written: MockInstance<typeof process.stdout.write>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "desktop-"));
  vi.stubEnv("RSC_DATA", folder);
  written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  vi.mocked(pageFiles).mockReturnValue((path) =>
    path === "/" ? { headers: { "content-type": "text/html" }, body: Buffer.from("page") } : null,
  );
});
afterEach(async () => {
  if (fake.windows.length > 0 && !left) {
    fake.electron.app.quit();
    await fake.quit;
  }
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.doUnmock("electron");
  vi.resetModules();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the real bootstrap on the fake. */
async function boot(isFirstInstance = true): Promise<void> {
  left = false;
  fake = fakeElectron({ isFirstInstance });
  vi.doMock("electron", () => ({ ...fake.electron, default: {} }));
  await import("./main.ts");
}

async function opened(): Promise<void> {
  await boot();
  fake.becomeReady();
  await vi.waitUntil(() => given("window.loadURL").length > 0);
}

const given = (what: string): readonly (readonly unknown[])[] =>
  fake.calls.filter((call) => call.what === what).map((call) => call.with);

/** The handler that a call put in place. */
const handler = <F>(what: string, place = 0): F => given(what)[0]?.[place] as F;

test("before anything is ready, the sandbox is on for all and the scheme has its rights", async () => {
  await boot();
  expect(fake.calls.map(({ what }) => what)).toEqual([
    "app.setPath",
    "app.enableSandbox",
    "protocol.registerSchemesAsPrivileged",
    "app.requestSingleInstanceLock",
  ]);
  expect(given("app.setPath")).toEqual([["userData", join(folder, "desktop")]]);
  expect(given("protocol.registerSchemesAsPrivileged")).toEqual([[[schemeSettings]]]);
});

test("a second instance quits and opens nothing", async () => {
  await boot(false);
  fake.becomeReady();
  expect(fake.calls.at(-1)?.what).toBe("app.quit");
  expect(fake.windows).toEqual([]);
});

test("the first instance's window comes forward when a second one was tried", async () => {
  await opened();
  fake.electron.app.emit("second-instance");
  expect(fake.calls.slice(-2).map(({ what }) => what)).toEqual(["window.restore", "window.focus"]);
});

test("a console that cannot start says so and leaves with a status, so that it can be served instead", async () => {
  const complaint = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  vi.mocked(pageFiles).mockImplementation(() => {
    throw new Error("no page");
  });
  await boot();
  fake.becomeReady();
  await vi.waitUntil(() => given("app.exit").length > 0);
  expect(given("app.exit")).toEqual([[1]]);
  expect(complaint).toHaveBeenCalledWith("The window could not be opened: Error: no page\n");
});

test("the window has the secure settings and shows our own page once it is drawn", async () => {
  await opened();
  const preload = join(import.meta.dirname, "../preload/preload.cjs");
  expect(given("new BrowserWindow")).toEqual([
    [expect.objectContaining({ show: false, webPreferences: windowSecurity(preload, true) })],
  ]);
  expect(given("window.loadURL")).toEqual([[pageAddress]]);
  expect(given("window.show")).toEqual([]);
  fake.windows[0]?.emit("ready-to-show");
  expect(given("window.show")).toHaveLength(1);
});

test("the session is closed before the window opens: no permission, no device, no capture, no load from elsewhere", async () => {
  await opened();
  const order = fake.calls.map(({ what }) => what);
  expect(order.indexOf("session.webRequest.onBeforeRequest")).toBeLessThan(
    order.indexOf("new BrowserWindow"),
  );
  const answer = vi.fn<(decision: unknown) => void>();
  handler<(c: unknown, p: string, a: unknown) => void>("session.setPermissionRequestHandler")(
    {},
    "media",
    answer,
  );
  expect(answer).toHaveBeenLastCalledWith(false);
  expect(handler<() => boolean>("session.setPermissionCheckHandler")()).toBe(false);
  expect(handler<() => boolean>("session.setDevicePermissionHandler")()).toBe(false);
  handler<(r: unknown, a: unknown) => void>("session.setDisplayMediaRequestHandler")({}, answer);
  expect(answer).toHaveBeenLastCalledWith({});
  const load = handler<(r: { url: string }, a: unknown) => void>("session.webRequest.onBeforeRequest");
  load({ url: "https://example.com/" }, answer);
  expect(answer).toHaveBeenLastCalledWith({ cancel: true });
  load({ url: pageAddress }, answer);
  expect(answer).toHaveBeenLastCalledWith({ cancel: false });
});

test("every page goes nowhere, opens nothing and embeds nothing", async () => {
  await opened();
  const contents = fake.windows[0]?.webContents;
  expect(handler<() => unknown>("webContents.setWindowOpenHandler")()).toEqual({ action: "deny" });
  const prevented = (name: string, event: object = {}): boolean => {
    const preventDefault = vi.fn<() => void>();
    contents?.emit(name, { preventDefault, ...event });
    return preventDefault.mock.calls.length > 0;
  };
  expect(prevented("will-navigate", { url: "https://example.com/" })).toBe(true);
  expect(prevented("will-navigate", { url: pageAddress })).toBe(false);
  expect(prevented("will-frame-navigate", { url: pageAddress, isMainFrame: false })).toBe(true);
  expect(prevented("will-frame-navigate", { url: pageAddress, isMainFrame: true })).toBe(false);
  expect(prevented("will-redirect")).toBe(true);
  expect(prevented("will-attach-webview")).toBe(true);
});

test("the app: scheme serves the page's files and nothing else", async () => {
  await opened();
  expect(given("protocol.handle")[0]?.[0]).toBe("app");
  const serve = handler<(request: { method: string; url: string }) => Response>("protocol.handle", 1);
  const page = serve({ method: "GET", url: pageAddress });
  expect(await page.text()).toBe("page");
  expect(page.headers.get("content-type")).toBe("text/html");
  for (const url of ["app://console/none", "app://other/", "file:///etc/passwd"])
    expect(serve({ method: "GET", url }).status).toBe(404);
  expect(serve({ method: "POST", url: pageAddress }).status).toBe(404);
});

test("the own page gets one port, and the console answers over it", async () => {
  await opened();
  const frame = fake.windows[0]?.webContents.mainFrame;
  fake.electron.ipcMain.emit("console.port.wanted", { senderFrame: frame });
  expect(given("mainFrame.postMessage")).toEqual([["console.port.given", null, [expect.anything()]]]);
  const [port] = (given("mainFrame.postMessage")[0]?.[2] ?? []) as readonly Port[];
  if (port === undefined) throw new Error("no port came");
  const channel = portChannel(port);
  const client = connect(consoleContract, channel);
  expect(await client.host.describe({})).toMatchObject({ host: "desktop", canOpenExternal: false });
  channel.close();
});

test.each([
  ["another frame", { url: pageAddress }],
  ["no frame", null],
])("%s gets no port", async (_what, senderFrame) => {
  await opened();
  fake.electron.ipcMain.emit("console.port.wanted", { senderFrame });
  expect(given("mainFrame.postMessage")).toEqual([]);
});

test("a page that has strayed gets no port", async () => {
  await opened();
  const frame = fake.windows[0]?.webContents.mainFrame;
  if (frame !== undefined) frame.url = "https://example.com/";
  fake.electron.ipcMain.emit("console.port.wanted", { senderFrame: frame });
  expect(given("mainFrame.postMessage")).toEqual([]);
});

test("closing the window quits, once everything is closed", async () => {
  await opened();
  fake.electron.app.emit("window-all-closed");
  await fake.quit;
  expect(given("app.quit")).toHaveLength(2);
  left = true;
});

test("a starter that wants it to end has it quit in order, and not killed by a library's listener", async () => {
  const library = vi.fn<() => void>();
  process.once("SIGTERM", library);
  await opened();
  process.emit("SIGTERM");
  await fake.quit;
  expect(given("app.quit")).toHaveLength(2);
  expect(library).not.toHaveBeenCalled();
  left = true;
});

test("the starter is told when the window is open", async () => {
  await opened();
  await vi.waitUntil(() => written.mock.calls.length > 0);
  expect(written).toHaveBeenCalledWith("The console's window is open.\n");
});
