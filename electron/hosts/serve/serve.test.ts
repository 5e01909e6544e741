import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import type { Server } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import type { Channel } from "#rpc";
import { pageFiles } from "../pageFiles.ts";
import { listenLocally, servePage } from "./httpServer.ts";
import { hasDisplay, openBrowser } from "./openBrowser.ts";
import { readServeOptions, serveProgramFlags, serveUsage } from "./serveOptions.ts";
import { acceptSockets } from "./socketChannel.ts";
import { newToken, readTokenFile, sameToken } from "./token.ts";

const token = newToken();
let folder: string;
let server: Server;
let port: number;
let endSockets: () => void;
let channels: Channel[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "serve-"));
  mkdirSync(join(folder, "page"));
  writeFileSync(join(folder, "page", "index.html"), "page __STYLE_NONCE__");
  ({ server, port } = await listenLocally(0));
  channels = [];
  servePage(server, port, pageFiles(join(folder, "page"), []));
  endSockets = acceptSockets(server, { port, token, onChannel: (channel) => channels.push(channel) });
});
afterEach(async () => {
  endSockets();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

type Answer = { readonly status: number; readonly headers: Record<string, unknown>; readonly body: string };

/** Node's own client, because fetch does not let a caller choose its Host. */
function ask(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => (body += chunk.toString()));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asked.on("error", reject);
    asked.end();
  });
}

type Offer = { protocols?: string[]; headers?: Record<string, string>; path?: string };

/** Resolves with the open socket, or with the status of the refusal. */
function knock({ protocols = ["console.v1", token], headers = {}, path = "/console" }: Offer = {}) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, {
    headers: { origin: `http://127.0.0.1:${port}`, ...headers },
  });
  return new Promise<WebSocket | number>((resolve) => {
    socket.on("open", () => resolve(socket));
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
    socket.on("error", () => undefined);
  });
}

async function entered(): Promise<{ socket: WebSocket; channel: Channel }> {
  const socket = await knock();
  const [channel] = channels;
  if (typeof socket === "number" || channel === undefined) throw new Error("the socket was refused");
  return { socket, channel };
}

test("the page is served with its policy and never kept", async () => {
  const answer = await ask("/");
  expect(answer.status).toBe(200);
  expect(answer.body).not.toContain("__STYLE_NONCE__");
  expect(answer.headers).toMatchObject({
    "content-security-policy": expect.stringContaining("trusted-types 'none'") as string,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });
});

test("HEAD gives the headers alone", async () => {
  expect(await ask("/", {}, "HEAD")).toMatchObject({ status: 200, body: "" });
});

test.each([
  ["another path", "/../../etc/passwd", {}, "GET", 404],
  ["another path, encoded", "/%2e%2e/%2e%2e/etc/passwd", {}, "GET", 404],
  ["another path, encoded twice", "/..%252f..%252fetc/passwd", {}, "GET", 404],
  ["another path, of Windows", "/..\\..\\windows", {}, "GET", 404],
  ["a whole address", "http://evil.example/", {}, "GET", 404],
  ["the socket's path", "/console", {}, "GET", 404],
  ["POST", "/", {}, "POST", 405],
  ["PUT", "/", {}, "PUT", 405],
  ["TRACE", "/", {}, "TRACE", 405],
  ["OPTIONS", "/", { origin: "http://evil.example" }, "OPTIONS", 401],
  ["another host (DNS rebinding)", "/", { host: "evil.example" }, "GET", 401],
  ["the right host on another port", "/", { host: "127.0.0.1:1" }, "GET", 401],
  ["another origin", "/", { origin: "http://evil.example" }, "GET", 401],
  ["a page without an origin", "/", { origin: "null" }, "GET", 401],
])("a request of %s is refused", async (_what, path, headers, method, status) => {
  expect(await ask(path, headers, method)).toMatchObject({ status, body: "" });
});

/** What the server says to bytes that no client of ours would send, until it closes. */
function sayRaw(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let heard = "";
    socket.on("data", (data: Buffer) => (heard += data.toString()));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(heard));
  });
}

const own = (): string => `Host: 127.0.0.1:${port}`;

test.each<[string, () => string, RegExp]>([
  ["no host", () => "GET / HTTP/1.1\r\n\r\n", /^HTTP\/1\.1 400 /],
  ["no host, in the old protocol", () => "GET / HTTP/1.0\r\n\r\n", /^HTTP\/1\.1 401 /],
  [
    "two hosts",
    () => `GET / HTTP/1.1\r\nHost: evil.example\r\n${own()}\r\nConnection: close\r\n\r\n`,
    /^HTTP\/1\.1 4/,
  ],
  [
    "two lengths (smuggling)",
    () => `GET / HTTP/1.1\r\n${own()}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    /^HTTP\/1\.1 400 /,
  ],
  ["a tunnel", () => `CONNECT evil.example:443 HTTP/1.1\r\n${own()}\r\n\r\n`, /^$/],
  [
    "a header beyond all bounds",
    () => `GET / HTTP/1.1\r\n${own()}\r\nX: ${"x".repeat(20_000)}`,
    /^HTTP\/1\.1 431 /,
  ],
  [
    "another protocol to change to",
    () => `GET /console HTTP/1.1\r\n${own()}\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`,
    /^HTTP\/1\.1 401 /,
  ],
])("bytes with %s get a refusal and a closed connection", async (_what, text, answer) => {
  const heard = await sayRaw(text());
  expect(heard).toMatch(answer);
  expect(heard).not.toContain("page");
});

test("a refusal may not be shown, run, kept or used by another page", async () => {
  const strict = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
  for (const [path, method] of [
    ["/none", "GET"],
    ["/", "POST"],
  ] as const)
    expect((await ask(path, {}, method)).headers).toMatchObject(strict);
  const upgrade = `GET /console HTTP/1.1\r\n${own()}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
  const heard = await sayRaw(upgrade);
  for (const [name, value] of Object.entries(strict)) expect(heard).toContain(`${name}: ${value}\r\n`);
});

test("who dribbles his request is cut off within seconds", () => {
  expect(server).toMatchObject({ headersTimeout: 10_000, requestTimeout: 10_000, keepAliveTimeout: 5_000 });
});

test("a page with the token gets in and is answered with the fixed name, never with the token", async () => {
  const { socket } = await entered();
  expect(socket.protocol).toBe("console.v1");
  expect(channels).toHaveLength(1);
});

test.each<[string, Offer]>([
  ["no token", { protocols: ["console.v1"] }],
  ["a wrong token", { protocols: ["console.v1", newToken()] }],
  ["a shorter token", { protocols: ["console.v1", token.slice(1)] }],
  ["the token in the first place", { protocols: [token, "console.v1"] }],
  ["more than the two names", { protocols: ["console.v1", token, "more"] }],
  ["no names at all", { protocols: [] }],
  ["another path", { path: "/other" }],
  ["the token in the query", { protocols: [], path: `/console?token=${token}` }],
  ["another origin", { headers: { origin: "http://evil.example" } }],
  ["another origin of this machine", { headers: { origin: "http://127.0.0.1:1" } }],
  ["no page's origin", { headers: { origin: "null" } }],
  ["another host", { headers: { host: "evil.example" } }],
])("a socket with %s is refused with 401", async (_what, offer) => {
  expect(await knock(offer)).toBe(401);
  expect(channels).toEqual([]);
});

test("frames go both ways in order, and closing is seen at the other end", async () => {
  const { socket, channel } = await entered();
  const texts: string[] = [];
  const got = Promise.withResolvers<void>();
  socket.on("message", (data: Buffer) => {
    texts.push(data.toString());
    if (texts.length === 2) got.resolve();
  });
  const frame = new Promise((resolve) => channel.onFrame(resolve));
  socket.send('{"kind":"hello"}');
  expect(await frame).toEqual({ kind: "hello" });
  channel.send({ id: 1 });
  channel.send({ id: 2 });
  await got.promise;
  expect(texts).toEqual(['{"id":1}', '{"id":2}']);
  const closed = new Promise((resolve) => socket.on("close", () => resolve("closed")));
  channel.close();
  expect(await closed).toBe("closed");
});

test.each<[string, string | Buffer, number]>([
  ["no JSON", "half {", 1007],
  ["binary", Buffer.from("{}"), 1007],
  ["longer than the limit", JSON.stringify("x".repeat(300_000)), 1009],
])("a frame that is %s closes the socket", async (_what, data, status) => {
  const { socket, channel } = await entered();
  const lost = new Promise<string>((resolve) => channel.onClose(() => resolve("lost")));
  const code = new Promise<number>((resolve) => socket.on("close", resolve));
  socket.send(data);
  expect(await code).toBe(status);
  expect(await lost).toBe("lost");
});

test("a page that does not read is cut off before it fills the memory", async () => {
  const { socket, channel } = await entered();
  socket.pause();
  const lost = new Promise<string>((resolve) => channel.onClose(() => resolve("lost")));
  const piece = "x".repeat(1024 * 1024);
  for (let sent = 0; sent < 80; sent++) channel.send(piece);
  expect(await lost).toBe("lost");
  socket.terminate();
});

test("a port that is taken is said in words", async () => {
  await expect(listenLocally(port)).rejects.toThrow(`Port ${port} on 127.0.0.1 cannot be used`);
});

test("tokens are 256 bits, and compared whole", () => {
  expect(Buffer.from(newToken(), "base64url")).toHaveLength(32);
  expect(sameToken(token, token)).toBe(true);
  for (const other of ["", token.slice(1), `${token}x`, newToken(), "é".repeat(43)])
    expect(sameToken(other, token)).toBe(false);
});

test.skipIf(process.platform === "win32")("a token file is taken only from its owner alone", () => {
  const path = join(folder, "token");
  writeFileSync(path, `${token}\n`, { mode: 0o600 });
  expect(readTokenFile(path)).toBe(token);
  chmodSync(path, 0o640);
  expect(() => readTokenFile(path)).toThrow("may be read by others");
});

test("a token file that holds no token is refused", () => {
  const path = join(folder, "token");
  writeFileSync(path, "short", { mode: 0o600 });
  expect(() => readTokenFile(path)).toThrow("holds no token");
});

test("the line says port, token file, data folder and whether to open a browser", () => {
  const nothing = { port: 0, tokenFile: null, data: null, open: null, json: false };
  expect(readServeOptions([])).toEqual(nothing);
  expect(readServeOptions(["--port", "8080", "--no-open"])).toEqual({ ...nothing, port: 8080, open: false });
  expect(readServeOptions(["--open", "--data", "d"])).toEqual({ ...nothing, open: true, data: "d" });
  expect(readServeOptions(["--json"])).toEqual({ ...nothing, json: true });
  for (const name of Object.keys(serveProgramFlags)) expect(serveUsage.join("\n")).toContain(`--${name}`);
});

test.each(["65536", "-1", "1e3", "", " 80", "٨٠"])("the port %j is refused", (text) => {
  expect(() => readServeOptions([`--port=${text}`])).toThrow("is no port");
});

test.skipIf(process.platform === "win32")(
  "the address reaches the browser by a file that only its owner reads, never by the list of processes",
  () => {
    vi.stubEnv("PATH", folder);
    openBrowser("http://127.0.0.1:1/#token=abc", folder);
    const file = join(folder, "open.html");
    expect(readFileSync(file, "utf8")).toContain('content="0; url=http://127.0.0.1:1/#token=abc"');
    expect(statSync(file).mode & 0o077).toBe(0);
    vi.unstubAllEnvs();
  },
);

test("a display is there on Windows and macOS, and on Linux where one is named", () => {
  expect(hasDisplay("win32", {})).toBe(true);
  expect(hasDisplay("linux", {})).toBe(false);
  expect(hasDisplay("linux", { DISPLAY: "" })).toBe(false);
  expect(hasDisplay("linux", { WAYLAND_DISPLAY: "wayland-0" })).toBe(true);
});
