import { consoleContract } from "#contract";
import type { ConsoleHandlers, HostDescription } from "#contract";
import { memoryPair, serve } from "#rpc";
import type { Channel } from "#rpc";
import { expect, test } from "vitest";
import { createLink } from "./createLink.ts";
import type { LinkState } from "./createLink.ts";

const description: HostDescription = {
  host: "serve",
  version: "0",
  canSaveFile: false,
  canNotify: false,
  canOpenExternal: false,
  canPractise: true,
  suggestedOperator: "ana",
};

/** The page's end of a channel to a console that only says what it is. */
function channelTo(operator: string): { readonly page: Channel; readonly host: Channel } {
  const [page, host] = memoryPair();
  const handlers = { host: { describe: async () => ({ ...description, suggestedOperator: operator }) } };
  serve(consoleContract, handlers as unknown as ConsoleHandlers, host, { log: { write: () => undefined } });
  return { page, host };
}

function until(link: ReturnType<typeof createLink>["link"], phase: LinkState["phase"]): Promise<void> {
  return new Promise((resolve) => {
    if (link.getState().phase === phase) return resolve();
    const leave = link.subscribe((state) => {
      if (state.phase !== phase) return;
      leave();
      resolve();
    });
  });
}

test("a console that goes away is a state, and a press connects again", async () => {
  const [first, second] = [channelTo("first"), channelTo("second")];
  const coming = [first.page];
  const { link } = createLink(async () => coming.shift() ?? second.page);
  await until(link, "connected");
  first.host.close();
  await until(link, "lost");
  link.getState().connectAgain();
  await until(link, "connected");
  expect(link.getState()).toMatchObject({ generation: 2, host: { suggestedOperator: "second" } });
});

test("a page that is told of another console leaves the one it has, and never goes back to it", async () => {
  const [slow, swift] = [channelTo("the one before"), channelTo("the new one")];
  let give = (_channel: Channel): void => undefined;
  const waiting = new Promise<Channel>((resolve) => (give = resolve));
  const answers = [waiting, Promise.resolve(swift.page)];
  const { link, reopen } = createLink(() => answers.shift() ?? waiting);
  const isLeft = new Promise<void>((resolve) => slow.host.onClose(resolve));
  reopen();
  await until(link, "connected");
  give(slow.page);
  await isLeft;
  expect(link.getState()).toMatchObject({ phase: "connected", host: { suggestedOperator: "the new one" } });
});
