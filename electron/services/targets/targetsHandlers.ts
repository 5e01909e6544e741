import { ConsoleError, type ConsoleHandlers, type Target, type TargetOverview } from "#contract";
import { codeOf, failureOf } from "../failureOf.ts";
import type { Credential, EndpointAddress } from "../ports.ts";
import { Secret } from "../secret.ts";
import { snapshots } from "../streams/bell.ts";
import type { World } from "../world.ts";
import { readCertificateOf, trustCertificate } from "./certificates.ts";
import { checkTarget } from "./checkTarget.ts";
import { addressOf } from "./reach.ts";
import { endShells, listShells } from "./shells.ts";
import { startPractice } from "./startPractice.ts";

/** targets.*: which there are, who is signed in, what their doors are. */
export function targetsHandlers(world: World): ConsoleHandlers["targets"] {
  const { registry, ports } = world;
  return {
    list: async () => registry.list(),
    add: async (wanted) => registry.add(wanted),
    remove: async ({ targetId }) => {
      refuseDuringActs(world, targetId, "remove it");
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
      await world.reach.prove(wanted, credential, signal).catch((cause: unknown) => {
        // Who was signed in before stays so; else the door and the check say why nobody is.
        if (codeOf(cause) === "signInRefused" && registry.credential(targetId) === null)
          registry.signOut(targetId, failureOf(cause));
        throw cause;
      });
      const target = registry.signIn(targetId, credential);
      world.watcher(targetId).nudge();
      return target;
    },
    signOut: async ({ targetId }) => {
      const target = registry.find(targetId);
      refuseDuringActs(world, targetId, "sign out");
      const credential = registry.credential(targetId);
      registry.signOut(targetId, null);
      world.watcher(targetId).nudge();
      if (credential !== null)
        await ports.endpoints.leave(ownAddresses(world, target, credential), credential);
      return null;
    },
    declareScope: async ({ targetId, grants }) => {
      const target = registry.declareScope(targetId, grants, ports.clock.now().toISOString());
      world.watcher(targetId).refresh();
      return target;
    },
    certificate: (input, signal) => readCertificateOf(world, input, signal),
    trust: (input, signal) => trustCertificate(world, input, signal),
    watch: (_, signal) => watchDoors(world, signal),
    check: ({ targetId }, signal) => checkTarget(world, targetId, signal),
    shells: ({ targetId }, signal) => listShells(world, targetId, signal),
    endShells: (request, signal) => endShells(world, request, signal),
    startPractice: async (_, signal) => startPractice(world, signal),
  };
}

/** Without its sign-in an act could not be read back, so nobody would know how it ended. */
function refuseDuringActs({ acts }: World, targetId: string, then: string): void {
  if (acts.opens.has(targetId) || acts.revokes.has(targetId))
    throw new ConsoleError(
      "invalidInput",
      `Something is being done to this target. Wait for its end, then ${then}.`,
    );
}

/** Where only this target is reached with the account: what runs under another one goes on. */
function ownAddresses(
  { registry }: World,
  target: Target,
  { account }: Credential,
): readonly EndpointAddress[] {
  const others = registry
    .list()
    .filter(({ id }) => id !== target.id && registry.credential(id)?.account === account)
    .flatMap(({ endpoints }) => endpoints);
  return target.endpoints
    .filter(({ host, port }) => !others.some((other) => other.host === host && other.port === port))
    .map((endpoint) => addressOf(target, endpoint));
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
      const signedIn = world.registry.credential(target.id) !== null;
      return { target, signedIn, door: watcher.door(), toldAt: world.ports.clock.now().toISOString() };
    });
  try {
    yield* snapshots(world.bell, overview, signal);
  } finally {
    for (const release of releases.values()) release();
  }
}
