import { consoleContract } from "#contract";
import { serve } from "#rpc";
import type { Channel, Serving } from "#rpc";
import { createHandlers } from "../services/createHandlers.ts";
import type { ConsolePorts } from "../services/ports.ts";
import type { Patience } from "../services/world.ts";

/** The whole console, hostless. */
export type RunningConsole = {
  /** Serves the console over a channel, for as long as that is open. */
  readonly attach: (channel: Channel) => void;
  /** Closes all channels, lets what must still be recorded be recorded, and hands all runspaces back. */
  readonly close: () => Promise<void>;
};

/** Builds the console on its ports. Every host does this, and attaches channels. */
export function createConsole(ports: ConsolePorts, patience?: Patience): RunningConsole {
  const handling = createHandlers(ports, patience);
  const open = new Map<Channel, Serving>();
  const end = async (): Promise<void> => {
    const servings = [...open.values()];
    for (const channel of open.keys()) channel.close();
    await handling.close();
    await Promise.all(servings.map((serving) => serving.settled()));
  };
  let ended: Promise<void> | null = null;
  return {
    attach: (channel) => {
      if (ended !== null) return channel.close();
      open.set(channel, serve(consoleContract, handling.handlers, channel, { log: ports.log }));
      channel.onClose(() => open.delete(channel));
    },
    close: () => (ended ??= end()),
  };
}
