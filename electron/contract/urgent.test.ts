import { expect, test } from "vitest";
import { consoleContract } from "./index.ts";

test("what shuts a door or answers for it is urgent, and nothing else is", () => {
  const urgent = Object.entries(consoleContract).flatMap(([area, operations]) =>
    Object.entries(operations).flatMap(([verb, operation]) => (operation.urgent ? [`${area}.${verb}`] : [])),
  );
  expect(urgent.toSorted()).toEqual(["consent.answer", "grants.revoke", "grants.stop"]);
});
