import { consoleContract, ConsoleError } from "#contract";
import type { ConsoleHandlers } from "#contract";
import { connect, memoryPair, serve } from "#rpc";
import { expect, test } from "vitest";
import { aTarget } from "../../electron/testing/builders.ts";
import { createTargetsStore } from "./createTargetsStore.ts";

const { signal: never } = new AbortController();

/** The store on a real client, with these handlers behind it. */
function storeOn(targets: Partial<ConsoleHandlers["targets"]>) {
  const [page, host] = memoryPair();
  serve(consoleContract, { targets } as ConsoleHandlers, host, { log: { write: () => undefined } });
  const client = connect(consoleContract, page);
  return createTargetsStore(
    client,
    () => 1,
    () => Promise.resolve(),
  ).getState;
}

const credentialOf = (targetId: string) => ({ targetId, account: "AZS\\a", password: "word" });
const busy = new ConsoleError("invalidInput", "Something is being done to this target.");

test("a sign-in that is left is cancelled at the console", async () => {
  const began = Promise.withResolvers<AbortSignal>();
  const state = storeOn({
    signIn: (_input, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason as Error));
        began.resolve(signal);
      }),
  });
  const leaving = new AbortController();
  const signedIn = state().signIn(credentialOf("t"), leaving.signal);
  const atConsole = await began.promise;
  leaving.abort();
  state().forgetSigningIn();
  await signedIn;
  await expect.poll(() => atConsole.aborted).toBe(true);
  expect(state().signingIn).toBeNull();
});

test.each(["done", "refused"])("a sign-in that is %s late does not show in the next one", async (end) => {
  const late = Promise.withResolvers<void>();
  const state = storeOn({
    signIn: async ({ targetId }) => {
      if (targetId === "first") await late.promise;
      else await new Promise(() => undefined);
      return aTarget({ id: targetId });
    },
  });
  const first = state().signIn(credentialOf("first"), never);
  state().forgetSigningIn();
  void state().signIn(credentialOf("second"), never);
  if (end === "done") late.resolve();
  else late.reject(busy);
  await first;
  expect(state().signingIn).toEqual({ targetId: "second", work: { phase: "waiting" } });
});

test("a sign-out that fails is told at its target until it is tried again", async () => {
  let isBusy = true;
  const state = storeOn({
    signOut: async () => {
      if (isBusy) throw busy;
      return null;
    },
  });
  await state().signOut("t");
  expect(state().signOutTroubles).toEqual({ t: expect.objectContaining({ sentence: busy.message }) });
  expect(state().signingIn).toBeNull();
  isBusy = false;
  await state().signOut("t");
  expect(state().signOutTroubles).toEqual({});
});

test("a target is removed once, however often it is asked for, and a failure stays with it", async () => {
  let asked = 0;
  const state = storeOn({
    remove: async () => {
      asked += 1;
      throw busy;
    },
  });
  await Promise.all([state().remove("t"), state().remove("t")]);
  expect(asked).toBe(1);
  expect(state().removing).toMatchObject({ targetId: "t", work: { phase: "failed" } });
  state().forgetRemoving();
  expect(state().removing).toBeNull();
});
