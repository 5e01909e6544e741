import {
  ConsoleError,
  type EndedShells,
  type Endpoint,
  type EndShellsRequest,
  type OpenShell,
  type ShellsReading,
  type Target,
} from "#contract";
import { codeOf, failureOf } from "../failureOf.ts";
import { withDeadline } from "../withDeadline.ts";
import type { World } from "../world.ts";
import { endpointNamed } from "./endpointNamed.ts";

const oneMayTake = 15_000;

/**
 * The account's shells, endpoint after endpoint: a password that one refuses is not tried at the next. Whatever else
 * fails at one of them is told beside what the others gave.
 */
export async function listShells(
  world: World,
  targetId: string,
  signal: AbortSignal,
): Promise<ShellsReading> {
  const target = world.registry.find(targetId);
  world.reach.credentialOf(target);
  const shells: OpenShell[] = [];
  const failures: ShellsReading["failures"][number][] = [];
  for (const endpoint of target.endpoints) {
    try {
      shells.push(...(await shellsAt(world, target, endpoint, signal)));
    } catch (cause) {
      rethrowIfOver(cause, signal);
      failures.push({ endpoint: endpoint.name, failure: failureOf(cause) });
    }
  }
  return { shells, failures, readAt: world.ports.clock.now().toISOString() };
}

/** Ends shells at one endpoint. Whose they are is read anew first: nothing is ended where that forbids it. */
export async function endShells(
  world: World,
  { targetId, endpointName, shellIds, othersToo }: EndShellsRequest,
  signal: AbortSignal,
): Promise<EndedShells> {
  const target = world.registry.find(targetId);
  const endpoint = endpointNamed(target, endpointName);
  const there = new Map(
    (await shellsAt(world, target, endpoint, signal)).map((shell) => [shell.shellId, shell]),
  );
  if (!othersToo) refuseOthers(endpoint, [...new Set(shellIds)], there);
  const ended: string[] = [];
  const failures: EndedShells["failures"][number][] = [];
  for (const shellId of new Set(shellIds)) {
    try {
      await endOne(world, target, endpoint, { shellId, shell: there.get(shellId) }, signal);
      ended.push(shellId);
    } catch (cause) {
      rethrowIfOver(cause, signal);
      failures.push({ shellId, failure: failureOf(cause) });
    }
  }
  world.watcher(target.id).nudge();
  return { ended, failures };
}

async function endOne(
  world: World,
  target: Target,
  endpoint: Endpoint,
  { shellId, shell }: { readonly shellId: string; readonly shell: OpenShell | undefined },
  signal: AbortSignal,
): Promise<void> {
  if (shell === undefined)
    throw new ConsoleError(
      "notFound",
      `${endpoint.name} lists no shell ${shellId} of this account: it has ended, or its id is another.`,
    );
  await inTime(world, endpoint, signal, (limited) =>
    world.reach.direct(target, endpoint, limited, (address, credential, inner) =>
      world.ports.endpoints.endShell(address, credential, shellId, inner),
    ),
  );
  world.ports.log.write("info", "shell.ended", { endpoint: endpoint.name, shellId, origin: shell.origin });
}

const shellsAt = (
  world: World,
  target: Target,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<readonly OpenShell[]> =>
  inTime(world, endpoint, signal, (limited) =>
    world.reach.direct(target, endpoint, limited, (address, credential, inner) =>
      world.ports.endpoints.shells(address, credential, inner),
    ),
  );

function inTime<T>(
  world: World,
  { name }: Endpoint,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = (): ConsoleError =>
    new ConsoleError("timedOut", `${name} did not answer in time about its shells.`, { remedy: "retry" });
  return withDeadline(world.ports.clock, oneMayTake, late, signal, work);
}

function rethrowIfOver(cause: unknown, signal: AbortSignal): void {
  signal.throwIfAborted();
  if (["signInRefused", "signInNeeded"].includes(codeOf(cause))) throw cause;
}

/** Somebody may be at work in them, and nobody would know why it broke off. */
function refuseOthers(
  { name }: Endpoint,
  shellIds: readonly string[],
  there: ReadonlyMap<string, OpenShell>,
): void {
  const others = shellIds.filter((shellId) => there.get(shellId)?.origin === "otherClient");
  if (others.length === 0) return;
  throw new ConsoleError(
    "invalidInput",
    `${others.join(", ")} at ${name} ${others.length === 1 ? "was" : "were"} begun by another client, which may be at work there. Nothing was ended. Say explicitly that shells of other clients are to be ended too (othersToo).`,
  );
}
