import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { portGiven, portWanted } from "../hosts/desktop/portChannel.ts";

/** The page's window as the preload sees it, and Electron's side of the bridge. */
const page = Object.assign(new EventTarget(), {
  location: { origin: "app://console" },
  postMessage: vi.fn<(...given: readonly unknown[]) => void>(),
});
const bridge = Object.assign(new EventEmitter(), { send: vi.fn<(channel: string) => void>() });
const electron = { ipcRenderer: bridge };

const say = (data: unknown, source: unknown): void => {
  page.dispatchEvent(Object.assign(new Event("message"), { data, source }));
};

beforeEach(async () => {
  vi.stubGlobal("window", page);
  vi.doMock("electron", () => electron);
  await import("./preload.ts");
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
  vi.clearAllMocks();
  bridge.removeAllListeners();
});

test("the page's own wish for a port is passed on, and no other message", () => {
  say(portWanted, {});
  say("something else", page);
  expect(bridge.send).not.toHaveBeenCalled();
  say(portWanted, page);
  expect(bridge.send).toHaveBeenCalledWith(portWanted);
});

test("the port goes to the page's own origin and nowhere else", () => {
  const port = {};
  bridge.emit(portGiven, { ports: [port] });
  expect(page.postMessage.mock.calls).toEqual([[portGiven, "app://console", [port]]]);
});

test("the preload exposes nothing to the page", () => {
  expect(Object.keys(page).sort()).toEqual(["location", "postMessage"]);
});
