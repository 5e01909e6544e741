/** How often the parent is looked at, in milliseconds. */
const interval = 500;

/**
 * Calls `stop` when the process that started us is gone. npm, when it is killed, ends its shell and leaves what the shell
 * had started; on its own (a service, a background job) a host may outlive whoever started it, so it listens under npm
 * only. The function it returns ends that.
 */
export function onOrphaned(
  stop: () => void,
  parent: () => number = () => process.ppid,
  underNpm: boolean = process.env["npm_lifecycle_event"] !== undefined,
): () => void {
  if (!underNpm) return () => undefined;
  const first = parent();
  const timer = setInterval(() => {
    if (parent() === first) return;
    clearInterval(timer);
    stop();
  }, interval).unref();
  return () => clearInterval(timer);
}
