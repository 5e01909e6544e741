import type { IncomingMessage } from "node:http";

/** The most bytes of a request's body, before its seal is opened. */
export const LARGEST_BODY = 4 * 1024 * 1024;
const MOST_HEADER_LINES = 100;

/** A status that refuses the request by its head alone, or null (protocol 13). */
export function statusOfHead(request: IncomingMessage): number | null {
  if (request.httpVersionMajor !== 1) return 505;
  if (request.rawHeaders.length / 2 > MOST_HEADER_LINES) return 431;
  if (request.method !== "POST") return 405;
  if (!isWsman(request.url ?? "")) return 404;
  return statusOfBody(request);
}

/** The path in any case of letters, whatever its query, alone or behind the whole address (RFC 9112 3.2.2). */
function isWsman(target: string): boolean {
  return /^(?:https?:\/\/[^/?]*)?\/wsman\/?(?:\?|$)/i.test(target);
}

function statusOfBody({ headers }: IncomingMessage): number | null {
  const transfer = headers["transfer-encoding"];
  if (transfer !== undefined && transfer.toLowerCase() !== "chunked") return 501;
  const coding = headers["content-encoding"];
  if (coding !== undefined && coding !== "identity") return 415;
  return Number(headers["content-length"] ?? 0) > LARGEST_BODY ? 413 : null;
}
