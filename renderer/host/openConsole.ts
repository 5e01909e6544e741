import { consoleContract, ConsoleError } from "#contract";
import type { ConsoleClient, HostDescription } from "#contract";
import { connect } from "#rpc";
import type { Channel } from "#rpc";
import { createStore } from "zustand";
import type { StoreApi } from "zustand";
import type { ConsoleAddress } from "./consoleAddress.ts";
import { openPortChannel } from "./portChannel.ts";
import { reconnectingClient } from "./reconnectingClient.ts";
import { openSocketChannel } from "./socketChannel.ts";

/** Page and console: together, or what stands between them. `generation` counts the channels that were opened. */
export type LinkState = {
  readonly phase: "connecting" | "connected" | "lost";
  readonly generation: number;
  readonly because: string;
  readonly host: HostDescription | null;
  readonly connectAgain: () => void;
};

export type OpenConsole = { readonly client: ConsoleClient; readonly link: StoreApi<LinkState> };

/** Opens the console and keeps one client for the life of the page; a lost channel is a state, never a reload. */
export function openConsole(address: ConsoleAddress, page: Window): OpenConsole {
  return createLink(() =>
    address.kind === "port" ? openPortChannel(page) : openSocketChannel(address.url, address.token),
  );
}

/** The same over any way of opening a channel. */
export function createLink(openChannel: () => Promise<Channel>): OpenConsole {
  let current: ConsoleClient | null = null;
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
    link.setState({ phase: "connecting", because: "" });
    try {
      const channel = await openChannel();
      const opened = connect(consoleContract, channel);
      channel.onClose(() => {
        if (current === opened) lose("The console and this page lost each other.");
      });
      const host = await opened.host.describe({});
      current = opened;
      link.setState({ phase: "connected", host, generation: link.getState().generation + 1 });
    } catch (cause) {
      lose(cause instanceof ConsoleError ? cause.message : notAnswered);
    }
  };
  void open();
  return { client, link };
}

const notAnswered =
  "The console does not take this page. When it was started again, open the address that it printed then.";

function lostLink(sentence: string): ConsoleError {
  return new ConsoleError("channelLost", sentence, { remedy: "retry" });
}
