import { afterAll, beforeAll, expect, test } from "vitest";
import { type ActName, type Done, doAct } from "./acts.ts";
import { globalTimers } from "./globalTimers.ts";
import { againstLedger, type Before, beforeOf, contradictions } from "./oracle.ts";
import { openStage, type Stage, stampState } from "./stage.ts";
import { VirtualTime } from "./virtualTime.ts";

let time = new VirtualTime();
let timers: Disposable;
beforeAll(() => {
  timers = globalTimers(() => time);
});
afterAll(() => timers[Symbol.dispose]());

type Acted = { readonly stage: Stage; readonly before: Before; readonly done: Done };

/** An act without a fault, on a stamp whose door is as it says. */
async function acted(act: ActName, door: "open" | "shut"): Promise<Acted> {
  time = new VirtualTime();
  const stage = await openStage(time, null, { state: stampState(door), seed: 1 });
  const before = beforeOf(stage);
  return { stage, before, done: await time.until(doAct(act, stage)) };
}

/** What somebody says who did not look. */
const lies = (act: ActName, { stage, before, done }: Acted): readonly string[] =>
  contradictions(act, stage, before, done);

test.each<[ActName, "open" | "shut"]>([
  ["list", "open"],
  ["transcript", "open"],
  ["revoke", "open"],
  ["grant", "shut"],
  ["decline", "shut"],
  ["stop", "shut"],
])("%s without a fault contradicts nothing, and the ledger has it", async (act, door) => {
  const on = await acted(act, door);
  expect(lies(act, on)).toEqual([]);
  expect(await time.until(againstLedger(act, on.stage, on.done))).toEqual([]);
});

test("granted, said of a door that is shut, is a lie", async () => {
  const granted = await acted("grant", "shut");
  granted.stage.model.disable(0);
  expect(lies("grant", granted)).toEqual([expect.stringMatching(/^granted, but 0 grants are open/)]);
});

test("closed, said of a door that is open, is a lie", async () => {
  const closed = await acted("revoke", "open");
  closed.stage.model.enable({ level: "Diagnostics", minutes: 480, account: "AZS\\other", instance: 0 });
  expect(lies("revoke", closed)[0]).toMatch(/^closed, but 1 grants and 0 sessions are open/);
});

test("a list without a grant, a transcript of another text and a failure that granted are lies", async () => {
  const listed = await acted("list", "open");
  expect(lies("list", { ...listed, done: { ...listed.done, told: { kind: "grants", grants: [] } } })).toEqual(
    ["0 grants were read, not the 2 that there are"],
  );
  const read = await acted("transcript", "open");
  const told = { kind: "transcript", text: "another" } as const;
  expect(lies("transcript", { ...read, done: { ...read.done, told } })).toHaveLength(1);
  const granted = await acted("grant", "shut");
  const error = { kind: "undeclared", error: new Error("a mistake") } as const;
  expect(lies("grant", { ...granted, done: { ...granted.done, told: error } })).toHaveLength(1);
});

test("a grant that nobody agreed to is found, whatever was told", async () => {
  const granted = await acted("grant", "shut");
  expect(lies("grant", { ...granted, done: { ...granted.done, answered: "never" } })).toEqual([
    "a grant was made, but it was answered: never",
  ]);
  expect(lies("decline", { ...granted, done: { ...granted.done, answered: "no" } }).length).toBeGreaterThan(
    0,
  );
});

test("a receipt that says something else than the operator was told is found", async () => {
  const declined = await acted("decline", "shut");
  const ledger = async (done: Done): Promise<readonly string[]> =>
    await time.until(againstLedger("decline", declined.stage, done));
  expect(await ledger({ ...declined.done, answered: "stopped" })).toEqual(["declined, but nobody said No"]);
  const { told } = await acted("grant", "shut").then(({ done }) => done);
  expect((await ledger({ told, answered: "yes" })).length).toBeGreaterThan(0);
});
