import type { IncomingMessage } from "node:http";

/**
 * Whether a request was meant for this server by a page of this server. A foreign Host is DNS rebinding, a foreign
 * Origin is another page; both are refused. `port` is ours.
 */
export function sameOrigin(request: IncomingMessage, port: number, origin: "needed" | "ifSent"): boolean {
  const own = [`127.0.0.1:${port}`, `localhost:${port}`];
  const host = request.headers.host ?? "";
  if (!own.includes(host)) return false;
  const sent = request.headers.origin;
  return sent === undefined ? origin === "ifSent" : sent === `http://${host}`;
}
