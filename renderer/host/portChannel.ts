import { createInbox } from "#rpc";
import type { Channel } from "#rpc";

/** The page asks the preload for a port with this message, and a port comes back with the other. */
export const portWanted = "console.port.wanted";
export const portGiven = "console.port.given";

/** A channel over the MessagePort that the preload hands over with a window message. */
export function openPortChannel(page: Window): Promise<Channel> {
  return new Promise((resolve) => {
    const take = (event: MessageEvent<unknown>): void => {
      const port = event.ports[0];
      if (event.source !== page || event.data !== portGiven || port === undefined) return;
      page.removeEventListener("message", take);
      resolve(overPort(port));
    };
    page.addEventListener("message", take);
    page.postMessage(portWanted, page.location.origin === "null" ? "*" : page.location.origin);
  });
}

function overPort(port: MessagePort): Channel {
  const inbox = createInbox();
  port.addEventListener("message", (event: MessageEvent<unknown>) => inbox.deliver(event.data));
  port.addEventListener("close", inbox.closed);
  port.start();
  return {
    onFrame: inbox.onFrame,
    onClose: inbox.onClose,
    send: (frame) => port.postMessage(frame),
    close: () => {
      port.close();
      inbox.closed();
    },
  };
}
