import { expect, test } from "vitest";
import { arrayList, psObject } from "../protocol/clixml/build.ts";
import type { ClixmlValue } from "../protocol/clixml/value.ts";
import { hostMethods } from "../protocol/psrp/hostMethods.ts";
import { memoryAddress as address, memoryCredential as credential } from "../testing/memoryAddress.ts";
import { MemoryEndpoint } from "../testing/memoryEndpoint.ts";
import type { Voice } from "../testing/scriptedCommand.ts";
import { offeredEnable } from "../testing/offeredEnable.ts";
import { stillClock } from "../testing/stillClock.ts";
import { createEndpoints } from "./createEndpoints.ts";
import { quietEvents } from "../testing/commandEvents.ts";

/* An endpoint that never stops asking: fifty calls of one command are answered, then it is stopped. */

const never = new AbortController().signal;
const choice = (label: string): ClixmlValue => psObject({ extended: { label, helpMessage: "" } });
const yesNo = arrayList([choice("&Yes"), choice("&No")]);
const [getName, readLine] = [1, 11];

/** Asks a hundred times, and tells how often it got an answer. */
const insisting = (
  endpoint: MemoryEndpoint,
  name: string,
  method: number,
  values: readonly ClixmlValue[],
) => {
  const seen = { answers: 0 };
  endpoint.commands.set(name, async (voice: Voice) => {
    for (let time = 0; time < 100; time++) {
      await voice.call(method, values);
      seen.answers += 1;
    }
    return [];
  });
  return seen;
};

test.each([
  ["a question of Yes or No", hostMethods.promptForChoice, ["the terms", "Proceed?", yesNo, 0]],
  ["the name of our host", getName, []],
])("%s, put a hundred times by a grant, stops it after fifty", async (_, method, values) => {
  const endpoint = new MemoryEndpoint();
  const clock = stillClock();
  endpoint.commands.set("Get-Command", () => [offeredEnable]);
  const seen = insisting(endpoint, "Enable-RemoteSupport", method, values);
  const endpoints = createEndpoints({ clock, connect: endpoint.connect });
  const runspace = await endpoints.open(address, credential, never);
  let asked = 0;
  const ask = async (): Promise<"yes"> => {
    asked += 1;
    return "yes";
  };
  const enabling = runspace.enable({ level: "Diagnostics", minutes: 480 }, ask, quietEvents, never);
  await expect(enabling).rejects.toMatchObject({ code: "refused" });
  expect(seen.answers).toBe(50);
  expect(asked).toBe(method === hostMethods.promptForChoice ? 50 : 0);
  expect(endpoint.signals).toEqual(["powershell/signal/crtl_c"]);
});

test.each([
  ["a line to be typed, which is refused each time", readLine],
  ["the name of our host", getName],
])("%s, wanted a hundred times by a reading, stops it after fifty", async (_, method) => {
  const endpoint = new MemoryEndpoint();
  const seen = insisting(endpoint, "Get-RemoteSupportAccess", method, []);
  const endpoints = createEndpoints({ clock: stillClock(), connect: endpoint.connect });
  const runspace = await endpoints.open(address, credential, never);
  await expect(runspace.readAccess({ includeExpired: false }, never)).rejects.toMatchObject({
    code: "refused",
  });
  expect(seen.answers).toBe(50);
  // The runspace goes on.
  endpoint.commands.set("Get-RemoteSupportAccess", () => []);
  expect(await runspace.readAccess({ includeExpired: false }, never)).toEqual({
    grants: [],
    notUnderstood: [],
  });
  expect(endpoint.requests.filter((action) => action === "Create")).toHaveLength(1);
});
