import { createInbox } from "#rpc";
import type { Channel } from "#rpc";

/** The fixed name comes first, the token second: the server answers with the first, never with the token. */
const subprotocol = "console.v1";

/** A channel over a WebSocket. Rejects when the socket closes before it opened. */
export function openSocketChannel(url: string, token: string): Promise<Channel> {
  const socket = new WebSocket(url, [subprotocol, token]);
  const inbox = createInbox();
  return new Promise((resolve, reject) => {
    socket.addEventListener("open", () =>
      resolve({
        onFrame: inbox.onFrame,
        onClose: inbox.onClose,
        send: (frame) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
        },
        close: () => socket.close(),
      }),
    );
    socket.addEventListener("message", (event: MessageEvent<string>) =>
      inbox.deliver(JSON.parse(event.data)),
    );
    socket.addEventListener("close", () => {
      inbox.closed();
      reject(new Error("the socket closed before it opened"));
    });
  });
}
