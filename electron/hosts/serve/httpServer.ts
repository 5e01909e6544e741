import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { PageFiles } from "../pageFiles.ts";
import { sameOrigin } from "./sameOrigin.ts";

/** A browser of this machine asks within milliseconds; who dribbles his request is cut off. In milliseconds. */
const patience = {
  headersTimeout: 10_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 2_000,
};

/** On every refusal: nothing may be shown, run, kept, sniffed or used by another page. */
export const refusalHeaders = {
  connection: "close",
  "content-length": 0,
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Listens on 127.0.0.1 only; port 0 takes any free one. Rejects in words when the port is taken. */
export async function listenLocally(port: number): Promise<{ server: Server; port: number }> {
  const server = createServer(patience);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) =>
      reject(new Error(`Port ${port} on 127.0.0.1 cannot be used: ${cause.message}`, { cause })),
    );
    server.listen({ host: "127.0.0.1", port }, resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

/** Serves the built page to browsers of this machine. Anything not meant for this server gets 401. */
export function servePage(server: Server, port: number, files: PageFiles): void {
  server.on("request", (request, response) => {
    if (!sameOrigin(request, port, "ifSent")) return refuse(response, 401);
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405);
    const file = files(pathOf(request));
    if (file === null) return refuse(response, 404);
    response.writeHead(200, { ...file.headers, "content-length": file.body.length });
    response.end(request.method === "HEAD" ? undefined : file.body);
  });
}

/** The path of a request without its query. It is looked up, never joined to a folder, so it needs no decoding. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split(/[?#]/, 1)[0] ?? "/";
}

function refuse(response: ServerResponse, status: 401 | 404 | 405): void {
  response.writeHead(status, refusalHeaders);
  response.end();
}
