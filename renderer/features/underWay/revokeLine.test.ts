import { expect, test } from "vitest";
import { targetCommands } from "../../../electron/services/grants/commandLines.ts";
import { revokeLine } from "./revokeLine.ts";

test.each(["stamp-1", "Practice stamp", 'a "b" $c `d` \\e'])("the line is the console's own: %s", (name) => {
  expect(revokeLine(name)).toBe(targetCommands(name, null, new Date(0)).revoke.cli);
});
