import { consoleContract, ConsoleError } from "#contract";
import type { ConsoleHandlers } from "#contract";
import { connect, memoryPair, serve } from "#rpc";
import { expect, test } from "vitest";
import { anOverview, aTarget } from "../../electron/testing/builders.ts";
import { createTargetsStore } from "./createTargetsStore.ts";
import type { Wait } from "./work.ts";

const { signal: never } = new AbortController();

/** The store on a real client, with these handlers behind it. */
function storeOn(
  targets: Partial<ConsoleHandlers["targets"]>,
  now: () => number = () => 1,
  wait: Wait = () => Promise.resolve(),
) {
  const [page, host] = memoryPair();
  serve(consoleContract, { targets } as ConsoleHandlers, host, { log: { write: () => undefined } });
  const client = connect(consoleContract, page);
  return createTargetsStore(client, now, wait).getState;
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

test("a door grows old while the console is there and has nothing new to tell", async () => {
  const answeredAt = "2026-11-24T03:00:00.000Z";
  const overview = { ...anOverview({}, { answeredAt }), toldAt: "2026-11-24T03:00:10.000Z" };
  let now = Date.parse(overview.toldAt);
  const leaving = new AbortController();
  const state = storeOn(
    {
      watch: async function* (_input, signal) {
        yield [overview];
        await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      },
    },
    () => now,
    async (milliseconds) => {
      now += milliseconds;
    },
  );
  const watched = state().watch(leaving.signal);
  await expect.poll(() => state().overviews?.[0]?.door.state).toBe("unknown");
  expect(state().trouble).toBeNull();
  leaving.abort();
  await watched;
});

test("a door grows old by the console's time, however wrong the page's clock is", async () => {
  const hour = 3_600_000;
  const answeredAt = "2026-11-24T03:00:00.000Z";
  const overview = { ...anOverview({}, { answeredAt }), toldAt: "2026-11-24T03:00:10.000Z" };
  for (const off of [-3 * hour, 0, 3 * hour]) {
    let now = Date.parse(overview.toldAt) + off;
    const waited: number[] = [];
    const state = storeOn(
      {
        watch: async function* () {
          yield [overview];
          throw new ConsoleError("channelLost", "gone");
        },
      },
      () => now,
      async (milliseconds) => {
        waited.push(milliseconds);
        now += milliseconds;
      },
    );
    await state().watch(never);
    expect(waited).toEqual([50_000]);
    expect(state().consoleAheadMs).toBe(0 - off);
    expect(state().overviews?.[0]?.door.state).toBe("unknown");
  }
});
