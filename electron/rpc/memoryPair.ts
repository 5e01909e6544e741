import { createInbox } from "./channel.ts";
import type { Channel, Inbox } from "./channel.ts";

/**
 * Two joined channels in one process. Frames are copied through JSON, so that what passes here passes every wire,
 * and arrive later, in order, as on a wire.
 */
export function memoryPair(): readonly [Channel, Channel] {
  const left = createInbox();
  const right = createInbox();
  return [end(left, right), end(right, left)];
}

function end(own: Inbox, other: Inbox): Channel {
  return {
    onFrame: own.onFrame,
    onClose: own.onClose,
    send: (frame) => {
      const text = JSON.stringify(frame);
      queueMicrotask(() => other.deliver(JSON.parse(text)));
    },
    close: () =>
      queueMicrotask(() => {
        own.closed();
        other.closed();
      }),
  };
}
