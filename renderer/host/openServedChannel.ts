import { ConsoleError } from "#contract";
import type { Channel } from "#rpc";
import type { HeldToken } from "./heldToken.ts";
import { openSocketChannel } from "./socketChannel.ts";
import { askOtherTabs } from "./tabs.ts";

/**
 * A channel to the served console: with the token of this tab, else with that of a tab which is connected. A tab from
 * before the console was started anew comes back that way too.
 */
export async function openServedChannel(url: string, token: HeldToken): Promise<Channel> {
  const held = token.current();
  const channel = held === null ? null : await tried(url, held);
  if (channel !== null) return channel;
  const given = await askOtherTabs();
  const other = given === null || given === held ? null : await tried(url, given);
  if (given === null || other === null)
    throw new ConsoleError("channelLost", held === null ? withoutToken : notTaken, { remedy: "retry" });
  token.keep(given);
  return other;
}

function tried(url: string, token: string): Promise<Channel | null> {
  return openSocketChannel(url, token).catch(() => null);
}

const notTaken =
  "The console does not take this page. When it was started again, paste the address that it printed then into this tab.";
const withoutToken =
  "This tab has no token of the console, and no other tab that is connected gave it one. Paste the address that the console printed into this tab.";
