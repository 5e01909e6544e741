import { expect, test } from "vitest";
import { arrayList, psObject } from "../protocol/clixml/build.ts";
import { hostMethods } from "../protocol/psrp/hostMethods.ts";
import { inMemory } from "../testing/spokenEndpoints.ts";

/* An endpoint that tells a pipeline's last state, and never CommandState Done: the state stands, and nothing hangs. */

const never = new AbortController().signal;
const scripts = { "Get-Next": async () => ["next"] };
const closed = new Error("window closed");
const command = { name: "Get-Next", parameters: [] };

test("what the command gave is kept, and its runspace is not used again", async () => {
  await using on = await inMemory(scripts);
  on.memory.isSayingDone = false;
  const first = await on.clock.until(on.conversation.run(command, { signal: never, changes: true }));
  expect(first).toMatchObject({ end: "completed", output: ["next"] });
  expect(on.clock.monotonic()).toBeLessThanOrEqual(5_000);
  on.memory.isSayingDone = true;
  const second = on.conversation.run(command, { signal: never, changes: true });
  expect((await on.clock.until(second)).output).toEqual(["next"]);
  expect(on.memory.requests.filter((action) => action === "Create")).toHaveLength(2);
  expect(on.shells()).toHaveLength(1);
});

test("a connection that breaks instead takes nothing away either", async () => {
  await using on = await inMemory(scripts);
  on.memory.isSayingDone = false;
  let [ended, lost] = [false, 0];
  on.memory.commands.set("Get-Next", () => {
    ended = true;
    return ["next"];
  });
  let receives = 0;
  on.memory.mishap = (action) => {
    if (!ended || action !== "Receive" || (receives += 1) === 1) return null;
    lost += 1;
    return "lostBefore";
  };
  const run = await on.clock.until(on.conversation.run(command, { signal: never, changes: true }));
  expect(run).toMatchObject({ end: "completed", output: ["next"] });
  expect(lost).toBe(2);
});

test("a stop that comes after the last state ends the waiting, and takes nothing away", async () => {
  await using on = await inMemory(scripts);
  on.memory.isSayingDone = false;
  const stop = new AbortController();
  const running = on.conversation.run(command, { signal: stop.signal, changes: true });
  await on.clock.advance(500);
  stop.abort(closed);
  expect(await on.clock.until(running)).toMatchObject({ end: "completed", output: ["next"] });
  expect([on.clock.monotonic(), on.memory.signals]).toEqual([500, []]);
});

test("what was stopped before its last state is told as stopped, and its Done is waited for", async () => {
  await using on = await inMemory({
    ...scripts,
    "Get-Nothing": ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      }),
  });
  const stop = new AbortController();
  const nothing = { name: "Get-Nothing", parameters: [] };
  const running = on.conversation.run(nothing, { signal: stop.signal, changes: true });
  const told = running.catch((error: unknown) => error);
  await on.clock.advance(500);
  on.memory.isSayingDone = false;
  stop.abort(closed);
  await on.clock.advance(500);
  on.memory.isSayingDone = true;
  on.memory.wake();
  expect(await on.clock.until(told)).toBe(closed);
  expect(await on.conversation.run(command, { signal: never, changes: true })).toMatchObject({
    output: ["next"],
  });
  expect([on.clock.monotonic(), on.memory.requests.filter((action) => action === "Create")]).toEqual([
    1_000,
    ["Create"],
  ]);
});

test("an answer that is lost after the last state held no question", async () => {
  await using on = await inMemory(scripts);
  on.memory.isSayingDone = false;
  let lost = 0;
  on.memory.mishap = (action, count) => {
    if (action !== "Receive" || count < 5) return null;
    lost += 1;
    return lost === 1 ? "lostBefore" : null;
  };
  const options = { signal: never, changes: true, ask: async () => "yes" as const };
  const running = on.conversation.run(command, options);
  expect(await on.clock.until(running)).toMatchObject({ end: "completed", output: ["next"] });
  expect(lost).toBeGreaterThan(0);
});

test("a question is taken back with the last state, and a late answer changes nothing", async () => {
  await using on = await inMemory({});
  on.memory.isSayingDone = false;
  const [asked, answer] = [Promise.withResolvers<AbortSignal>(), Promise.withResolvers<"yes">()];
  const choices = ["&Yes", "&No"].map((label) => psObject({ extended: { label, helpMessage: "" } }));
  on.memory.commands.set("Ask-Operator", async (voice) => {
    const shown = ["the terms", "Proceed?", arrayList(choices), 0];
    voice.call(hostMethods.promptForChoice, shown).catch(() => undefined);
    await asked.promise;
    return ["went on"];
  });
  const asking = { name: "Ask-Operator", parameters: [] };
  const running = on.conversation.run(asking, {
    signal: never,
    changes: true,
    ask: (_question, taken) => {
      asked.resolve(taken);
      return answer.promise;
    },
  });
  await on.clock.advance(1);
  expect((await asked.promise).aborted).toBe(true);
  answer.resolve("yes");
  expect(await on.clock.until(running)).toMatchObject({
    end: "completed",
    output: ["went on"],
    answer: "notAsked",
  });
});
