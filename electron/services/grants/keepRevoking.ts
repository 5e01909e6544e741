import { codeOf } from "../failureOf.ts";
import type { World } from "../world.ts";
import { withDeadline } from "../withDeadline.ts";
import { wasRead } from "../doors/missingProof.ts";
import { ConsoleError, type Target } from "#contract";

/** A revoke that was not confirmed goes on at this pace (milliseconds): endpoints that are down are not hammered. */
const restBetweenRounds = 30_000;
const oneMayTake = 15_000;

/**
 * Goes on after a revoke that was not confirmed: each endpoint that is not proved closed is asked again, but for those
 * that have no command to revoke with, until a reading settles it (the watcher sees that, and records it), another act
 * begins, or nobody is signed in. Never throws.
 */
export async function keepRevoking(
  world: World,
  target: Target,
  unableSoFar: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<void> {
  const unable = new Set(unableSoFar);
  const watcher = world.watcher(target.id);
  const release = watcher.hold();
  const letGo = world.registry.holdFor(target);
  try {
    while (isUnsettled(world, target, signal)) {
      await world.ports.clock.sleep(restBetweenRounds, signal).catch(() => undefined);
      if (!isUnsettled(world, target, signal)) return;
      for (const endpoint of unproved(world, target))
        if (!unable.has(endpoint.name) && (await askAgain(world, target, endpoint, signal)) === "unable")
          unable.add(endpoint.name);
      watcher.refresh();
    }
  } finally {
    release();
    letGo();
  }
}

function isUnsettled(world: World, target: Target, signal: AbortSignal): boolean {
  if (signal.aborted || world.registry.credential(target.id) === null) return false;
  return world.watcher(target.id).revokeMark().state === "notConfirmed";
}

function unproved(world: World, target: Target): Target["endpoints"] {
  const readings = world.watcher(target.id).door().endpoints;
  return target.endpoints.filter(({ name }) => {
    const reading = readings.find(({ endpoint }) => endpoint === name);
    if (reading === undefined || !wasRead(reading)) return true;
    return reading.activeGrants !== 0 || reading.notUnderstood.length > 0;
  });
}

/** What comes of it is told by the reading that follows. */
async function askAgain(
  world: World,
  target: Target,
  endpoint: Target["endpoints"][number],
  signal: AbortSignal,
): Promise<"asked" | "unable"> {
  const silent = { onSent: () => undefined, onSaid: () => undefined, onProgress: () => undefined };
  const late = (): ConsoleError =>
    new ConsoleError("timedOut", `${endpoint.name} did not take the revoke in time.`);
  try {
    await withDeadline(world.ports.clock, oneMayTake, late, signal, (limited) =>
      world.reach.one(target, endpoint, limited, (runspace, inner) => runspace.disable(silent, inner)),
    );
    return "asked";
  } catch (cause) {
    const code = codeOf(cause);
    world.ports.log.write("info", "a revoke goes on", { endpoint: endpoint.name, because: code });
    return code === "commandMissing" ? "unable" : "asked";
  }
}
