import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { WebSocketServer } from "ws";
import type { RawData, WebSocket } from "ws";
import { createInbox } from "#rpc";
import type { Channel } from "#rpc";
import { pathOf, refusalHeaders } from "./httpServer.ts";
import { sameOrigin } from "./sameOrigin.ts";
import { sameToken } from "./token.ts";

/** The page offers this name first and the token second; it is answered with this name, never with the token. */
export const subprotocol = "console.v1";

/** The one path that takes WebSockets. */
export const socketPath = "/console";

/** The most a page may send in one frame, in bytes; its inputs are a few thousand at most. */
const frameLimit = 256 * 1024;

/** How much may wait for a page that does not read, in bytes. One that leaves more lying is cut off. */
const unreadLimit = 64 * 1024 * 1024;

/** While more than this waits, in bytes, no further snapshot of a stream is sent: the newest is, later. */
const roomyBelow = 1024 * 1024;
/** How often it is looked whether the page has read on, in milliseconds; ws tells only of single frames. */
const lookAgain = 20;

/**
 * Takes WebSockets of our own page that know the token, and hands each over as a channel. All others are answered
 * 401 before the upgrade, and closed. The function it returns ends those that are open.
 */
export function acceptSockets(
  server: Server,
  options: { readonly port: number; readonly token: string; readonly onChannel: (channel: Channel) => void },
): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: frameLimit,
    perMessageDeflate: false,
    handleProtocols: () => subprotocol,
  });
  server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    if (!mayEnter(request, options.port, options.token)) return refuse(stream);
    sockets.handleUpgrade(request, stream, head, (socket) => options.onChannel(socketChannel(socket)));
  });
  return () => {
    for (const socket of sockets.clients) socket.terminate();
  };
}

function mayEnter(request: IncomingMessage, port: number, token: string): boolean {
  if (pathOf(request) !== socketPath || !sameOrigin(request, port, "needed")) return false;
  const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
  return offered.length === 2 && offered[0] === subprotocol && sameToken(offered[1] ?? "", token);
}

function refuse(stream: Duplex): void {
  stream.on("error", () => stream.destroy());
  const headers = Object.entries(refusalHeaders).map(([name, value]) => `${name}: ${value}\r\n`);
  stream.end(`HTTP/1.1 401 Unauthorized\r\n${headers.join("")}\r\n`, () => stream.destroy());
}

/** A channel over an open WebSocket: one JSON text a frame. What is no JSON text closes it. */
export function socketChannel(socket: WebSocket): Channel {
  const inbox = createInbox();
  socket.on("message", (data: RawData, isBinary: boolean) => {
    const frame = isBinary ? undefined : parsed(data);
    if (frame === undefined) socket.close(1007, "not a JSON text");
    else inbox.deliver(frame);
  });
  socket.on("close", inbox.closed);
  // ws reports a broken or over-long frame here and closes the socket by itself.
  socket.on("error", () => undefined);
  let waiting: Promise<void> | null = null;
  return {
    onFrame: inbox.onFrame,
    onClose: inbox.onClose,
    send: (frame) => {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > unreadLimit) socket.terminate();
      else socket.send(JSON.stringify(frame));
    },
    room: () => (isCrowded(socket) ? (waiting ??= roomOf(socket).finally(() => (waiting = null))) : noWait),
    close: () => {
      socket.close();
      // The other end may take its time to answer, or be frozen: for us the channel is over now.
      inbox.closed();
    },
  };
}

const noWait = Promise.resolve();

const isCrowded = (socket: WebSocket): boolean =>
  socket.readyState === socket.OPEN && socket.bufferedAmount > roomyBelow;

async function roomOf(socket: WebSocket): Promise<void> {
  while (isCrowded(socket)) await setTimeout(lookAgain);
}

function parsed(data: RawData): unknown {
  try {
    return JSON.parse(Buffer.isBuffer(data) ? data.toString("utf8") : "");
  } catch {
    return undefined;
  }
}
