import { X509Certificate } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { channelBindings } from "../protocol/ntlm/channelBindings.ts";
import { Callers } from "./callers.ts";
import { nodeDigests } from "./nodeDigests.ts";
import { ServerConversation, type SocketSignIn } from "./serverConversation.ts";
import { ServerSignIn, type SocketFacts } from "./serverSignIn.ts";
import type { WinrmListener, WinrmListenerOptions } from "./winrmListener.ts";

const MOST_CONNECTIONS = 100;
const LARGEST_HEAD = 64 * 1024;
/** Milliseconds after which an idle connection is closed, as WinRM does. */
const IDLE_MS = 120_000;
/** Milliseconds for a TLS handshake. */
const HANDSHAKE_MS = 10_000;

export type Counts = { envelopes: number; httpRequests: number; connections: number };

/** Listens for WinRM over HTTP, or HTTPS where `tls` is given, and resolves when it does. */
export async function listenWinrm(options: WinrmListenerOptions): Promise<WinrmListener> {
  const counts: Counts = { envelopes: 0, httpRequests: 0, connections: 0 };
  const sockets = new Set<Socket>();
  const server = createWinrmServer(options, counts);
  server.maxConnections = MOST_CONNECTIONS;
  server.keepAliveTimeout = IDLE_MS;
  server.on("connection", (socket: Socket) => {
    counts.connections++;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await listening(server, options);
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : options.port,
    counts,
    close: () => closed(server, sockets),
  };
}

/** The server without its port: sockets come by its event `connection`, from wherever they are. */
export function createWinrmServer(
  options: WinrmListenerOptions,
  counts: Counts,
  signInOf: (facts: SocketFacts) => SocketSignIn = (facts) => new ServerSignIn(options, facts),
): Server {
  const settings = { maxHeaderSize: LARGEST_HEAD };
  const { tls } = options;
  const server =
    tls === undefined
      ? createServer(settings)
      : createSecureServer({
          ...settings,
          key: tls.key,
          cert: tls.certificate,
          minVersion: "TLSv1.2",
          handshakeTimeout: HANDSHAKE_MS,
          requestCert: tls.clientCertificates !== undefined,
          // Which certificate stands for whom is told by its fingerprint, not by who issued it.
          rejectUnauthorized: false,
        });
  const bindings =
    tls === undefined ? null : channelBindings(new X509Certificate(tls.certificate).raw, nodeDigests);
  const callers = new Callers();
  const conversations = new WeakMap<Socket, ServerConversation>();
  server.on("connection", (socket: Socket) => callers.admit(socket));
  server.on(tls === undefined ? "connection" : "secureConnection", (socket: Socket) => {
    const shown = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
    const facts = { channelBindings: bindings, clientSha256: shown?.fingerprint256 ?? null };
    const conversation = new ServerConversation(options, signInOf(facts), () => counts.envelopes++);
    conversations.set(socket, conversation);
    callers.begin(socket, conversation);
  });
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    counts.httpRequests++;
    if (options.today !== undefined) response.setHeader("Date", options.today().toUTCString());
    conversations.get(request.socket)?.receive(request, response);
  });
  return server;
}

async function listening(server: Server, options: WinrmListenerOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const refuse = (cause: Error): void =>
      reject(
        new Error(`Port ${options.port} on ${options.host} cannot be used: ${cause.message}`, { cause }),
      );
    server.once("error", refuse);
    server.listen(options.port, options.host, () => {
      server.off("error", refuse);
      resolve();
    });
  });
}

/** Stops listening and ends every connection at once, waiting for no answer. */
async function closed(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}
