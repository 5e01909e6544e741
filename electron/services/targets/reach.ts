import { ConsoleError, type Endpoint, type Target } from "#contract";
import { codeOf, failureOf, nextEndpointMayHelp } from "../failureOf.ts";
import type { Credential, EndpointAddress, Endpoints, Runspace } from "../ports.ts";
import type { Registry } from "./registry.ts";
import { trustedAt } from "./trustedAt.ts";

type Work<T> = (runspace: Runspace, signal: AbortSignal) => Promise<T>;
type Direct<T> = (address: EndpointAddress, credential: Credential, signal: AbortSignal) => Promise<T>;
export type Reached<T> = { readonly endpoint: string; readonly value: T };

export type FirstOptions = {
  /** Told of every endpoint that failed, and which one is tried next; null: none. */
  readonly onTrouble?: (endpoint: string, cause: unknown, next: string | null) => void;
  /** The endpoint to begin with; else the one that answered last. */
  readonly before?: string | null;
};

/** How use cases get to a target's endpoints. */
export type Reach = {
  /** @throws ConsoleError signInNeeded */
  credentialOf(target: Target): Credential;
  /** The endpoints of a target, the one that answered last first. */
  order(target: Target): readonly Endpoint[];
  /** Work on one endpoint. A refused sign-in forgets the credential, so that nobody locks the account. */
  one<T>(target: Target, endpoint: Endpoint, signal: AbortSignal, work: Work<T>): Promise<T>;
  /** The same without a runspace: the work is given the way there. */
  direct<T>(target: Target, endpoint: Endpoint, signal: AbortSignal, work: Direct<T>): Promise<T>;
  /** Work on the first endpoint that can do it. The work may run again on the next one: only for reading. */
  first<T>(target: Target, signal: AbortSignal, work: Work<T>, options?: FirstOptions): Promise<Reached<T>>;
  /** Proves a credential at the first endpoint that answers, and gives that endpoint's name. */
  prove(target: Target, credential: Credential, signal: AbortSignal): Promise<string>;
};

/** Addresses, credentials and failover in one place. */
export function createReach(endpoints: Endpoints, registry: Registry): Reach {
  const answeredLast = new Map<string, string>();

  const credentialOf = (target: Target): Credential => {
    const credential = registry.credential(target.id);
    if (credential !== null) return credential;
    throw new ConsoleError(
      "signInNeeded",
      `Nobody is signed in to ${target.name}. Sign in, then try again.`,
      {
        remedy: "signIn",
      },
    );
  };
  const order = (target: Target): readonly Endpoint[] => {
    const name = answeredLast.get(target.id);
    return target.endpoints.toSorted((a, b) => Number(b.name === name) - Number(a.name === name));
  };

  const direct = async <T>(
    target: Target,
    endpoint: Endpoint,
    signal: AbortSignal,
    work: Direct<T>,
  ): Promise<T> => {
    const credential = credentialOf(target);
    try {
      return await work(addressOf(target, endpoint), credential, signal);
    } catch (cause) {
      const current = registry.credential(target.id) === credential;
      if (current && codeOf(cause) === "signInRefused") registry.signOut(target.id, failureOf(cause));
      throw cause;
    }
  };
  const one = <T>(target: Target, endpoint: Endpoint, signal: AbortSignal, work: Work<T>): Promise<T> =>
    direct(target, endpoint, signal, async (address, credential, inner) => {
      await using runspace = await endpoints.open(address, credential, inner);
      return await work(runspace, inner);
    });

  return {
    credentialOf,
    order,
    one,
    direct,
    first: async (target, signal, work, options = {}) => {
      credentialOf(target);
      const first = options.before ?? null;
      const inOrder = order(target).toSorted((a, b) => Number(b.name === first) - Number(a.name === first));
      const reached = await firstOf(target, inOrder, signal, options, (endpoint) =>
        one(target, endpoint, signal, work),
      );
      answeredLast.set(target.id, reached.endpoint);
      return reached;
    },
    prove: async (target, credential, signal) => {
      const { endpoint } = await firstOf(target, target.endpoints, signal, {}, (each) =>
        endpoints.signIn(addressOf(target, each), credential, signal),
      );
      answeredLast.set(target.id, endpoint);
      return endpoint;
    },
  };
}

/** Where and how this endpoint of the target is reached. */
export function addressOf(target: Target, endpoint: Endpoint): EndpointAddress {
  const { transport, configuration, signIn } = target;
  const trusted = trustedAt(target, endpoint);
  return {
    ...endpoint,
    transport,
    configuration,
    signIn,
    ...(trusted === null ? {} : { trustedSha256: trusted.sha256 }),
  };
}

async function firstOf<T>(
  target: Target,
  order: readonly Endpoint[],
  signal: AbortSignal,
  options: FirstOptions,
  attempt: (endpoint: Endpoint) => Promise<T>,
): Promise<Reached<T>> {
  const failures: { readonly endpoint: string; readonly cause: unknown }[] = [];
  for (const [index, endpoint] of order.entries()) {
    try {
      return { endpoint: endpoint.name, value: await attempt(endpoint) };
    } catch (cause) {
      signal.throwIfAborted();
      const next = nextEndpointMayHelp(cause) ? (order[index + 1]?.name ?? null) : null;
      options.onTrouble?.(endpoint.name, cause, next);
      if (!nextEndpointMayHelp(cause)) throw cause;
      failures.push({ endpoint: endpoint.name, cause });
    }
  }
  throw allFailed(target, failures);
}

function allFailed(
  target: Target,
  failures: readonly { readonly endpoint: string; readonly cause: unknown }[],
): unknown {
  const [only] = failures;
  if (only === undefined) return new ConsoleError("invalidInput", `${target.name} has no endpoint. Add one.`);
  if (failures.length === 1) return only.cause;
  const codes = new Set(failures.map((failure) => codeOf(failure.cause)));
  const code = codes.size === 1 ? codeOf(only.cause) : (mostTelling(codes) ?? "unreachable");
  const words = failures.map((failure) => failureOf(failure.cause).sentence).join("\n");
  return new ConsoleError(code, `No endpoint of ${target.name} could do it:\n${words}`, {
    cause: failures.map((failure) => failure.cause),
    remedy: "retry",
  });
}

/** An endpoint that answered badly tells more than one that did not answer. */
const mostTelling = (codes: ReadonlySet<string>) =>
  (["refused", "quota", "badAnswer", "conversationLost", "notConfirmed", "timedOut"] as const).find((code) =>
    codes.has(code),
  );
