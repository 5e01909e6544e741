import fc from "fast-check";
import { expect, test } from "vitest";
import {
  isOwnSender,
  mayLoad,
  mayNavigate,
  mayUsePermission,
  onWindowOpen,
  pageAddress,
  pathOfRequest,
  schemeSettings,
  windowSecurity,
} from "./security.ts";

test("the page runs sandboxed, in a world of its own, without Node", () => {
  expect(windowSecurity("/p.cjs", true)).toEqual({
    preload: "/p.cjs",
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
    spellcheck: false,
    safeDialogs: true,
    devTools: false,
  });
  expect(windowSecurity("/p.cjs", false).devTools).toBe(true);
});

test("the scheme of the page has an origin and no way around the policy", () => {
  expect(schemeSettings).toMatchObject({
    scheme: "app",
    privileges: {
      standard: true,
      secure: true,
      bypassCSP: false,
      allowServiceWorkers: false,
      corsEnabled: false,
    },
  });
});

test("no permission is given and no window opened", () => {
  expect(mayUsePermission()).toBe(false);
  expect(onWindowOpen()).toEqual({ action: "deny" });
});

test.each(["app://console/", "app://console/#/overview"])("the page may be at %s", (address) => {
  expect(mayNavigate(address)).toBe(true);
});

test.each([
  "app://console/assets/start.js",
  "app://console.evil/",
  "app://other/",
  "https://example.com/",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "data:text/html,hello",
  "",
])("the page may not go to %j", (address) => {
  expect(mayNavigate(address)).toBe(false);
});

test("the page loads its own files and nothing from elsewhere", () => {
  expect(mayLoad("app://console/assets/start.js", true)).toBe(true);
  expect(mayLoad("data:,", true)).toBe(true);
  expect(mayLoad("blob:app://console/1", true)).toBe(true);
  for (const address of [
    "http://127.0.0.1/",
    "https://example.com/",
    "ws://localhost/",
    "file:///",
    "app://x/",
  ])
    expect(mayLoad(address, true)).toBe(false);
});

test("developer tools load only in a checkout", () => {
  expect(mayLoad("devtools://devtools/bundled/a.html", false)).toBe(true);
  expect(mayLoad("devtools://devtools/bundled/a.html", true)).toBe(false);
});

test("only the main frame of the own window, on the own page, is a sender", () => {
  const own = { url: pageAddress };
  expect(isOwnSender(own, own)).toBe(true);
  expect(isOwnSender({ url: pageAddress }, own)).toBe(false);
  expect(isOwnSender(null, own)).toBe(false);
  expect(isOwnSender(own, null)).toBe(false);
  const strayed = { url: "https://example.com/" };
  expect(isOwnSender(strayed, strayed)).toBe(false);
});

test.each([
  ["GET", "app://console/", "/"],
  ["GET", "app://console/assets/start.js?x=1#y", "/assets/start.js"],
  ["GET", "app://console/../../etc/passwd", "/etc/passwd"],
  ["GET", "app://console/%2e%2e/%2e%2e/etc/passwd", "/etc/passwd"],
  ["GET", "app://console/..%2f..%2fetc", "/..%2f..%2fetc"],
  ["POST", "app://console/", null],
  ["GET", "app://other/", null],
  ["GET", "file:///etc/passwd", null],
  ["GET", "nonsense", null],
])("%s %s is the path %j", (method, url, path) => {
  expect(pathOfRequest({ method, url })).toBe(path);
});

test("no request path climbs out of the page", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("..", "%2e%2e", ".", "a", "%2F", "\\", "etc")), (parts) => {
      const path = pathOfRequest({ method: "GET", url: `${pageAddress}${parts.join("/")}` });
      expect(path?.split("/")).not.toContain("..");
    }),
  );
});
