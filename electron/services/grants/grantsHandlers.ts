import { ConsoleError, type ConsoleHandlers, type GrantProgress, type RevokeProgress } from "#contract";
import { createLatest } from "../streams/latest.ts";
import type { World } from "../world.ts";
import type { RunningRevoke } from "./acts.ts";
import { cliLine, enableLine, targetCommands } from "./commandLines.ts";
import { openGrant } from "./openGrant.ts";
import { revokeGrant, type RevokeRequest } from "./revokeGrant.ts";
import { watchGrants } from "./watchGrants.ts";

/** grants.*: reading, opening and shutting the door. */
export function grantsHandlers(world: World): ConsoleHandlers["grants"] {
  const { clock } = world.ports;
  return {
    list: async ({ targetId }, signal) => {
      const target = world.registry.find(targetId);
      const { endpoint, value } = await world.reach.first(target, signal, (runspace, inner) =>
        runspace.readAccess({ includeExpired: true }, inner),
      );
      return {
        grants: await world.withRecords(targetId, value),
        endpoint,
        readAt: clock.now().toISOString(),
      };
    },
    watch: ({ targetId }, signal) => watchGrants(world, targetId, signal),
    open: (request, signal) => open(world, request, signal),
    stop: async ({ targetId }) => {
      const running = world.acts.opens.get(targetId);
      if (running === undefined)
        throw new ConsoleError(
          "notFound",
          "No grant is being opened on this target; there is nothing to stop.",
        );
      // Who stops a second time does not want to wait for what became of the command either.
      if (running.stop.signal.aborted) running.enough.abort();
      running.stop.abort(new ConsoleError("cancelled", "The opening was stopped."));
      return null;
    },
    revoke: async function* (request, signal) {
      yield* runningRevoke(world, request).progress.follow(signal);
    },
    commands: async ({ targetId, sessionId }) =>
      targetCommands(world.registry.find(targetId).name, sessionId, clock.now()),
    preview: async ({ targetId, level, minutes }) => ({
      cmdlet: enableLine(level, minutes),
      cli: cliLine(world.registry.find(targetId).name, level, minutes),
    }),
  };
}

/** One opening at a time per target; leaving the stream stops the command, and what it left behind is still recorded. */
async function* open(
  world: World,
  request: Parameters<typeof openGrant>[1],
  signal: AbortSignal,
): AsyncGenerator<GrantProgress, void, undefined> {
  const { opens, revokes } = world.acts;
  const { name } = world.registry.find(request.targetId);
  if (opens.has(request.targetId))
    throw new ConsoleError(
      "invalidInput",
      `A grant is being opened on ${name} already. Finish or stop it first.`,
    );
  if (revokes.has(request.targetId))
    throw new ConsoleError(
      "invalidInput",
      `${name} is just being closed. Wait for the proof, then open it again.`,
    );
  const progress = createLatest<GrantProgress>();
  const stop = new AbortController();
  const enough = new AbortController();
  const ends = {
    stop: AbortSignal.any([stop.signal, world.closing]),
    enough: AbortSignal.any([enough.signal, world.closing]),
  };
  const done = openGrant(world, request, progress, ends)
    .then(progress.end, progress.fail)
    .finally(() => opens.delete(request.targetId));
  opens.set(request.targetId, { stop, enough, done });
  try {
    yield* progress.follow(signal);
  } finally {
    stop.abort(new ConsoleError("cancelled", `The caller left while a grant was being opened on ${name}.`));
  }
}

/** A second caller joins the revoke that is under way. */
function runningRevoke(world: World, request: RevokeRequest): RunningRevoke {
  const { revokes } = world.acts;
  const running = revokes.get(request.targetId);
  if (running !== undefined) return running;
  const progress = createLatest<RevokeProgress>();
  const done = revokeGrant(world, request, progress)
    .then(progress.end, progress.fail)
    .finally(() => revokes.delete(request.targetId));
  const started = { progress, done };
  revokes.set(request.targetId, started);
  return started;
}
