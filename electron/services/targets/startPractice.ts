import { ConsoleError, type Target, usualSignIn } from "#contract";
import type { World } from "../world.ts";

/** The practice stamp's id; it is no UUID, so no configured target can have it. */
export const practiceId = "practice";

/** Starts the practice stamp, or finds it running, and signs in to it with the stamp's own password. */
export async function startPractice(world: World, signal: AbortSignal): Promise<Target> {
  if (world.ports.practice === null)
    throw new ConsoleError(
      "notFound",
      "There is no practice stamp here. Add a real target, or start the console elsewhere.",
    );
  const stamp = await world.ports.practice.start(signal);
  const target: Target = {
    kind: "stamp",
    id: practiceId,
    practice: true,
    name: stamp.name,
    transport: "http",
    configuration: stamp.configuration,
    account: stamp.account,
    endpoints: stamp.endpoints,
    signIn: usualSignIn,
    certificates: [],
    scope: null,
  };
  world.registry.practise(target, { account: stamp.account, password: stamp.password });
  world.watcher(target.id).nudge();
  return target;
}
