import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls, type ConnectionOptions, createSecureContext, type TLSSocket } from "node:tls";
import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import { placeOf } from "./place.ts";
import { judgeCertificate } from "./judgeCertificate.ts";
import { shownCertificate } from "./shownCertificate.ts";
import { tlsTrouble } from "./tlsTrouble.ts";
import {
  type OpenConnectionOptions,
  type ShownCertificate,
  TransportError,
  type WinrmAddress,
} from "./winrmConnection.ts";

/** A socket ready for HTTP, with the certificate (and its DER) where TLS is in between. */
export type ConnectedSocket = {
  readonly socket: Duplex;
  readonly certificate: ShownCertificate | null;
  readonly certificateDer: Uint8Array | null;
};

/** Milliseconds for the TCP connect, and again for the TLS handshake. */
const STEP_MS = 10_000;

export type ConnectOptions = Pick<OpenConnectionOptions, "signal" | "trust" | "pinnedSha256"> & {
  /** PEM texts of a client certificate for lab endpoints. */
  readonly clientCertificate?: {
    readonly certificate: string;
    readonly revealKey: () => string;
    readonly revealPassphrase: () => string;
  };
};

/** Connects, and over HTTPS decides on the certificate before any request of ours is sent. */
export async function connectSocket(
  address: WinrmAddress,
  options: ConnectOptions,
): Promise<ConnectedSocket> {
  const socket = await settled(connectTcp(address.port, address.host), "connect", address, options.signal);
  socket.setNoDelay(true);
  if (address.transport === "http") return { socket, certificate: null, certificateDer: null };
  const name = isIP(address.host) === 0 ? { servername: address.host } : {};
  // The decision is ours (trust on first use), so the handshake goes on and says what it found.
  const secure = connectTls({
    socket,
    host: address.host,
    ...name,
    ...withClientCertificate(options.clientCertificate, socket),
    minVersion: "TLSv1.2",
    rejectUnauthorized: false,
  });
  await settled(secure, "secureConnect", address, options.signal);
  return { socket: secure, ...decide(secure, address, options) };
}

/** WinRM asks for the certificate by renegotiation, which TLS 1.3 no longer has. */
function withClientCertificate(own: ConnectOptions["clientCertificate"], socket: Socket): ConnectionOptions {
  if (own === undefined) return {};
  const passphrase = own.revealPassphrase();
  try {
    const secureContext = createSecureContext({
      cert: own.certificate,
      key: own.revealKey(),
      ...(passphrase === "" ? {} : { passphrase }),
      minVersion: "TLSv1.2",
      maxVersion: "TLSv1.2",
    });
    return { secureContext, maxVersion: "TLSv1.2" };
  } catch {
    // The reason is left out: it may tell of the key.
    socket.destroy();
    throw new TransportError(
      "clientCertificateUnusable",
      "The client certificate and its key cannot be used together. Check that both are PEM files, that they belong together, and the key's password.",
      { acted: "no" },
    );
  }
}

function decide(
  secure: TLSSocket,
  address: WinrmAddress,
  options: ConnectOptions,
): Pick<ConnectedSocket, "certificate" | "certificateDer"> {
  const shown = secure.getPeerX509Certificate();
  const chain = secure.authorized ? null : String(secure.authorizationError ?? "not authorized");
  const certificate = shown === undefined ? null : shownCertificate(shown, address.host, chain, new Date());
  const refused = judgeCertificate(certificate, placeOf(address), options);
  if (refused === null) return { certificate, certificateDer: shown?.raw ?? null };
  secure.destroy();
  throw refused;
}

/** Waits for the socket's event; an error, ten seconds or the signal end the waiting and the socket. */
async function settled<S extends Socket>(
  socket: S,
  event: "connect" | "secureConnect",
  address: WinrmAddress,
  signal: AbortSignal,
): Promise<S> {
  const place = placeOf(address);
  return await new Promise<S>((resolve, reject) => {
    const fail = (error: TransportError): void => {
      done();
      socket.destroy();
      reject(error);
    };
    const onAbort = (): void => fail(cancelled(place));
    const onError = (cause: Error): void => fail(connectError(cause, event, address));
    const onClose = (): void => fail(connectError(new Error("closed"), event, address));
    const onEvent = (): void => {
      done();
      resolve(socket);
    };
    const timer = setTimeout(() => fail(timedOut(place, event)), STEP_MS);
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      socket.off(event, onEvent).off("error", onError).off("close", onClose);
      // A destroyed socket may still report; nobody is left to hear it.
      socket.on("error", ignore);
    };
    socket.once(event, onEvent).once("error", onError).once("close", onClose);
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}

function ignore(): void {
  /* The failure was told already, or the exchange in progress tells it by the close event. */
}

/** The operator or the program asked to stop. */
export function cancelled(place: string): TransportError {
  return new TransportError("cancelled", `The request to ${place} was stopped.`, { acted: "maybe" });
}

function timedOut(place: string, event: "connect" | "secureConnect"): TransportError {
  if (event === "secureConnect")
    return new TransportError("tlsFailed", `${place} did not finish the TLS handshake within 10 s.`, {
      acted: "no",
    });
  return new TransportError(
    "connectTimedOut",
    `${place} did not answer within 10 s. Check the address, and that a firewall lets this port through.`,
    { acted: "no" },
  );
}

function connectError(
  cause: Error,
  event: "connect" | "secureConnect",
  address: WinrmAddress,
): TransportError {
  const place = placeOf(address);
  const code = "code" in cause ? String(cause.code) : "";
  const fail = (name: "nameNotResolved" | "connectionRefused" | "connectTimedOut", sentence: string) =>
    new TransportError(name, sentence, { acted: "no", cause });
  if (event === "secureConnect") return tlsTrouble(cause, place);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN" || code === "EAI_FAIL" || code === "ENODATA")
    return fail(
      "nameNotResolved",
      `The name ${address.host} (for ${place}) is not known here. Check its spelling and the DNS.`,
    );
  if (code === "ETIMEDOUT" || code === "EHOSTUNREACH" || code === "ENETUNREACH")
    return fail("connectTimedOut", `${place} cannot be reached (${code}). Check the route and the firewall.`);
  return fail(
    "connectionRefused",
    `${place} refused the connection${code === "" ? "" : ` (${code})`}. Check that WinRM is running there and listens on this port.`,
  );
}
