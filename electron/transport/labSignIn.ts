import type { HttpAnswer } from "./httpAnswerReader.ts";
import { placeOf } from "./place.ts";
import {
  type SignInWay,
  TransportError,
  type WinrmAddress,
  type WinrmCredential,
} from "./winrmConnection.ts";

/* Ways to sign in that lab endpoints take: every request carries the proof, and only TLS protects it. */

/** What a client with a certificate says in Authorization; the proof itself is in the TLS handshake (DSP0226 C.3). */
export const CERTIFICATE_PROFILE = "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual";

export type LabWay = Exclude<SignInWay, { readonly kind: "negotiate" }>;

/** The Authorization header of each request. Its password is revealed only while a request is written. */
export function labAuthorization(way: LabWay, credential: WinrmCredential): () => string {
  if (way.kind === "certificate") return () => CERTIFICATE_PROFILE;
  // Basic knows the endpoint's own accounts only, by their bare names.
  const user = credential.account.replace(/^\.\\/, "");
  return () => `Basic ${Buffer.from(`${user}:${credential.revealPassword()}`, "utf8").toString("base64")}`;
}

/** Nothing goes out: the transport would show the proof to everybody on the way. */
export function refuseOverHttp(address: WinrmAddress, way: LabWay): void {
  if (address.transport === "https") return;
  const name = way.kind === "basic" ? "Basic" : "a client certificate";
  throw new TransportError(
    "signInOverHttp",
    `Signing in to ${placeOf(address)} with ${name} is refused over HTTP. Choose HTTPS, or Negotiate, which seals every message.`,
    { acted: "no" },
  );
}

/** Basic only where the endpoint offers it; a password is not sent on a guess. */
export function demandBasic(offered: readonly string[], place: string): void {
  if (offered.some((name) => name.toLowerCase() === "basic")) return;
  const list = offered.length === 0 ? "no scheme at all" : offered.slice(0, 8).join(", ");
  throw new TransportError(
    "schemeNotOffered",
    `${place} offers ${list}, not Basic, and the password was not sent. Sign in with Negotiate, or allow Basic in its WinRM service (lab only).`,
    { acted: "no" },
  );
}

/** The endpoint's 401 to a request that carried the proof. */
export function labSignInRefused(answer: HttpAnswer, way: LabWay, place: string): TransportError | null {
  if (answer.status !== 401) return null;
  const sentence =
    way.kind === "basic"
      ? `${place} refused the sign-in with Basic. Check account and password; Basic takes only accounts of the endpoint itself, and repeated attempts can lock them.`
      : `${place} refused the client certificate. Check that its WinRM service allows certificates and maps this one to an account.`;
  return new TransportError("signInRefused", sentence, { acted: "no" });
}
