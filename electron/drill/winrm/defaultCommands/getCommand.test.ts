import { expect, test } from "vitest";
import { property } from "../../../protocol/clixml/look.ts";
import type { CommandVoice } from "../../stampCommand.ts";
import { getCommand } from "./getCommand.ts";
import type { Surroundings } from "./surroundings.ts";

/** The names that a session of this one command finds by these words. */
async function found(commandType: string): Promise<readonly unknown[]> {
  const around: Surroundings = {
    all: () => [own],
    hasInterface: true,
    hasScreen: true,
    width: 80,
    tellHost: () => undefined,
  };
  const own = getCommand(around);
  const invocation = {
    name: own.name,
    parameters: new Map([["CommandType", commandType]]),
    input: [],
    voice: {} as CommandVoice,
    account: "AZS\\cloudadmin",
    endpoint: "AZS-ERCS01",
    culture: "en-US",
    signal: new AbortController().signal,
  };
  const names: unknown[] = [];
  for await (const item of own.run(invocation)) names.push(property(item, "Name"));
  return names;
}

test("kinds of commands are words between commas, with blanks around them", async () => {
  expect(await found("Function")).toEqual(["Get-Command"]);
  expect(await found("alias , FUNCTION")).toEqual(["gcm", "Get-Command"]);
  expect(await found(" Alias\t")).toEqual(["gcm"]);
  expect(await found("Func,tion")).toEqual([]);
});

test("as many blanks as there may be are passed over once", async () => {
  const blanks = " ".repeat(1_000_000);
  expect(await found(`Function${blanks}x`)).toEqual([]);
  expect(await found(`Alias${blanks},${blanks}Function`)).toEqual(["gcm", "Get-Command"]);
});
