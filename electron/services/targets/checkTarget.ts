import type { Ladder, Rung } from "#contract";
import type { World } from "../world.ts";
import { addressOf } from "./reach.ts";

/**
 * The connection check, endpoint after endpoint. Once a sign-in was refused, here or before, it is not tried again by
 * itself: the same password at each endpoint would lock the account. The first endpoint's rung then says why.
 */
export async function* checkTarget(
  world: World,
  targetId: string,
  signal: AbortSignal,
): AsyncGenerator<Ladder, void, undefined> {
  const target = world.registry.find(targetId);
  let credential = world.registry.credential(targetId);
  let refusal = credential === null ? (world.registry.whySignedOut(targetId)?.sentence ?? null) : null;
  let done: readonly Rung[] = [];
  for (const endpoint of target.endpoints) {
    let rungs: readonly Rung[] = [];
    for await (const found of world.ports.endpoints.check(addressOf(target, endpoint), credential, signal)) {
      if (signal.aborted) return;
      rungs = refusal === null ? found : withRefusal(found, refusal, done.length === 0);
      yield { rungs: [...done, ...rungs], finished: false };
    }
    done = [...done, ...rungs];
    const refused = rungs.find((rung) => rung.step === "signIn" && rung.state === "failed");
    if (refused === undefined) continue;
    credential = null;
    refusal = refused.found;
  }
  yield { rungs: done, finished: true };
}

/** The rungs of an endpoint at which nobody signs in any more, in the words of the refusal. */
function withRefusal(rungs: readonly Rung[], refusal: string, first: boolean): readonly Rung[] {
  const at = rungs.findIndex(({ step }) => step === "signIn");
  const reached = rungs.slice(0, at).every(({ state }) => state === "passed" || state === "warned");
  return rungs.map((rung, index) => {
    if (rung.state !== "notTested" || index < at) return rung;
    if (index === at && reached && first)
      return { ...rung, state: "failed", found: refusal, fix: "Sign in anew, then check again." };
    return {
      ...rung,
      found: "Not tested: the sign-in was refused, and is not tried again by itself.",
      fix: null,
    };
  });
}
