import { memoryPair } from "#rpc";
import type { Channel } from "#rpc";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createHandOver } from "./handOver.ts";
import { openServedChannel } from "./servedChannel.ts";
import { createTabTokens } from "./tabTokens.ts";

const channels: BroadcastChannel[] = [];
beforeEach(() => {
  sessionStorage.clear();
  history.replaceState(null, "", "/");
});
afterEach(() => {
  for (const channel of channels.splice(0)) channel.close();
});

/** One tab's end of the hand-over; `working` is the token by which it is connected. */
function tab(working: string | null, patience: () => Promise<void> = () => new Promise(() => undefined)) {
  const channel = new BroadcastChannel("tabs of one origin");
  channels.push(channel);
  return createHandOver({ channel, working: () => working, patience });
}

/** A console that takes exactly these tokens, and what it was shown. */
function consoleTaking(...taken: readonly string[]) {
  const shown: string[] = [];
  const open = async (token: string): Promise<Channel> => {
    shown.push(token);
    if (!taken.includes(token)) throw new Error("the socket closed before it opened");
    return memoryPair()[0];
  };
  return { open, shown };
}

const atOnce = () => Promise.resolve();

test("a tab without a token is let in by one that is connected, and keeps the token for itself", async () => {
  tab(null);
  tab("secret");
  const tokens = createTabTokens(window);
  const { open } = consoleTaking("secret");
  await openServedChannel({ tokens, handOver: tab(null), open });
  expect(tokens.candidates()).toEqual(["secret"]);
});

test("where no tab is connected nothing is handed over, and the tab says what to do", async () => {
  tab(null);
  const { open, shown } = consoleTaking("secret");
  const asked = openServedChannel({ tokens: createTabTokens(window), handOver: tab(null, atOnce), open });
  await expect(asked).rejects.toThrow(/Open the whole address that the console printed/);
  expect(shown).toEqual([]);
});

test("a tab whose token is of an earlier start takes the one another tab is connected by", async () => {
  history.replaceState(null, "", "/#token=earlier");
  const tokens = createTabTokens(window);
  tokens.takeFromAddress();
  tab("later");
  const { open, shown } = consoleTaking("later");
  await openServedChannel({ tokens, handOver: tab(null), open });
  expect(shown).toEqual(["earlier", "later"]);
  expect(createTabTokens(window).candidates()).toEqual(["later"]);
});

test("a wrong address pasted into a tab that works leaves it with the token it had", async () => {
  history.replaceState(null, "", "/#token=good");
  const tokens = createTabTokens(window);
  tokens.takeFromAddress();
  history.replaceState(null, "", "/#token=wrong");
  tokens.takeFromAddress();
  const { open } = consoleTaking("good");
  await openServedChannel({ tokens, handOver: null, open });
  expect(tokens.candidates()).toEqual(["good"]);
});

test("a token is handed to the tab that asked, and only on its own question", async () => {
  tab("secret");
  const heard: unknown[] = [];
  const other = new BroadcastChannel("tabs of one origin");
  channels.push(other);
  other.addEventListener("message", ({ data }: MessageEvent<unknown>) => void heard.push(data));
  other.postMessage({ kind: "wanted" });
  other.postMessage("wanted");
  expect(await tab(null).ask()).toBe("secret");
  expect(heard.filter((data) => JSON.stringify(data).includes("secret"))).toHaveLength(1);
});
