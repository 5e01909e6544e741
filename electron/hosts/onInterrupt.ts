/** Closing the terminal (SIGHUP) is a wish to end like the other two. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** One Ctrl-C can arrive twice: npm passes on what the terminal has sent to all. In milliseconds. */
const echo = 1_000;

/**
 * Calls `stop` at the first signal, so that what runs can end in order, and `leave` at each that comes a second or more
 * after the one before: the person does not want to wait. The function it returns ends that.
 *
 * Listeners that are there already are removed. They are of a library (when-exit, by way of conf) which sends the
 * signal again to end the process: on Windows that ends it at once, elsewhere it looks like a second wish.
 */
export function onInterrupt(
  stop: () => void,
  leave: () => void,
  now: () => number = () => performance.now(),
): () => void {
  let since: number | null = null;
  const hear = (): void => {
    const isFirst = since === null;
    if (since !== null && now() - since < echo) return;
    since = now();
    if (isFirst) stop();
    else leave();
  };
  for (const signal of signals) process.removeAllListeners(signal).on(signal, hear);
  return () => {
    for (const signal of signals) process.off(signal, hear);
  };
}
