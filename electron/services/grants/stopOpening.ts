import { ConsoleError } from "#contract";
import type { World } from "../world.ts";
import type { Revoking } from "./revoking.ts";

/** An opening that a revoke stops: until it is over, its command may land. */
export type StoppedOpening = { isOver(): boolean; readonly over: AbortSignal };

/**
 * Stops the grant that is just being opened, if one is, beside the revoke. When it is over each endpoint is asked anew,
 * since what was opened meanwhile came after the command to shut.
 */
export function stopOpening(world: World, revoking: Revoking): StoppedOpening {
  const over = new AbortController();
  const opening = world.acts.opens.get(revoking.target.id);
  if (opening === undefined) return { isOver: () => true, over: over.signal };
  revoking.facts.add("stopped", null, "A grant was just being opened; it is stopped as well.");
  opening.stop.abort(
    new ConsoleError("cancelled", `A revoke of ${revoking.target.name} stopped the opening.`),
  );
  opening.enough.abort();
  let isOver = false;
  void opening.done.finally(() => {
    isOver = true;
    revoking.took.clear();
    over.abort();
  });
  return { isOver: () => isOver, over: over.signal };
}
