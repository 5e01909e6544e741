import { consoleContract, ConsoleError } from "#contract";
import type { ConsoleClient, HostDescription } from "#contract";
import { connect } from "#rpc";
import type { Channel } from "#rpc";
import { createStore } from "zustand";
import type { StoreApi } from "zustand";
import { readAddress } from "./consoleAddress.ts";
import { createHandOver } from "./handOver.ts";
import { openPortChannel } from "./portChannel.ts";
import { reconnectingClient } from "./reconnectingClient.ts";
import { openServedChannel } from "./servedChannel.ts";
import { openSocketChannel } from "./socketChannel.ts";
import { createTabTokens } from "./tabTokens.ts";

/** Page and console: together, or what stands between them. `generation` counts the channels that were opened. */
export type LinkState = {
  readonly phase: "connecting" | "connected" | "lost";
  readonly generation: number;
  readonly because: string;
  readonly host: HostDescription | null;
  readonly connectAgain: () => void;
};

export type OpenConsole = { readonly client: ConsoleClient; readonly link: StoreApi<LinkState> };

/** How long an open tab may take to hand over its token (ms). */
const tabsMayTake = 1_000;

/** Opens the console and keeps one client for the life of the page; a lost channel is a state, never a reload. */
export function openConsole(page: Window): OpenConsole {
  const address = readAddress(page);
  return address.kind === "port" ? createLink(() => openPortChannel(page)) : openServed(address.url, page);
}

/** Another address of the same console, pasted into this tab, changes only the fragment: its token is taken then too. */
function openServed(url: string, page: Window): OpenConsole {
  const tokens = createTabTokens(page);
  tokens.takeFromAddress();
  const handOver = mayHandOver(page)
    ? createHandOver({
        channel: new BroadcastChannel("console.token"),
        working: () => (link.getState().phase === "connected" ? (tokens.candidates()[0] ?? null) : null),
        patience: () => new Promise((resolve) => page.setTimeout(resolve, tabsMayTake)),
      })
    : null;
  const { client, link, reopen } = createLink(() =>
    openServedChannel({ tokens, handOver, open: (token) => openSocketChannel(url, token) }),
  );
  page.addEventListener("hashchange", () => {
    const [before] = tokens.candidates();
    if (!tokens.takeFromAddress()) return;
    const isSame = tokens.candidates()[0] === before;
    if (!isSame || link.getState().phase === "lost") reopen();
  });
  return { client, link };
}

/** The console listens at this address alone. By the name `localhost` a browser may have asked another program. */
function mayHandOver({ location }: Pick<Window, "location">): boolean {
  return location.hostname === "127.0.0.1";
}

type Link = OpenConsole & {
  /** Leaves the channel that is open, or being opened, for a new one. */
  readonly reopen: () => void;
};

/** The same over any way of opening a channel. */
export function createLink(openChannel: () => Promise<Channel>): Link {
  let current: ConsoleClient | null = null;
  let channelNow: Channel | null = null;
  let attempts = 0;
  const client = reconnectingClient(() => {
    if (current === null) throw lostLink("The page is not connected to the console.");
    return current;
  });
  const link = createStore<LinkState>()((_set, get) => ({
    phase: "connecting",
    generation: 0,
    because: "",
    host: null,
    connectAgain: () => {
      if (get().phase === "lost") void open();
    },
  }));
  const lose = (because: string): void => {
    current = null;
    link.setState({ phase: "lost", because });
  };
  const open = async (): Promise<void> => {
    attempts += 1;
    const attempt = attempts;
    link.setState({ phase: "connecting", because: "" });
    try {
      const channel = await openChannel();
      if (attempt !== attempts) return channel.close();
      channelNow = channel;
      const opened = connect(consoleContract, channel);
      channel.onClose(() => {
        if (current === opened) lose("The console and this page lost each other.");
      });
      const host = await opened.host.describe({});
      if (attempt !== attempts) return;
      current = opened;
      link.setState({ phase: "connected", host, generation: link.getState().generation + 1 });
    } catch (cause) {
      if (attempt === attempts) lose(cause instanceof ConsoleError ? cause.message : notAnswered);
    }
  };
  const reopen = (): void => {
    current = null;
    channelNow?.close();
    channelNow = null;
    void open();
  };
  void open();
  return { client, link, reopen };
}

const notAnswered =
  "The console does not take this page. When it was started again, open the address that it printed then.";

function lostLink(sentence: string): ConsoleError {
  return new ConsoleError("channelLost", sentence, { remedy: "retry" });
}
