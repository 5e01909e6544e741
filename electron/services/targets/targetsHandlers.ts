import { ConsoleError, type ConsoleHandlers, type Ladder, type Rung, type TargetOverview } from "#contract";
import { Secret } from "../secret.ts";
import { snapshots } from "../streams/bell.ts";
import type { World } from "../world.ts";
import { readCertificateOf, trustCertificate } from "./certificates.ts";
import { addressOf } from "./reach.ts";
import { startPractice } from "./startPractice.ts";

/** targets.*: which there are, who is signed in, what their doors are. */
export function targetsHandlers(world: World): ConsoleHandlers["targets"] {
  const { registry, ports } = world;
  return {
    list: async () => registry.list(),
    add: async (wanted) => registry.add(wanted),
    remove: async ({ targetId }) => {
      if (world.acts.opens.has(targetId) || world.acts.revokes.has(targetId))
        throw new ConsoleError(
          "invalidInput",
          "Something is being done to this target. Wait for its end, then remove it.",
        );
      registry.remove(targetId);
      return null;
    },
    signIn: async ({ targetId, account, password }, signal) => {
      const credential = { account, password: new Secret(password) };
      const wanted = registry.find(targetId);
      if (password === "" && wanted.signIn.kind !== "certificate")
        throw new ConsoleError(
          "invalidInput",
          `Type the password of ${account}. An empty one is never sent.`,
        );
      await world.reach.prove(wanted, credential, signal);
      const target = registry.signIn(targetId, credential);
      world.watcher(targetId).nudge();
      return target;
    },
    signOut: async ({ targetId }) => {
      registry.find(targetId);
      registry.signOut(targetId, null);
      world.watcher(targetId).nudge();
      await ports.endpoints.close();
      return null;
    },
    certificate: (input, signal) => readCertificateOf(world, input, signal),
    trust: (input, signal) => trustCertificate(world, input, signal),
    watch: (_, signal) => watchDoors(world, signal),
    check: ({ targetId }, signal) => checkTarget(world, targetId, signal),
    startPractice: async (_, signal) => startPractice(world, signal),
  };
}

/** Every target's watcher is held while somebody looks, also of those that come later. */
async function* watchDoors(
  world: World,
  signal: AbortSignal,
): AsyncGenerator<readonly TargetOverview[], void, undefined> {
  const releases = new Map<string, () => void>();
  const overview = (): readonly TargetOverview[] =>
    world.registry.list().map((target) => {
      const watcher = world.watcher(target.id);
      if (!releases.has(target.id)) releases.set(target.id, watcher.hold());
      return { target, signedIn: world.registry.credential(target.id) !== null, door: watcher.door() };
    });
  try {
    yield* snapshots(world.bell, overview, signal);
  } finally {
    for (const release of releases.values()) release();
  }
}

/**
 * Endpoint after endpoint. Once a sign-in was refused, the other endpoints are checked without one: the same password
 * at each of them would lock the account.
 */
async function* checkTarget(
  world: World,
  targetId: string,
  signal: AbortSignal,
): AsyncGenerator<Ladder, void, undefined> {
  const target = world.registry.find(targetId);
  let credential = world.registry.credential(targetId);
  let done: readonly Rung[] = [];
  for (const endpoint of target.endpoints) {
    let rungs: readonly Rung[] = [];
    for await (rungs of world.ports.endpoints.check(addressOf(target, endpoint), credential, signal)) {
      if (signal.aborted) return;
      yield { rungs: [...done, ...rungs], finished: false };
    }
    done = [...done, ...rungs];
    if (rungs.some((rung) => rung.step === "signIn" && rung.state === "failed")) credential = null;
  }
  yield { rungs: done, finished: true };
}
