import { STATUS_CODES, type ServerResponse } from "node:http";
import type { SealingContext } from "../protocol/ntlm/sealingContext.ts";
import { PLAIN_CONTENT_TYPE, SEALED_CONTENT_TYPE, sealBody } from "../protocol/sealing/sealedBody.ts";
import type { WinrmServerReply } from "./winrmListener.ts";

/** Ends a request with an empty body. */
export function refuse(
  response: ServerResponse,
  status: number,
  options: { readonly close?: boolean },
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (options.close === true) response.setHeader("Connection", "close");
  response.writeHead(status, { "Content-Length": 0 });
  response.end();
}

/** Sends what the caller decided; `context` is null over HTTPS, where envelopes go out as they are. */
export function sendReply(
  response: ServerResponse,
  reply: WinrmServerReply,
  context: SealingContext | null,
): void {
  switch (reply.kind) {
    case "envelope":
      return send(response, reply.status, protect(reply.envelope, context));
    case "raw":
      return send(response, reply.status, { body: reply.body, contentType: reply.contentType });
    case "cut":
      return cut(response, protect(reply.envelope, context), reply.afterBytes);
    case "badSignature":
      return context === null
        ? cut(response, protect(reply.envelope, null), 0)
        : send(response, 200, withOneBitChanged(protect(reply.envelope, context)));
    case "wrongSequence":
      protect(reply.envelope, context);
      return send(response, 200, protect(reply.envelope, context));
    default:
      return reply satisfies never;
  }
}

type Body = { readonly body: Uint8Array; readonly contentType: string | null };

function protect(envelope: string, context: SealingContext | null): Body {
  const plain = new TextEncoder().encode(envelope);
  return context === null
    ? { body: plain, contentType: PLAIN_CONTENT_TYPE }
    : { body: sealBody(context, plain), contentType: SEALED_CONTENT_TYPE };
}

function send(response: ServerResponse, status: number, { body, contentType }: Body): void {
  if (contentType !== null) response.setHeader("Content-Type", contentType);
  response.writeHead(status, { "Content-Length": body.length });
  response.end(body);
}

/** Writes the answer below the HTTP layer, so that it can end anywhere, even inside its head. */
function cut(response: ServerResponse, { body, contentType }: Body, afterBytes: number): void {
  const head = `HTTP/1.1 200 ${STATUS_CODES[200]}\r\nContent-Type: ${contentType}\r\nContent-Length: ${body.length}\r\n\r\n`;
  const whole = Buffer.concat([Buffer.from(head, "latin1"), body]);
  const socket = response.socket;
  socket?.end(whole.subarray(0, afterBytes), () => socket.destroy());
}

/** The checksum's first byte stands 8 bytes behind the last line end of the part heads. */
function withOneBitChanged({ body, contentType }: Body): Body {
  const changed = Buffer.from(body);
  const marker = "application/octet-stream\r\n";
  const at = changed.indexOf(marker) + marker.length + 8;
  changed[at] = (changed[at] ?? 0) ^ 1;
  return { body: changed, contentType };
}
