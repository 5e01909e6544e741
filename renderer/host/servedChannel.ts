import { ConsoleError } from "#contract";
import type { Channel } from "#rpc";
import type { HandOver } from "./handOver.ts";
import type { TabTokens } from "./tabTokens.ts";

type Ways = {
  readonly tokens: TabTokens;
  /** Null where tabs may not hand over to each other. */
  readonly handOver: HandOver | null;
  /** Opens a channel with a token; rejects where the console does not take it. */
  readonly open: (token: string) => Promise<Channel>;
};

/** A channel to the served console: with a token of this tab, else with the one another tab hands over. */
export async function openServedChannel({ tokens, handOver, open }: Ways): Promise<Channel> {
  const own = tokens.candidates();
  for (const token of own) {
    const channel = await opened(open, token);
    if (channel === null) continue;
    tokens.proved(token);
    return channel;
  }
  const handed = (await handOver?.ask()) ?? null;
  const channel = handed === null || own.includes(handed) ? null : await opened(open, handed);
  if (handed === null || channel === null)
    throw new ConsoleError("channelLost", own.length === 0 ? noToken : notTaken);
  tokens.proved(handed);
  return channel;
}

async function opened(open: Ways["open"], token: string): Promise<Channel | null> {
  try {
    return await open(token);
  } catch {
    // Refused or not there: the browser does not tell which.
    return null;
  }
}

const noToken =
  "This tab was opened without the token of the console, and no open tab of it could hand one over. Open the whole address that the console printed when it was started; it ends in #token=… .";

const notTaken =
  "The console does not take this page, or is not running. When it was started again, open the address that it printed then; it may be pasted into this tab.";
