import { randomBytes } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { contentSecurityPolicy } from "./contentSecurityPolicy.ts";

export type PageFile = { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };

/** Answers a path such as `/assets/start.js`, or null when the page has no such file. `/` is the document. */
export type PageFiles = (path: string) => PageFile | null;

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};

/** Stands in the built document where each response puts a fresh nonce. */
const noncePlaceholder = "__STYLE_NONCE__";

/**
 * The built page of a folder. All its files are read once (they are small), so no path can lead anywhere else and a
 * page that is built anew meanwhile breaks nothing. Each time the document is given it has a nonce of its own, and the
 * policy that goes with it.
 */
export function pageFiles(folder: string, connect: readonly string[]): PageFiles {
  const known = new Map(
    listFiles(folder).map((file) => {
      const path = `/${relative(folder, file).split(sep).join("/")}`;
      return [path, { name: file, body: readFileSync(file) }];
    }),
  );
  return (path) => {
    const file = known.get(path === "/" ? "/index.html" : path);
    if (file === undefined) return null;
    return extname(file.name) === ".html"
      ? documentFile(file.body, connect)
      : plainFile(file.name, file.body);
  };
}

function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function documentFile(body: Buffer, connect: readonly string[]): PageFile {
  const styleNonce = randomBytes(16).toString("base64");
  return {
    headers: {
      ...everyFile,
      "content-type": types[".html"] ?? "",
      "content-security-policy": contentSecurityPolicy({ styleNonce, connect }),
      "cross-origin-opener-policy": "same-origin",
      "permissions-policy": "camera=(), geolocation=(), microphone=(), usb=(), clipboard-read=()",
      "x-frame-options": "DENY",
    },
    body: Buffer.from(body.toString("utf8").replaceAll(noncePlaceholder, styleNonce)),
  };
}

function plainFile(file: string, body: Buffer): PageFile {
  const type = types[extname(file)] ?? "application/octet-stream";
  return { headers: { ...everyFile, "content-type": type }, body };
}

const everyFile = {
  "cache-control": "no-store",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};
