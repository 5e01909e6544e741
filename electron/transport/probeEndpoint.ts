import { connectSocket } from "./connectSocket.ts";
import { HttpSocket } from "./httpSocket.ts";
import { placeOf } from "./place.ts";
import { chooseScheme, probeSchemes } from "./signIn.ts";
import type { OpenConnectionOptions, ShownCertificate, WinrmAddress } from "./winrmConnection.ts";

export type ProbedEndpoint = {
  /** Names of the schemes the endpoint offers, in its order. */
  readonly offered: readonly string[];
  /** The one of them that a sign-in would use. */
  readonly scheme: "Negotiate" | "NTLM";
  readonly certificate: ShownCertificate | null;
};

/** Opens a TCP connection and closes it again; TransportError where nothing listens. */
export async function reachEndpoint(address: WinrmAddress, signal: AbortSignal): Promise<void> {
  const { socket } = await connectSocket({ ...address, transport: "http" }, { signal });
  socket.destroy();
}

/** Asks the endpoint without signing in, on a connection of its own ([MS-WSMV] 2.2.9). */
export async function probeEndpoint(
  address: WinrmAddress,
  options: Pick<OpenConnectionOptions, "signal" | "trust">,
): Promise<ProbedEndpoint> {
  const { socket, certificate } = await connectSocket(address, options);
  const http = new HttpSocket(socket, placeOf(address));
  try {
    const offered = await probeSchemes(http, address, options.signal);
    return { offered, scheme: chooseScheme(offered, placeOf(address)), certificate };
  } finally {
    http.close();
  }
}
