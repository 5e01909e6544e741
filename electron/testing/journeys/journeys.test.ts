import { describe, expect, test } from "vitest";
import { channels } from "./channels.ts";
import { journeys } from "./journeys.ts";
import { openOver } from "./opened.ts";

describe.each(channels)("over $name", ({ join }) => {
  test.each(journeys)("$sentence", async ({ walk }) => {
    await using opened = await openOver(join);
    await expect(walk(opened)).resolves.toBeUndefined();
  });
});
