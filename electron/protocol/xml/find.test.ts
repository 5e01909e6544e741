import { expect, test } from "vitest";
import { attribute, child, childElements, children, textOf } from "./find.ts";
import { readXml } from "./read.ts";

const shell = readXml(
  '<a xmlns="urn:1" xmlns:o="urn:2" o:N="2" N="1"> <b>x</b><o:b>y</o:b><b>z<c/>!</b></a>',
);

test("children are found by namespace and name", () => {
  expect(children(shell, "urn:1", "b").map(textOf)).toEqual(["x", "z!"]);
  expect(child(shell, "urn:2", "b")).toMatchObject({ children: ["y"] });
  expect(child(shell, "", "b")).toBeNull();
  expect(childElements(shell)).toHaveLength(3);
});

test("attributes are in no namespace unless one is asked for", () => {
  expect([attribute(shell, "N"), attribute(shell, "N", "urn:2"), attribute(shell, "M")]).toEqual([
    "1",
    "2",
    null,
  ]);
});
