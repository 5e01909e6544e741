import { ConsoleError, type Endpoint, type Target } from "#contract";
import { codeOf, failureOf } from "../failureOf.ts";
import type { Clock } from "../ports.ts";
import type { Reach } from "../targets/reach.ts";
import { withDeadline } from "../withDeadline.ts";
import type { EndpointView, GoodView } from "./endpointView.ts";
import { otherViewMayTake, readingMayTake } from "./intervals.ts";
import { readView } from "./readView.ts";

/** The last answers of a target's endpoints, by name. */
export type Views = {
  of(endpoint: string): GoodView | null;
  answered(endpoint: string, good: GoodView): void;
  failed(endpoint: string, cause: unknown): void;
};

type ReadingWorld = { readonly clock: Clock; readonly reach: Reach };

/** How long a reading may take in milliseconds; null: as long as its commands may. */
export type Patience = { readonly first: number | null; readonly others: number };

/** A door is read again and again, so a reading that hangs must not keep the next one. */
export const doorsPatience: Patience = { first: readingMayTake, others: otherViewMayTake };

/** Somebody asked for this one reading, and waits for it. */
export const askersPatience: Patience = { first: null, others: readingMayTake };

/**
 * Reads the first endpoint that answers, and gives its name: each answer and each failure goes into `views`. One after
 * the other, since the same refused password at three endpoints locks an account.
 */
export async function readFirst(
  { clock, reach }: ReadingWorld,
  target: Target,
  views: Views,
  patience: Patience,
  signal: AbortSignal,
): Promise<string> {
  const onTrouble = (endpoint: string, cause: unknown): void => views.failed(endpoint, cause);
  const read = async (limited: AbortSignal): Promise<string> => {
    const { endpoint, value } = await reach.first(
      target,
      limited,
      (runspace, inner) => readView(clock, runspace, views.of(runspace.address.name), inner),
      { onTrouble },
    );
    views.answered(endpoint, value);
    return endpoint;
  };
  if (patience.first === null) return read(signal);
  const words = `${target.name} did not answer a reading in time. It is tried again by itself.`;
  const late = (): ConsoleError => new ConsoleError("timedOut", words);
  return withDeadline(clock, patience.first, late, signal, read);
}

/** Reads these endpoints at once. One that does not answer, or not soon, is told as such and holds up nobody. */
export async function readOthers(
  { clock, reach }: ReadingWorld,
  target: Target,
  endpoints: readonly Endpoint[],
  views: Views,
  patience: Patience,
  signal: AbortSignal,
): Promise<void> {
  const ask = async (endpoint: Endpoint): Promise<void> => {
    const { name } = endpoint;
    const late = (): ConsoleError => new ConsoleError("timedOut", `${name} did not answer soon.`);
    try {
      const good = await withDeadline(clock, patience.others, late, signal, (limited) =>
        reach.one(target, endpoint, limited, (runspace, inner) =>
          readView(clock, runspace, views.of(name), inner),
        ),
      );
      views.answered(name, good);
    } catch (cause) {
      signal.throwIfAborted();
      views.failed(name, cause);
      // A refused password must not be tried again, and an alarm must be heard.
      if (codeOf(cause) === "signInRefused" || codeOf(cause) === "untrusted") throw cause;
    }
  };
  await Promise.all(endpoints.map(ask));
}

/** A place for the answers of a target's endpoints, in the order in which the target lists them. */
export type KeptViews = Views & {
  all(target: Target): readonly EndpointView[];
  /** Every other endpoint's answer that was asked for before then (monotonic milliseconds) proves nothing any more. */
  outdateOthers(endpoint: string, then: number): void;
  /** Whether the endpoint failed since then (monotonic milliseconds) and has not answered after it. */
  failedSince(endpoint: string, then: number): boolean;
};

/** No answers yet. */
export function createViews(clock: Clock): KeptViews {
  const kept = new Map<string, EndpointView>();
  const failedAt = new Map<string, number>();
  const viewOf = (endpoint: string): EndpointView =>
    kept.get(endpoint) ?? { endpoint, good: null, failure: null, isOutdated: false };
  let outdated = Number.NEGATIVE_INFINITY;
  return {
    of: (endpoint) => viewOf(endpoint).good,
    answered: (endpoint, good) => {
      // One that was asked before something was done, and answered after it, is of before.
      kept.set(endpoint, { endpoint, good, failure: null, isOutdated: good.at.monotonic < outdated });
      failedAt.delete(endpoint);
    },
    failed: (endpoint, cause) => {
      kept.set(endpoint, { ...viewOf(endpoint), failure: failureOf(cause) });
      failedAt.set(endpoint, clock.monotonic());
    },
    all: (target) => target.endpoints.map(({ name }) => viewOf(name)),
    outdateOthers: (endpoint, then) => {
      outdated = then;
      for (const [name, view] of kept) if (name !== endpoint) kept.set(name, { ...view, isOutdated: true });
    },
    failedSince: (endpoint, then) => (failedAt.get(endpoint) ?? Number.NEGATIVE_INFINITY) >= then,
  };
}
