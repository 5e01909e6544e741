import { connectSocket } from "./connectSocket.ts";
import { HttpSocket } from "./httpSocket.ts";
import { demandBasic } from "./labSignIn.ts";
import { placeOf } from "./place.ts";
import { chooseScheme, probeSchemes } from "./signIn.ts";
import {
  type ConnectionSecurity,
  type OpenConnectionOptions,
  type ShownCertificate,
  type SignInWay,
  TransportError,
  type WinrmAddress,
} from "./winrmConnection.ts";

export type ProbedEndpoint = {
  /** Names of the schemes the endpoint offers, in its order. */
  readonly offered: readonly string[];
  /** The one of them that a sign-in would use. */
  readonly scheme: ConnectionSecurity["scheme"];
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
  options: Pick<OpenConnectionOptions, "signal" | "trust" | "pinnedSha256" | "signIn">,
): Promise<ProbedEndpoint> {
  const { socket, certificate } = await connectSocket(address, options);
  const http = new HttpSocket(socket, placeOf(address));
  try {
    const offered = await probeSchemes(http, address, options.signal);
    return { offered, scheme: schemeOf(options.signIn, offered, placeOf(address)), certificate };
  } finally {
    http.close();
  }
}

function schemeOf(
  way: SignInWay | undefined,
  offered: readonly string[],
  place: string,
): ConnectionSecurity["scheme"] {
  if (way?.kind === "certificate") return "Certificate";
  if (way?.kind !== "basic") return chooseScheme(offered, place);
  demandBasic(offered, place);
  return "Basic";
}

/** The certificate an HTTPS endpoint shows, whatever it is; the connection ends with the handshake. */
export async function readCertificate(address: WinrmAddress, signal: AbortSignal): Promise<ShownCertificate> {
  const secure: WinrmAddress = { ...address, transport: "https" };
  const { socket, certificate } = await connectSocket(secure, { signal, trust: () => true });
  socket.destroy();
  if (certificate !== null) return certificate;
  throw new TransportError("tlsFailed", `${placeOf(address)} showed no certificate.`, { acted: "no" });
}
