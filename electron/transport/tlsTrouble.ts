import { TransportError } from "./winrmConnection.ts";

/** Error codes of OpenSSL and BoringSSL, and what they mean between a WinRM client and its endpoint. */
const MEANINGS: readonly (readonly [RegExp, (place: string) => string])[] = [
  [
    /WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG|RECORD_LAYER_FAILURE/,
    (place) =>
      `${place} does not speak TLS: this looks like a port for HTTP. Choose HTTP for this target, or enter its HTTPS port (5986 usually).`,
  ],
  [
    /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|VERSION_TOO_LOW|INAPPROPRIATE_FALLBACK/,
    (place) =>
      `${place} speaks no TLS that this console takes: it needs TLS 1.2 or 1.3. Allow TLS 1.2 in its system settings (Schannel).`,
  ],
  [
    /CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_UNKNOWN|ACCESS_DENIED/,
    (place) =>
      `${place} wants a client certificate that it knows, and did not take ours. Choose the sign-in with a client certificate, and check its mapping at the endpoint.`,
  ],
  [
    /HANDSHAKE_FAILURE|NO_SHARED_CIPHER|NO_CIPHERS?_|INSUFFICIENT_SECURITY/,
    (place) =>
      `${place} and this console know no TLS cipher in common. Allow the usual TLS 1.2 cipher suites in its system settings (Schannel).`,
  ],
];

/** Why no TLS came about, in words; the endpoint got no request. */
export function tlsTrouble(cause: Error, place: string): TransportError {
  const code = "code" in cause ? String(cause.code) : "";
  const known = MEANINGS.find(([pattern]) => pattern.test(code))?.[1](place);
  const sentence =
    known ??
    `No TLS with ${place}${code === "" ? "" : ` (${code})`}. It must speak HTTPS there, with TLS 1.2 or later.`;
  return new TransportError("tlsFailed", sentence, { acted: "no", cause });
}
