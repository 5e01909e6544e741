import { afterAll, describe, expect, test } from "vitest";
import { WorkCounter } from "../../testing/workCounter.ts";
import type { NamespaceScope as Scope } from "./namespaces.ts";

const work = await WorkCounter.begin("protocol/xml/namespaces.ts");
afterAll(() => work[Symbol.dispose]());
const { NamespaceScope } = await import("./namespaces.ts");

/** Sixteen declarations on each of so many elements, one in the other. */
function nested(elements: number): Scope {
  const scope = new NamespaceScope();
  for (let depth = 1; depth <= elements; depth++)
    for (let at = 0; at < 16; at++) scope.declare(`p${depth}-${at}`, `urn:${depth}:${at}`, depth, 0);
  return scope;
}

describe("what is declared further in", () => {
  test("hides what was declared outside, until its element ends", () => {
    const scope = new NamespaceScope();
    const seen = (): readonly string[] => [scope.defaultNamespace, scope.resolve("a", 0)];
    scope.declare("", "urn:1", 1, 0);
    scope.declare("a", "urn:a1", 1, 0);
    scope.declare("a", "urn:a3", 3, 0);
    scope.declare("", "", 4, 0);
    scope.declare("a", "urn:a4", 4, 0);
    expect(seen()).toEqual(["", "urn:a4"]);
    scope.leave(4);
    expect(seen()).toEqual(["urn:1", "urn:a3"]);
    scope.leave(3);
    scope.leave(2);
    expect(seen()).toEqual(["urn:1", "urn:a1"]);
    scope.leave(1);
    expect(scope.defaultNamespace).toBe("");
    expect(() => scope.resolve("a", 7)).toThrow(expect.objectContaining({ code: "prefix", position: 7 }));
    expect(scope.resolve("xml", 0)).toBe("http://www.w3.org/XML/1998/namespace");
  });
});

describe.each([
  ["a look-up", (scope: Scope) => void scope.resolve("p1-0", 0)],
  [
    "an element that declares one",
    (scope: Scope) => {
      scope.declare("a", "urn:a", 100, 0);
      scope.leave(100);
    },
  ],
])("%s", (_, act) => {
  test("is as much work with few declarations in scope as with many", async () => {
    const works: number[] = [];
    for (const elements of [5, 50]) {
      const scope = nested(elements);
      const turns = (): void => {
        for (let turn = 0; turn < 100; turn++) act(scope);
      };
      works.push(await work.during(turns));
    }
    expect(works[0]).toBeGreaterThanOrEqual(100);
    expect(works[1]).toBe(works[0]);
  });
});
