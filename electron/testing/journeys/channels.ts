import { MessageChannel } from "node:worker_threads";
import { WebSocket } from "ws";
import { memoryPair } from "#rpc";
import { portChannel } from "../../hosts/desktop/portChannel.ts";
import { listenLocally } from "../../hosts/serve/httpServer.ts";
import { acceptSockets, socketChannel, socketPath, subprotocol } from "../../hosts/serve/socketChannel.ts";
import { newToken } from "../../hosts/serve/token.ts";
import { fakePort } from "../fakeElectron.ts";
import type { Join } from "./opened.ts";

/** A pair in one process, as the command line has it. */
const overMemory: Join = async (console) => {
  const [channel, own] = memoryPair();
  console.attach(own);
  return { channel, close: async () => channel.close() };
};

/** Two joined MessagePorts, as the desktop has them. */
const overPorts: Join = async (console) => {
  const { port1, port2 } = new MessageChannel();
  console.attach(portChannel(fakePort(port1)));
  const channel = portChannel(fakePort(port2));
  return { channel, close: async () => channel.close() };
};

/** A WebSocket on loopback with its token, as a browser has it. */
const overSockets: Join = async (console) => {
  const { server, port } = await listenLocally(0);
  const token = newToken();
  const endSockets = acceptSockets(server, { port, token, onChannel: (channel) => console.attach(channel) });
  const socket = new WebSocket(`ws://127.0.0.1:${port}${socketPath}`, [subprotocol, token], {
    origin: `http://127.0.0.1:${port}`,
  });
  const channel = socketChannel(socket);
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  const close = async (): Promise<void> => {
    endSockets();
    await new Promise((resolve) => server.close(resolve));
  };
  return { channel, close };
};

/** Every way in which a client reaches a console. */
export const channels: readonly { readonly name: string; readonly join: Join }[] = [
  { name: "a memory pair", join: overMemory },
  { name: "a MessagePort", join: overPorts },
  { name: "a WebSocket", join: overSockets },
];
