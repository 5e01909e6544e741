import { ConsoleError, type Endpoint } from "#contract";
import { wasRead } from "../doors/missingProof.ts";
import { codeOf, failureOf } from "../failureOf.ts";
import type { World } from "../world.ts";
import { withDeadline } from "../withDeadline.ts";
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
    if (revoking.unable.has(endpoint.name)) continue;
    const asked = await askOne(world, revoking, endpoint, signal);
    if (asked === "took") return true;
    if (asked === "signInRefused" || signal.aborted) return false;
  }
  sayNothingRevoked(revoking);
  return true;
}

/**
 * Asks those that did not take the command yet and of which it is not proved that they need not: they show a grant, were
 * not read, or were not understood. Where each endpoint has a state of its own no other can end it. Sessions end with
 * their grant, a while later. Never throws. False as `askForRevoke`.
 */
export async function askWhereUnproved(
  world: World,
  revoking: Revoking,
  signal: AbortSignal,
): Promise<boolean> {
  for (const endpoint of revoking.target.endpoints) {
    const { name } = endpoint;
    if (revoking.took.has(name) || revoking.unable.has(name) || !isUnproved(revoking, name)) continue;
    if ((await askOne(world, revoking, endpoint, signal)) === "signInRefused") return false;
  }
  return true;
}

function isUnproved({ readings }: Revoking, endpoint: string): boolean {
  const reading = readings.find((one) => one.endpoint === endpoint);
  if (reading === undefined || !wasRead(reading)) return true;
  return reading.activeGrants !== 0 || reading.notUnderstood.length > 0;
}

const nothingRevoked = "Nothing was revoked yet: no endpoint has taken the command.";

/** Once: an operator must not take the waiting for an effect. */
function sayNothingRevoked({ facts, endpoint }: Revoking): void {
  const isSaid = facts.all().some(({ text }) => text === nothingRevoked);
  if (endpoint === null && !isSaid) facts.add("retrying", null, nothingRevoked);
}

async function askOne(
  world: World,
  revoking: Revoking,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<Asked> {
  const { facts, target, sent } = revoking;
  const { name } = endpoint;
  const late = (): ConsoleError => new ConsoleError("timedOut", `${name} did not take the revoke in time.`);
  const onSent = (line: string): void => {
    sent.push({ endpoint: name, at: world.ports.clock.now().toISOString(), line });
    facts.add("asked", name, line);
  };
  const events = {
    onSent,
    onSaid: (line: string): void => facts.add("said", name, line),
    onProgress: revoking.doing.tellInto(facts, name),
  };
  try {
    facts.add("connecting", name, `Opening a conversation with ${name}.`);
    await withDeadline(world.ports.clock, oneMayTake, late, signal, (limited) =>
      world.reach.one(target, endpoint, limited, (runspace, inner) => runspace.disable(events, inner)),
    );
    revoking.took.add(name);
    revoking.endpoint ??= name;
    facts.add("accepted", name, `${name} took the command.`);
    return "took";
  } catch (cause) {
    if (codeOf(cause) === "commandMissing") revoking.unable.add(name);
    facts.add("failed", name, failureOf(cause).sentence);
    return ["signInRefused", "signInNeeded"].includes(codeOf(cause)) ? "signInRefused" : "failed";
  }
}
