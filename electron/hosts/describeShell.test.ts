import { describe, expect, test } from "vitest";
import { usualDataFolder } from "./dataFolder.ts";
import { describeShell } from "./describeShell.ts";

test("the data folder is named where a command line that is told nothing would take another", () => {
  expect(describeShell(usualDataFolder()).data).toBeNull();
  expect(describeShell(null).data).toBeNull();
  expect(describeShell("/srv/console").data).toBe("/srv/console");
});

describe("a checkout", () => {
  test("says for each kind of shell what makes `rsc` a command", () => {
    const { rsc } = describeShell(null);
    expect(rsc?.bash).toMatch(/^rsc\(\) \{ '.*' '.*main\.ts' "\$@"; \}$/);
    expect(rsc?.powershell).toMatch(/^function rsc \{ & '.*' '.*main\.ts' @args \}$/);
  });
});
