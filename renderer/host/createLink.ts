import { consoleContract, ConsoleError } from "#contract";
import type { ConsoleClient, HostDescription } from "#contract";
import { connect } from "#rpc";
import type { Channel } from "#rpc";
import { createStore } from "zustand";
import type { StoreApi } from "zustand";
import { reconnectingClient } from "./reconnectingClient.ts";

/** Page and console: together, or what stands between them. `generation` counts the channels that were opened. */
export type LinkState = {
  readonly phase: "connecting" | "connected" | "lost";
  readonly generation: number;
  readonly because: string;
  readonly host: HostDescription | null;
  readonly connectAgain: () => void;
};

export type Link = {
  readonly client: ConsoleClient;
  readonly link: StoreApi<LinkState>;
  /** Leaves the channel that is open, or being opened, for a new one. */
  readonly reopen: () => void;
};

/** One client over whatever channel is open now. */
export function createLink(openChannel: () => Promise<Channel>): Link {
  let current: { readonly client: ConsoleClient; readonly channel: Channel } | null = null;
  let attempts = 0;
  const client = reconnectingClient(() => {
    if (current === null) throw lostLink("The page is not connected to the console.");
    return current.client;
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
    const attempt = (attempts += 1);
    current?.channel.close();
    current = null;
    link.setState({ phase: "connecting", because: "" });
    try {
      const channel = await openChannel();
      if (attempt !== attempts) return channel.close();
      const opened = { client: connect(consoleContract, channel), channel };
      channel.onClose(() => {
        if (current === opened) lose("The console and this page lost each other.");
      });
      const host = await opened.client.host.describe({});
      if (attempt !== attempts) return channel.close();
      current = opened;
      link.setState({ phase: "connected", host, generation: link.getState().generation + 1 });
    } catch (cause) {
      if (attempt === attempts) lose(cause instanceof ConsoleError ? cause.message : notAnswered);
    }
  };
  void open();
  return { client, link, reopen: () => void open() };
}

const notAnswered =
  "The console does not take this page. When it was started again, open the address that it printed then.";

function lostLink(sentence: string): ConsoleError {
  return new ConsoleError("channelLost", sentence, { remedy: "retry" });
}
