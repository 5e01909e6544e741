import { ConsoleError, type ConsoleHandlers, type GrantProgress, type RevokeProgress } from "#contract";
import { createLatest } from "../streams/latest.ts";
import type { World } from "../world.ts";
import type { KnownRevoke } from "./acts.ts";
import { cliLine, enableLine, type ShellPlace, targetCommands } from "./commandLines.ts";
import { keepRevoking } from "./keepRevoking.ts";
import { openGrant } from "./openGrant.ts";
import { revokeGrant, type RevokeRequest } from "./revokeGrant.ts";
import { underWay } from "./underWay.ts";
import { watchGrants } from "./watchGrants.ts";

/** grants.*: reading, opening and shutting the door. */
export function grantsHandlers(world: World): ConsoleHandlers["grants"] {
  const { clock } = world.ports;
  return {
    list: async ({ targetId }, signal) => {
      world.registry.find(targetId);
      const { grants, endpoint, readAt, endpoints } = await world.watcher(targetId).readNow(signal);
      return { grants, endpoint, readAt, endpoints };
    },
    watch: ({ targetId }, signal) => watchGrants(world, targetId, signal),
    underWay: (_, signal) => underWay(world, signal),
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
      targetCommands(placeOf(world, targetId), sessionId, clock.now()),
    preview: async ({ targetId, ...words }) => ({
      cmdlet: enableLine(words.level, words.minutes),
      cli: cliLine(placeOf(world, targetId), words),
    }),
  };
}

/** Where a shell does what is shown of a target. */
const placeOf = ({ registry, ports }: World, targetId: string): ShellPlace => ({
  target: registry.find(targetId),
  all: registry.list(),
  data: ports.host.shell.data,
});

/** One opening at a time per target. Where nobody looks any more its command is stopped, and what it left is recorded. */
async function* open(
  world: World,
  request: Parameters<typeof openGrant>[1],
  signal: AbortSignal,
): AsyncGenerator<GrantProgress, void, undefined> {
  const { opens, revokes, lastRevokes } = world.acts;
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
  // What goes on after an earlier revoke must not shut what is opened now.
  lastRevokes.get(request.targetId)?.enough.abort();
  const progress = createLatest<GrantProgress>();
  const stop = new AbortController();
  const enough = new AbortController();
  const ends = {
    stop: AbortSignal.any([stop.signal, world.closing]),
    enough: AbortSignal.any([enough.signal, world.closing]),
  };
  const over = new AbortController();
  const done = openGrant(world, request, progress, ends)
    .then(progress.end, progress.fail)
    .finally(() => {
      opens.delete(request.targetId);
      over.abort();
      world.actsBell.ring(null);
    });
  opens.set(request.targetId, { request, progress, stop, enough, done });
  try {
    yield* progress.follow(signal);
  } finally {
    void world.lookers
      .absent(world.patience.mayBeBack, AbortSignal.any([over.signal, world.closing]))
      .then(() =>
        stop.abort(
          new ConsoleError("cancelled", `Nobody looked any more while a grant was being opened on ${name}.`),
        ),
      );
  }
}

/** A second caller joins the revoke that is under way. */
function runningRevoke(world: World, request: RevokeRequest): KnownRevoke {
  const { revokes, lastRevokes } = world.acts;
  const { targetId, operator } = request;
  const running = revokes.get(targetId);
  if (running !== undefined) return running;
  lastRevokes.get(targetId)?.enough.abort();
  const target = world.registry.known(targetId) ?? world.registry.find(targetId);
  const letGo = world.registry.holdFor(target);
  const progress = createLatest<RevokeProgress>();
  const enough = new AbortController();
  const done = revokeGrant(world, target, request, progress)
    .then(({ decision, unable }) => {
      progress.end();
      if (decision.kind === "notConfirmed")
        void keepRevoking(world, target, unable, AbortSignal.any([enough.signal, world.closing]));
    }, progress.fail)
    .finally(() => {
      revokes.delete(targetId);
      letGo();
      world.actsBell.ring(null);
    });
  const started = { operator, progress, done, enough };
  revokes.set(targetId, started);
  lastRevokes.set(targetId, started);
  return started;
}
