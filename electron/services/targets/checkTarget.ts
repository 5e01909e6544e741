import type { Ladder, Rung } from "#contract";
import type { World } from "../world.ts";
import { addressOf } from "./reach.ts";

/**
 * The connection check, endpoint after endpoint. Once a sign-in was refused, here or before, it is not tried again by
 * itself: the same password at each endpoint would lock the account. One rung says what was refused.
 */
export async function* checkTarget(
  world: World,
  targetId: string,
  signal: AbortSignal,
): AsyncGenerator<Ladder, void, undefined> {
  const { registry, ports } = world;
  const target = registry.find(targetId);
  const given = registry.credential(targetId);
  let refusal = given === null ? (registry.whySignedOut(targetId)?.sentence ?? null) : null;
  let done: readonly Rung[] = [];
  const onRefused = (sentence: string): void => {
    refusal = sentence;
    if (given !== null && registry.credential(targetId) === given)
      registry.signOut(targetId, { code: "signInRefused", sentence, remedy: "signIn" });
  };
  for (const endpoint of target.endpoints) {
    const credential = refusal === null ? given : null;
    const before = refusal;
    let rungs: readonly Rung[] = [];
    for await (const found of ports.endpoints.check(
      addressOf(target, endpoint),
      credential,
      signal,
      onRefused,
    )) {
      if (signal.aborted) return;
      rungs = before === null ? found : withRefusal(found, before, done.some(saysRefused));
      yield { rungs: [...done, ...rungs], finished: false };
    }
    done = [...done, ...rungs];
  }
  yield { rungs: done, finished: true };
}

const saysRefused = ({ step, state }: Rung): boolean => step === "signIn" && state === "failed";

/** The rungs of an endpoint at which nobody signs in any more, in the words of the refusal. */
function withRefusal(rungs: readonly Rung[], refusal: string, said: boolean): readonly Rung[] {
  const at = rungs.findIndex(({ step }) => step === "signIn");
  const reached = rungs.slice(0, at).every(({ state }) => state === "passed" || state === "warned");
  return rungs.map((rung, index) => {
    if (!reached || rung.state !== "notTested" || index < at) return rung;
    if (index === at && !said)
      return { ...rung, state: "failed", found: refusal, fix: "Sign in anew, then check again." };
    return {
      ...rung,
      found: "Not tested: the sign-in was refused, and is not tried again by itself.",
      fix: null,
    };
  });
}
