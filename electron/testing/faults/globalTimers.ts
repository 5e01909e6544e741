import type { VirtualTime } from "./virtualTime.ts";

type Slot = { cancel: () => void };

/**
 * Replaces the global timers, by which the transport measures silence, by those of a virtual time, which may change
 * from conversation to conversation; disposing puts the real ones back. Node's own code has timers of its own.
 */
export function globalTimers(current: () => VirtualTime): Disposable {
  const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  const timers = {
    setTimeout: (act: () => void, milliseconds = 0) => {
      const time = current();
      const slot: Slot = time.after(milliseconds, act);
      const refresh = (): unknown => {
        slot.cancel();
        slot.cancel = time.after(milliseconds, act).cancel;
        return timer;
      };
      const timer = Object.assign(slot, { refresh, ref: () => timer, unref: () => timer });
      return timer;
    },
    clearTimeout: (timer: Slot | undefined) => timer?.cancel(),
  };
  Object.assign(globalThis, timers);
  return { [Symbol.dispose]: () => void Object.assign(globalThis, real) };
}
