import { expect, test } from "vitest";
import { defaultCommands } from "../../../published/defaultCommands.ts";
import { createStampCommands } from "../../commands/stampCommands.ts";
import { emptyStamp } from "../../model/history.ts";
import { createStampModel } from "../../model/stampModel.ts";
import { defaultSwitches } from "../../stampSwitches.ts";
import type { StampSwitches } from "../../stampSwitches.ts";
import { withDefaultCommands } from "./withDefaultCommands.ts";

function namesOf(change: Partial<StampSwitches>): readonly string[] {
  const switches = { ...defaultSwitches, ...change };
  const model = createStampModel({
    initial: emptyStamp(1, 0),
    now: () => new Date(0),
    speed: 1,
    switches: () => switches,
    onChange: () => undefined,
  });
  const own = createStampCommands({ model, switches: () => switches, restartEndpoint: () => undefined })();
  const around = { hasInterface: true, hasScreen: true, width: 80, tellHost: () => undefined };
  return withDefaultCommands(own, around).map(({ name }) => name);
}

/* domain.md 2.3: beside the eight of every restricted session, what is documented for the privileged endpoint. */
const privilegedEndpoint = [
  "Close-PrivilegedEndpoint",
  "Get-AzureStackStampInformation",
  "Get-SupportSessionToken",
  "Get-TLSPolicy",
  "Unlock-SupportSession",
];
const remoteSupport = [
  "Disable-RemoteSupport",
  "Enable-RemoteSupport",
  "Get-RemoteSupportAccess",
  "Get-RemoteSupportSessionHistory",
];

test("the practice stamp has these commands and no other", () => {
  expect(namesOf({}).toSorted()).toEqual(
    [...defaultCommands, ...privilegedEndpoint, ...remoteSupport].toSorted(),
  );
});

test("an old one has none for remote support", () => {
  expect(namesOf({ version: "old" }).toSorted()).toEqual(
    [...defaultCommands, ...privilegedEndpoint].toSorted(),
  );
});
