/*
 * A tab that was opened by a middle click, or by hand, has no token: another tab of this console gives it one. A
 * BroadcastChannel reaches pages of the same origin in the same browser profile and nobody else; nothing is sent over
 * the network, and nothing is kept.
 */

const channelName = "console.tabs";

/** How long the other tabs have to answer (ms). */
const patience = 500;

type Message = { readonly kind: "wanted" } | { readonly kind: "given"; readonly token: string };

/** Asks the other tabs for the token; null when none has answered by `enough`. */
export function askOtherTabs(enough = AbortSignal.timeout(patience)): Promise<string | null> {
  const channel = new BroadcastChannel(channelName);
  return new Promise((resolve) => {
    const end = (token: string | null): void => {
      channel.close();
      resolve(token);
    };
    enough.addEventListener("abort", () => end(null), { once: true });
    channel.addEventListener("message", ({ data }: MessageEvent<Message>) => {
      if (data.kind === "given") end(data.token);
    });
    channel.postMessage({ kind: "wanted" } satisfies Message);
  });
}

/**
 * Answers other tabs that ask. `token` gives null while this tab is not connected: whoever serves this address then may
 * be somebody else, and hears nothing. Call what comes back to stop.
 */
export function answerOtherTabs(token: () => string | null): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener("message", ({ data }: MessageEvent<Message>) => {
    const own = data.kind === "wanted" ? token() : null;
    if (own !== null) channel.postMessage({ kind: "given", token: own } satisfies Message);
  });
  return () => channel.close();
}
