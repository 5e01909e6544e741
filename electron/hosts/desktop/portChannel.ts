import { createInbox } from "#rpc";
import type { Channel } from "#rpc";

/** What the page asks for a port with, and what comes with the port. The preload and the page know the same words. */
export const portWanted = "console.port.wanted";
export const portGiven = "console.port.given";

/** What a MessagePortMain is to us. */
export type Port = {
  on(event: "message", listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: "close", listener: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
};

/** A channel over one end of a MessageChannelMain. */
export function portChannel(port: Port): Channel {
  const inbox = createInbox();
  let open = true;
  const end = (): void => {
    open = false;
    inbox.closed();
  };
  port.on("message", (event) => inbox.deliver(event.data));
  port.on("close", end);
  port.start();
  return {
    onFrame: inbox.onFrame,
    onClose: inbox.onClose,
    send: (frame) => {
      if (open) port.postMessage(frame);
    },
    close: () => {
      port.close();
      end();
    },
  };
}
