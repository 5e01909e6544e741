import { consoleContract } from "#contract";
import type { ConsoleHandlers } from "#contract";
import { memoryPair, serve } from "#rpc";
import type { Channel } from "#rpc";
import { expect, test } from "vitest";
import { createLink } from "./openConsole.ts";

const described = {
  host: "serve",
  canSaveFile: false,
  canNotify: false,
  canOpenExternal: false,
  canPractise: true,
  suggestedOperator: "",
  shell: { data: null, rsc: null },
} as const;

/** A channel to a console of this version, and whether the page has closed it. */
function consoleOf(version: string) {
  const [page, host] = memoryPair();
  const state = { isClosed: false };
  host.onClose(() => {
    state.isClosed = true;
  });
  const handlers = { host: { describe: async () => ({ ...described, version }) } };
  serve(consoleContract, handlers as unknown as ConsoleHandlers, host, { log: { write: () => undefined } });
  return { page, state };
}

test("a link that is opened anew leaves the channel it had, and is never told lost for it", async () => {
  const first = consoleOf("1");
  const second = consoleOf("2");
  const channels = [first.page, second.page];
  const { link, reopen } = createLink(() => Promise.resolve(channels.shift() as Channel));
  const phases: string[] = [];
  link.subscribe(({ phase }) => phases.push(phase));
  await expect.poll(() => link.getState().phase).toBe("connected");
  reopen();
  await expect.poll(() => link.getState().host?.version).toBe("2");
  await expect.poll(() => first.state.isClosed).toBe(true);
  expect(link.getState()).toMatchObject({ phase: "connected", generation: 2 });
  expect(phases).not.toContain("lost");
});

test("a channel that opens late, when another was asked for, is closed and used by nobody", async () => {
  const late = consoleOf("late");
  const newer = consoleOf("newer");
  const opening = Promise.withResolvers<Channel>();
  const channels = [opening.promise, Promise.resolve(newer.page)];
  const { link, reopen } = createLink(() => channels.shift() as Promise<Channel>);
  reopen();
  await expect.poll(() => link.getState().host?.version).toBe("newer");
  opening.resolve(late.page);
  await expect.poll(() => late.state.isClosed).toBe(true);
  expect(link.getState()).toMatchObject({ phase: "connected", generation: 1 });
});
