import { certificateHash } from "../protocol/ntlm/channelBindings.ts";
import { type ConnectedSocket, type ConnectOptions, connectSocket } from "./connectSocket.ts";
import { HttpSocket } from "./httpSocket.ts";
import { demandBasic, labAuthorization, labSignInRefused, type LabWay, refuseOverHttp } from "./labSignIn.ts";
import { nodeChance, type SignInChance } from "./nodeDigests.ts";
import { placeOf } from "./place.ts";
import { SignedInConnection } from "./signedInConnection.ts";
import { probeSchemes, SignIn } from "./signIn.ts";
import {
  type ConnectionSecurity,
  type OpenConnection,
  type OpenConnectionOptions,
  TransportError,
  type WinrmAddress,
  type WinrmConnection,
  type WinrmCredential,
} from "./winrmConnection.ts";

/** The world below a connection. */
type Below = { readonly connect: typeof connectSocket; readonly chance: SignInChance };

/** The same over sockets and chance of one's own: tests have a line in memory, on which things go wrong. */
export const openConnectionOver =
  (below: Below): OpenConnection =>
  (address, credential, options) =>
    open(below, address, credential, options);

/**
 * Connects and signs in: one socket, one NTLM exchange, one sealing context. Over HTTP the sign-in is complete when
 * this resolves; over HTTPS its last token goes out with the first exchange, and so does the proof of a lab sign-in.
 * Fails with TransportError only.
 */
export const openConnection: OpenConnection = openConnectionOver({
  connect: connectSocket,
  chance: nodeChance,
});

async function open(
  below: Below,
  address: WinrmAddress,
  credential: WinrmCredential,
  options: OpenConnectionOptions,
): Promise<WinrmConnection> {
  checkAddress(address);
  const way = options.signIn ?? { kind: "negotiate" };
  if (way.kind !== "negotiate") return await openLabConnection(below, address, credential, options, way);
  let line = await connectLine(below, address, options);
  try {
    const known = options.schemes ?? [];
    const offered = known.length > 0 ? known : await probeSchemes(line.http, address, options.signal);
    // Some servers close after the 401; the sign-in needs one socket for all its tokens.
    if (!line.http.usable) line = await connectLine(below, address, options);
    return await signedIn(below, line, address, credential, { ...options, schemes: offered });
  } catch (cause) {
    line.http.close();
    throw nothingAsked(cause);
  }
}

async function openLabConnection(
  below: Below,
  address: WinrmAddress,
  credential: WinrmCredential,
  options: OpenConnectionOptions,
  way: LabWay,
): Promise<WinrmConnection> {
  refuseOverHttp(address, way);
  const connecting = withOwnCertificate(options, credential, way);
  let line = await connectLine(below, address, connecting);
  try {
    if (way.kind === "basic") {
      const known = options.schemes ?? [];
      const offered = known.length > 0 ? known : await probeSchemes(line.http, address, options.signal);
      demandBasic(offered, placeOf(address));
      if (!line.http.usable) line = await connectLine(below, address, connecting);
    }
    return new SignedInConnection({
      http: line.http,
      address,
      security: securityOf(line, way.kind === "basic" ? "Basic" : "Certificate", null),
      protection: {
        kind: "everyRequest",
        authorization: labAuthorization(way, credential),
        refused: (answer) => labSignInRefused(answer, way, placeOf(address)),
      },
    });
  } catch (cause) {
    line.http.close();
    throw nothingAsked(cause);
  }
}

function withOwnCertificate(
  options: OpenConnectionOptions,
  credential: WinrmCredential,
  way: LabWay,
): ConnectOptions {
  if (way.kind === "basic") return options;
  const { certificate, revealKey } = way;
  return {
    ...options,
    clientCertificate: { certificate, revealKey, revealPassphrase: credential.revealPassword },
  };
}

/** Until the sign-in is over no request of the caller has been sent, so none can have been acted on. */
function nothingAsked(error: unknown): unknown {
  if (!(error instanceof TransportError) || error.acted === "no") return error;
  return new TransportError(error.code, error.message, { acted: "no", cause: error.cause });
}

type Line = ConnectedSocket & { readonly http: HttpSocket };

async function connectLine(below: Below, address: WinrmAddress, options: ConnectOptions): Promise<Line> {
  const connected = await below.connect(address, options);
  return { ...connected, http: new HttpSocket(connected.socket, placeOf(address)) };
}

async function signedIn(
  { chance }: Below,
  line: Line,
  address: WinrmAddress,
  credential: WinrmCredential,
  options: OpenConnectionOptions & { readonly schemes: readonly string[] },
): Promise<WinrmConnection> {
  const bindTo = options.channelBinding === false ? null : line.certificateDer;
  const signIn = new SignIn(line.http, {
    address,
    credential,
    offered: options.schemes,
    bindTo,
    chance,
    signal: options.signal,
  });
  const authorization = await signIn.start();
  const security = {
    ...securityOf(line, signIn.scheme, bindTo),
    ...(signIn.clockOffsetMs === null ? {} : { clockOffsetMs: signIn.clockOffsetMs }),
  };
  const setting = { http: line.http, address, security };
  if (address.transport === "https")
    return new SignedInConnection({ ...setting, protection: { kind: "tls", signIn, authorization } });
  const context = await signIn.finish(authorization);
  return new SignedInConnection({ ...setting, protection: { kind: "sealed", context } });
}

function securityOf(
  line: Line,
  scheme: ConnectionSecurity["scheme"],
  bindTo: Uint8Array | null,
): ConnectionSecurity {
  const { certificate } = line;
  const unknownHash = bindTo !== null && !certificateHash(bindTo).known;
  return {
    scheme,
    sealed: certificate === null,
    channelBinding: bindTo !== null,
    certificate: certificate === null ? null : pick(certificate),
    ...(unknownHash
      ? { warning: "The certificate is signed in an unknown way; the sign-in is bound to its SHA-256." }
      : {}),
  };
}

function pick(certificate: NonNullable<ConnectionSecurity["certificate"]>) {
  const { subject, issuer, sha256, validTo } = certificate;
  return { subject, issuer, sha256, validTo };
}

/** Host and port go into a request head as they are, so nothing may stand in them that ends a line. */
function checkAddress(address: WinrmAddress): void {
  const goodHost = /^[A-Za-z0-9._:%-]{1,255}$/.test(address.host);
  const goodPort = Number.isInteger(address.port) && address.port > 0 && address.port < 65_536;
  if (goodHost && goodPort) return;
  throw new TransportError(
    "nameNotResolved",
    "The endpoint needs a name or an address, and a port from 1 to 65535.",
    {
      acted: "no",
    },
  );
}
