import { expect, test } from "vitest";
import { inMemory } from "../testing/spokenEndpoints.ts";

/* An endpoint that tells a pipeline's last state, and never CommandState Done: the state stands, and nothing hangs. */

const never = new AbortController().signal;
const scripts = { "Get-Next": async () => ["next"] };
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
