import type { EndpointAddress } from "../services/ports.ts";

/** How sentences name an endpoint: `AZS-ERCS01 (10.0.0.4:5985)`, or the address alone where that is its name. */
export function placeName(address: EndpointAddress): string {
  const host = address.host.includes(":") ? `[${address.host}]` : address.host;
  const place = `${host}:${address.port}`;
  return address.name === place ? place : `${address.name} (${place})`;
}

/** The URL that stands in every envelope's To header. */
export function endpointUrl(address: EndpointAddress): string {
  const host = address.host.includes(":") ? `[${address.host}]` : address.host;
  return `${address.transport}://${host}:${address.port}/wsman`;
}
