import { isIP } from "node:net";
import type { X509Certificate } from "node:crypto";
import type { ShownCertificate } from "./winrmConnection.ts";

const LONGEST_NAME = 500;
const MOST_NAMES = 20;

/** A peer's certificate as people read it, and what is wrong with it for this host. `chain` is OpenSSL's verdict, null for none. */
export function shownCertificate(
  certificate: X509Certificate,
  host: string,
  chain: string | null,
  now: Date,
): ShownCertificate {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    sha256: certificate.fingerprint256,
    validFrom: certificate.validFromDate.toISOString(),
    validTo: certificate.validToDate.toISOString(),
    names: namesOf(certificate),
    problem: problemOf(certificate, host, chain, now),
  };
}

function oneLine(name: string | undefined): string {
  return (name ?? "").split("\n").join(", ").slice(0, LONGEST_NAME);
}

/** `DNS:localhost, IP Address:127.0.0.1`; Node quotes names that hold a comma. */
function namesOf({ subjectAltName = "" }: X509Certificate): readonly string[] {
  const found = subjectAltName.matchAll(/(?:DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]+)/g);
  return [...found].slice(0, MOST_NAMES).map(([, name = ""]) => name.slice(0, LONGEST_NAME));
}

/** Everything that is wrong, since the chain's verdict names only the first thing. */
function problemOf(
  certificate: X509Certificate,
  host: string,
  chain: string | null,
  now: Date,
): string | null {
  const own = [...dateProblem(certificate, now), ...nameProblem(certificate, host)];
  const all = [...chainProblem(certificate, chain, own.length > 0), ...own];
  return all.length === 0 ? null : all.join(" ");
}

function dateProblem({ validFromDate, validToDate }: X509Certificate, now: Date): readonly string[] {
  if (validToDate < now) return [`It expired on ${dayOf(validToDate)}.`];
  return validFromDate > now ? [`It is valid only from ${dayOf(validFromDate)} on; compare the clocks.`] : [];
}

function nameProblem(certificate: X509Certificate, host: string): readonly string[] {
  const isAddress = isIP(host) !== 0;
  const fits = isAddress ? certificate.checkIP(host) : certificate.checkHost(host);
  if (fits !== undefined) return [];
  const names = namesOf(certificate);
  const issuedFor = names.length === 0 ? "for no name at all" : `for ${names.join(", ")}`;
  const what = isAddress ? `the address ${host}` : host;
  return [`It was issued ${issuedFor}, not for ${what}.`];
}

const UNKNOWN_ISSUER: ReadonlySet<string> = new Set([
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "CERT_UNTRUSTED",
]);

/** Dates and names are told by the certificate itself; what is left is who vouches for it. */
function chainProblem(
  certificate: X509Certificate,
  chain: string | null,
  isTold: boolean,
): readonly string[] {
  if (chain === null) return [];
  if (certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey))
    return ["It is signed by itself: nobody but its fingerprint vouches for it."];
  if (UNKNOWN_ISSUER.has(chain)) return ["Its issuer is not known here."];
  if (chain === "CERT_HAS_EXPIRED" || chain === "CERT_NOT_YET_VALID")
    return isTold ? [] : ["A certificate above it is not valid at this time."];
  if (chain === "ERR_TLS_CERT_ALTNAME_INVALID" && isTold) return [];
  return [`It is not accepted here (${chain}).`];
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
