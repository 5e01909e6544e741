import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** What the memory of this thread grows by while `act` runs and what it gives is held, garbage apart. */
export function retainedBytes(act: () => unknown): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const before = used(collect);
  const held = [act()];
  const grown = used(collect) - before;
  held.length = 0;
  return grown;
}

/** Buffers are freed one collection after what held them. */
function used(collect: () => void): number {
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
