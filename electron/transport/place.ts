import type { WinrmAddress } from "./winrmConnection.ts";

/** `host:port` as sentences and the Host header name an endpoint; IPv6 addresses in brackets. */
export function placeOf(address: WinrmAddress): string {
  const host = address.host.includes(":") ? `[${address.host}]` : address.host;
  return `${host}:${address.port}`;
}
