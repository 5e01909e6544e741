/** How this page reaches its console. */
export type ConsoleAddress =
  | { readonly kind: "port" }
  | { readonly kind: "socket"; readonly url: string; readonly token: string };

type Surroundings = Pick<Window, "location" | "history" | "sessionStorage">;

const storageKey = "console.token";

/**
 * Reads where the console is. On the desktop (`app:`) a port comes from the preload. Served, the one-time token stands
 * in the fragment: it is removed from the address bar and kept for this tab only.
 */
export function readAddress({ location, history, sessionStorage }: Surroundings): ConsoleAddress {
  if (!location.protocol.startsWith("http")) return { kind: "port" };
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given !== null) {
    sessionStorage.setItem(storageKey, given);
    history.replaceState(null, "", `${location.pathname}${location.search}#/overview`);
  }
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return {
    kind: "socket",
    url: `${scheme}://${location.host}/console`,
    token: given ?? sessionStorage.getItem(storageKey) ?? "",
  };
}
