/**
 * A two-way road for frames, in order. Each host supplies one; nobody above knows which. Frames are JSON values.
 * `send` on a closed channel does nothing. Frames that come before the first `onFrame` listener wait for it, and a
 * listener of `onClose` is also told when the channel had closed before.
 */
export type Channel = {
  readonly send: (frame: unknown) => void;
  /**
   * Resolves when the other end has read most of what was sent, or is gone. A wire without a queue of its own leaves it
   * out. Who waits for it before the next snapshot of a stream sends a slow reader only the newest.
   */
  readonly room?: () => Promise<void>;
  readonly onFrame: (listener: (frame: unknown) => void) => void;
  readonly onClose: (listener: () => void) => void;
  readonly close: () => void;
};

/** The receiving half of a channel: the wire puts frames in, rpc listens. */
export type Inbox = Pick<Channel, "onFrame" | "onClose"> & {
  readonly deliver: (frame: unknown) => void;
  /** The wire is gone. Later frames are dropped; calling it again does nothing. */
  readonly closed: () => void;
};

/** What every channel needs beside its wire: listeners, and a place for what comes before them. */
export function createInbox(): Inbox {
  const frameListeners = new Set<(frame: unknown) => void>();
  const closeListeners = new Set<() => void>();
  const early: unknown[] = [];
  let isClosed = false;
  return {
    onFrame: (listener) => {
      frameListeners.add(listener);
      for (const frame of early.splice(0)) listener(frame);
    },
    onClose: (listener) => {
      if (isClosed) queueMicrotask(listener);
      else closeListeners.add(listener);
    },
    deliver: (frame) => {
      if (isClosed) return;
      if (frameListeners.size === 0) early.push(frame);
      else for (const listener of frameListeners) listener(frame);
    },
    closed: () => {
      if (isClosed) return;
      isClosed = true;
      for (const listener of closeListeners) listener();
    },
  };
}
