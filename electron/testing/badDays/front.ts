import { connect, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";

/** What a hostile server does with a socket, below HTTP. */
export type Misbehave = (socket: Socket) => void;

/** A port before an honest endpoint: passes bytes on, until it is told to do something else with them. */
export type Front = AsyncDisposable & {
  readonly port: number;
  /** Sockets taken since the start. */
  readonly connections: number;
  /** From now on sockets get this; those that are open are cut. Null: honest again. */
  turn(misbehave: Misbehave | null): void;
  /** Nobody listens on the port any more. */
  goDown(): Promise<void>;
  comeUp(): Promise<void>;
};

/** Opens a front before a port of 127.0.0.1. */
export async function openFront(honestPort: number): Promise<Front> {
  const sockets = new Set<Socket>();
  let misbehave: Misbehave | null = null;
  let connections = 0;
  const take = (socket: Socket): void => {
    connections += 1;
    keep(sockets, socket);
    if (misbehave === null) joinWith(socket, keep(sockets, connect(honestPort, "127.0.0.1")));
    else misbehave(socket);
  };
  const cutAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  let server = await listening(take, 0);
  const { port } = server.address() as AddressInfo;
  const goDown = async (): Promise<void> => {
    cutAll();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  return {
    port,
    get connections() {
      return connections;
    },
    turn: (next) => {
      misbehave = next;
      cutAll();
    },
    goDown,
    comeUp: async () => {
      if (!server.listening) server = await listening(take, port);
    },
    [Symbol.asyncDispose]: goDown,
  };
}

async function listening(take: (socket: Socket) => void, port: number): Promise<Server> {
  const server = createServer(take);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return server;
}

function keep(sockets: Set<Socket>, socket: Socket): Socket {
  sockets.add(socket);
  // A peer that cuts the line is what these tests are about.
  socket.on("error", () => socket.destroy());
  socket.once("close", () => sockets.delete(socket));
  return socket;
}

function joinWith(near: Socket, far: Socket): void {
  near.pipe(far);
  far.pipe(near);
  near.once("close", () => far.destroy());
  far.once("close", () => near.destroy());
}
