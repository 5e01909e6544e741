import { expect, test } from "vitest";
import type { StampCommand } from "../../stampCommand.ts";
import { commandTypes, listCommands } from "./listCommands.ts";

const command = (name: string, kind: StampCommand["kind"] = "Function"): StampCommand => ({
  name,
  kind,
  module: "",
  parameters: [],
  async *run() {
    yield* [];
  },
});
const commands = [command("Get-B"), command("Out-X", "Cmdlet"), command("Get-A"), command("Set-A")];
const named = (...names: readonly string[]): readonly string[] =>
  listCommands(commands, names, commandTypes.All).map(({ name }) => name);

test("plain names are found in their order; where one of them is a pattern, all are sorted by kind and name", () => {
  expect(named("Set-A", "Get-B")).toEqual(["Set-A", "Get-B"]);
  expect(named("Set-A", "*-B", "Out-X", "Get-A")).toEqual(["Get-A", "Get-B", "Set-A", "Out-X"]);
  expect(named()).toEqual(["Get-A", "Get-B", "Set-A", "Out-X"]);
});
