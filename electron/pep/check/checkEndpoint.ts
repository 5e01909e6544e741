import type { Rung } from "#contract";
import type { Credential, EndpointAddress } from "../../services/ports.ts";
import { connectionRungs } from "./connectionRungs.ts";
import { failedBy, isSignInRefused, type RungFact, type RungTest } from "./rungTest.ts";

export type CheckEndpointOptions = {
  readonly signal: AbortSignal;
  /** Milliseconds that never jump. */
  readonly monotonic: () => number;
  /** The steps above the sign-in, in order; they run only after it has passed. */
  readonly furtherRungs?: readonly RungTest[];
  /** Told when the endpoint did not take the credential: nothing else makes trying it again dangerous. */
  readonly onSignInRefused?: (sentence: string) => void;
};

/**
 * The connection check of one endpoint: each yield is the full list of its rungs so far. It stops at the first step
 * whose failure blocks the others and reports those as not tested. Never throws but on abort.
 */
export async function* checkEndpoint(
  address: EndpointAddress,
  credential: Credential | null,
  options: CheckEndpointOptions,
): AsyncGenerator<readonly Rung[], void, undefined> {
  const tests = [...connectionRungs(address, credential)];
  if (credential !== null) tests.push(...(options.furtherRungs ?? []));
  let rungs: readonly Rung[] = [
    ...tests.map(({ step }) => waiting(address, step)),
    ...unsigned(address, credential, options),
  ];
  yield rungs;
  for (const [index, { test }] of tests.entries()) {
    options.signal.throwIfAborted();
    yield (rungs = changed(rungs, index, { state: "running" }));
    const start = options.monotonic();
    const { blocks = true, ...fact } = await factOf(test, options);
    rungs = changed(rungs, index, { ...fact, milliseconds: Math.round(options.monotonic() - start) });
    const isEnd = fact.state === "failed" && blocks;
    if (isEnd) rungs = rungs.map((rung, place) => (place > index ? skipped(rung) : rung));
    yield rungs;
    if (isEnd) return;
  }
}

/** Without a credential the steps from the sign-in on are shown, and said not to be tested. */
function unsigned(
  address: EndpointAddress,
  credential: Credential | null,
  options: CheckEndpointOptions,
): readonly Rung[] {
  if (credential !== null) return [];
  const steps = ["signIn" as const, ...(options.furtherRungs ?? []).map((rung) => rung.step)];
  return steps.map((step) => ({
    ...waiting(address, step),
    state: "notTested",
    found: "Not tested: nobody is signed in to this target.",
    fix: "Sign in, then check again.",
  }));
}

async function factOf(test: RungTest["test"], options: CheckEndpointOptions): Promise<RungFact> {
  try {
    return await test(options.signal);
  } catch (error) {
    options.signal.throwIfAborted();
    if (isSignInRefused(error)) options.onSignInRefused?.(error.message);
    return failedBy(error);
  }
}

function changed(rungs: readonly Rung[], at: number, change: Partial<Rung>): readonly Rung[] {
  return rungs.map((rung, index) => (index === at ? { ...rung, ...change } : rung));
}

function waiting(address: EndpointAddress, step: Rung["step"]): Rung {
  const untold = { milliseconds: null, found: "", fix: null, printed: null };
  return { endpoint: address.name, step, state: "waiting", ...untold };
}

function skipped(rung: Rung): Rung {
  return { ...rung, state: "notTested", found: "Not tested: a step before it failed.", fix: null };
}
