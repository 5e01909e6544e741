import { expect, test } from "vitest";
import { ConsoleError } from "#contract";
import { memoryAddress, memoryCredential } from "../testing/memoryAddress.ts";
import { MemoryEndpoint } from "../testing/memoryEndpoint.ts";
import { stillClock } from "../testing/stillClock.ts";
import { createEndpoints } from "./createEndpoints.ts";

/* The machine answers every request, and each runspace that is opened there dies before its command is done. */

const never = new AbortController().signal;

function bench() {
  const clock = stillClock();
  const endpoint = new MemoryEndpoint(clock);
  endpoint.commands.set("Get-RemoteSupportAccess", () => []);
  const endpoints = createEndpoints({ clock, connect: endpoint.connect });
  const read = async (): Promise<unknown> => {
    const runspace = await endpoints.open(memoryAddress, memoryCredential, never);
    return await runspace.readAccess({ includeExpired: false }, never);
  };
  /** The command of the runspace that was opened last was sent. */
  const isAsked = (): boolean =>
    endpoint.requests.lastIndexOf("Command") > endpoint.requests.lastIndexOf("Create");
  return { clock, endpoint, read, isAsked };
}

/** The error that a reading ends with. */
async function failureOf({ clock, read }: ReturnType<typeof bench>): Promise<ConsoleError> {
  const error: unknown = await clock.until(
    read().then(
      () => expect.unreachable("it should have failed"),
      (reason: unknown) => reason,
    ),
  );
  expect(error).toBeInstanceOf(ConsoleError);
  return error as ConsoleError;
}

const deaths = [995, 2_150_858_843, 2_150_859_230, 2_152_990_672, 2_152_991_676];

test.each(deaths.flatMap((code) => (["Command", "Receive"] as const).map((at) => [code, at] as const)))(
  "fault %i at every %s: the conversation is lost, and the machine is not called unreachable",
  async (code, at) => {
    const on = bench();
    on.endpoint.mishap = (action) => (action === at && on.isAsked() ? code : null);
    const error = await failureOf(on);
    expect([error.code, error.remedy]).toEqual(["conversationLost", "retry"]);
    expect(error.message).toContain(memoryAddress.name);
  },
);

test("a shell that is gone whenever it is asked is a lost conversation", async () => {
  const on = bench();
  on.endpoint.mishap = (action) => {
    if (action === "Command") on.endpoint.shells.clear();
    return null;
  };
  expect((await failureOf(on)).code).toBe("conversationLost");
});

test.each(deaths)("one that died once, by fault %i, is replaced, and nobody hears of it", async (code) => {
  const on = bench();
  let times = 0;
  on.endpoint.mishap = (action) => (action === "Receive" && on.isAsked() && times++ === 0 ? code : null);
  expect(await on.clock.until(on.read())).toEqual({ grants: [], notUnderstood: [] });
});
