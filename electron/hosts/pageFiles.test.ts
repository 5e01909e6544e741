import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pageFiles } from "./pageFiles.ts";
import type { PageFiles } from "./pageFiles.ts";

let outside: string;
let files: PageFiles;

beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), "page-"));
  const folder = join(outside, "page");
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(outside, "secret.txt"), "secret");
  writeFileSync(join(folder, "index.html"), '<meta nonce="__STYLE_NONCE__">');
  writeFileSync(join(folder, "assets", "start.js"), "start();");
  files = pageFiles(folder, ["ws://127.0.0.1:80"]);
});
afterAll(() => rmSync(outside, { recursive: true, force: true }));

test("the document carries a nonce that its policy names, another each time", () => {
  const nonces = [1, 2].map(() => {
    const file = files("/");
    const nonce = /nonce="([^"]+)"/.exec(file?.body.toString() ?? "")?.[1] ?? "";
    expect(file?.headers["content-security-policy"]).toContain(`style-src 'self' 'nonce-${nonce}';`);
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    return nonce;
  });
  expect(nonces[0]).not.toBe(nonces[1]);
});

test("the policy lets nothing in that is not the page's own", () => {
  const policy = files("/index.html")?.headers["content-security-policy"] ?? "";
  const rules = policy.split("; ").filter((rule) => !rule.startsWith("style-src"));
  expect(rules).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self' ws://127.0.0.1:80",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]);
  expect(policy).not.toContain("unsafe");
});

test("every file says its type, is not sniffed, not kept and sends no referrer", () => {
  expect(files("/assets/start.js")).toMatchObject({
    headers: {
      "content-type": "text/javascript; charset=utf-8",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    },
  });
});

test("a page that is built anew while it is served is still served as it was", () => {
  const folder = join(outside, "page");
  const own = pageFiles(folder, []);
  rmSync(join(folder, "assets", "start.js"));
  expect(own("/assets/start.js")?.body.toString()).toBe("start();");
});

test.each([
  "/../secret.txt",
  "/assets/../../secret.txt",
  "/..%2fsecret.txt",
  "/assets",
  "/none.js",
  "",
  "//index.html",
])("the path %j leads to nothing", (path) => {
  expect(files(path)).toBeNull();
});
