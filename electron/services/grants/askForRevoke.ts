import { ConsoleError } from "#contract";
import { codeOf, failureOf } from "../failureOf.ts";
import type { World } from "../world.ts";
import { withDeadline } from "../withDeadline.ts";
import { disableLine } from "./commandLines.ts";
import type { Revoking } from "./revoking.ts";

/** A slow endpoint must not keep the next one from being asked. */
const oneMayTake = 15_000;

/**
 * Asks endpoint after endpoint until one takes the command; asking twice does no harm. Never throws: what failed stands
 * in the facts. False when asking again makes no sense, since the sign-in is the trouble.
 */
export async function askForRevoke(world: World, revoking: Revoking, signal: AbortSignal): Promise<boolean> {
  const { facts, target } = revoking;
  for (const endpoint of world.reach.order(target)) {
    const { name } = endpoint;
    const late = (): ConsoleError => new ConsoleError("timedOut", `${name} did not take the revoke in time.`);
    try {
      facts.add("connecting", name, `Opening a conversation with ${name}.`);
      const said = await withDeadline(world.ports.clock, oneMayTake, late, signal, (limited) =>
        world.reach.one(target, endpoint, limited, async (runspace, inner) => {
          facts.add("asked", name, disableLine);
          return runspace.disable(inner, revoking.doing.tellInto(facts, name));
        }),
      );
      for (const line of said) facts.add("said", name, line);
      facts.add("accepted", name, `${name} took the command.`);
      revoking.endpoint = name;
      return true;
    } catch (cause) {
      facts.add("failed", name, failureOf(cause).sentence);
      if (codeOf(cause) === "signInRefused" || codeOf(cause) === "signInNeeded") return false;
      if (signal.aborted) return false;
    }
  }
  return true;
}
