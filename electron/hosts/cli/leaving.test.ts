import { expect, test } from "vitest";
import { createLeaving } from "./leaving.ts";

/** A person at the terminal, and the time as it is told here. */
function sitDown() {
  const told: string[] = [];
  let bound: () => void = () => undefined;
  const leaving = createLeaving({
    say: (line) => void told.push(line),
    exit: () => void told.push("left"),
    later: (callBack) => {
      bound = callBack;
    },
  });
  return { leaving, told, pass: () => bound() };
}

test("a second interrupt leaves at once where nothing is to be recorded", () => {
  const { leaving, told } = sitDown();
  leaving.again();
  expect([told, leaving.hurried.aborted]).toEqual([["left"], false]);
});

test("with an act under way it says what it waits for, and hurries that", () => {
  const { leaving, told } = sitDown();
  leaving.awaits("the grant");
  leaving.again();
  expect([told, leaving.hurried.aborted]).toEqual([
    [expect.stringMatching(/^Waiting up to 20 s until the ledger has what became of the grant\./)],
    true,
  ]);
});

test("a third one, or the bound, leaves", () => {
  for (const end of ["third", "bound"] as const) {
    const { leaving, told, pass } = sitDown();
    leaving.awaits("the revoke");
    leaving.again();
    if (end === "third") leaving.again();
    else pass();
    expect(told.at(-1)).toBe("left");
    expect(told.join("\n").includes("Left before")).toBe(end === "bound");
  }
});
