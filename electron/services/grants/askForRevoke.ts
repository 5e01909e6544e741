import { ConsoleError, type Endpoint } from "#contract";
import { codeOf, failureOf } from "../failureOf.ts";
import type { World } from "../world.ts";
import { withDeadline } from "../withDeadline.ts";
import { disableLine } from "./commandLines.ts";
import type { Revoking } from "./revoking.ts";

/** A slow endpoint must not keep the next one from being asked. */
const oneMayTake = 15_000;

type Asked = "took" | "failed" | "signInRefused";

/**
 * Asks endpoint after endpoint until one takes the command; asking twice does no harm. Never throws: what failed stands
 * in the facts. False when asking again makes no sense, since the sign-in is the trouble.
 */
export async function askForRevoke(world: World, revoking: Revoking, signal: AbortSignal): Promise<boolean> {
  for (const endpoint of world.reach.order(revoking.target)) {
    const asked = await askOne(world, revoking, endpoint, signal);
    if (asked === "took") return true;
    if (asked === "signInRefused" || signal.aborted) return false;
  }
  return true;
}

/**
 * Asks those that still show a grant and did not take the command yet: one state for all instances is assumed, and
 * where each has its own no other can end it. Sessions end with their grant, a while later. Never throws. False as
 * `askForRevoke`.
 */
export async function askWhereItShows(
  world: World,
  revoking: Revoking,
  signal: AbortSignal,
): Promise<boolean> {
  const showing = revoking.readings.filter(({ activeGrants }) => (activeGrants ?? 0) > 0);
  for (const endpoint of revoking.target.endpoints) {
    const shows = showing.some((reading) => reading.endpoint === endpoint.name);
    if (!shows || revoking.took.has(endpoint.name)) continue;
    if ((await askOne(world, revoking, endpoint, signal)) === "signInRefused") return false;
  }
  return true;
}

async function askOne(
  world: World,
  revoking: Revoking,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<Asked> {
  const { facts, target } = revoking;
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
    revoking.took.add(name);
    revoking.endpoint ??= name;
    return "took";
  } catch (cause) {
    facts.add("failed", name, failureOf(cause).sentence);
    return ["signInRefused", "signInNeeded"].includes(codeOf(cause)) ? "signInRefused" : "failed";
  }
}
