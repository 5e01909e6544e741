/** How this page reaches its console. */
export type ConsoleAddress = { readonly kind: "port" } | { readonly kind: "socket"; readonly url: string };

/** On the desktop (`app:`) a port comes from the preload; served, a socket of the same host is opened. */
export function readAddress({ location }: Pick<Window, "location">): ConsoleAddress {
  if (!location.protocol.startsWith("http")) return { kind: "port" };
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return { kind: "socket", url: `${scheme}://${location.host}/console` };
}
