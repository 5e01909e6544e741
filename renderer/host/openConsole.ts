import type { ConsoleClient } from "#contract";
import type { StoreApi } from "zustand";
import { createLink } from "./createLink.ts";
import type { LinkState } from "./createLink.ts";
import { heldToken } from "./heldToken.ts";
import { openPortChannel } from "./portChannel.ts";
import { openServedChannel } from "./openServedChannel.ts";
import { answerOtherTabs } from "./tabs.ts";

export type { LinkState } from "./createLink.ts";

export type OpenConsole = { readonly client: ConsoleClient; readonly link: StoreApi<LinkState> };

/**
 * Opens the console and keeps one client for the life of the page; a lost channel is a state, never a reload. On the
 * desktop (`app:`) a port comes from the preload. Served, the one-time token stands in the fragment.
 */
export function openConsole(page: Window): OpenConsole {
  const { location } = page;
  if (!location.protocol.startsWith("http")) return createLink(() => openPortChannel(page));
  const token = heldToken(page);
  token.take("#/overview");
  const url = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/console`;
  const { client, link, reopen } = createLink(() => openServedChannel(url, token));
  // A newer address was pasted into this tab: only the fragment is another, so the browser loads nothing anew.
  page.addEventListener("hashchange", ({ oldURL }) => {
    const before = token.current();
    if (!token.take(new URL(oldURL).hash)) return;
    if (token.current() !== before || link.getState().phase === "lost") reopen();
  });
  answerOtherTabs(() => (link.getState().phase === "connected" ? token.current() : null));
  return { client, link };
}
