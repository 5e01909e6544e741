import { type OpenConnectionOptions, type ShownCertificate, TransportError } from "./winrmConnection.ts";

/**
 * Null where the certificate is taken. A pin decides alone: the pinned one is taken whatever is wrong with it, any
 * other is refused however good it looks.
 */
export function judgeCertificate(
  certificate: ShownCertificate | null,
  place: string,
  { pinnedSha256, trust }: Pick<OpenConnectionOptions, "pinnedSha256" | "trust">,
): TransportError | null {
  if (certificate === null)
    return refusal("tlsFailed", `${place} showed no certificate. Check what answers on this port.`);
  if (pinnedSha256 !== undefined)
    return certificate.sha256 === pinnedSha256 ? null : changed(certificate, place, pinnedSha256);
  const isTrusted = trust === undefined ? certificate.problem === null : trust(certificate);
  return isTrusted ? null : untrusted(certificate, place);
}

function changed(certificate: ShownCertificate, place: string, pinnedSha256: string): TransportError {
  return refusal(
    "certificateChanged",
    `ALARM: ${place} shows another certificate than the one that was trusted, and nothing was sent to it. ` +
      `Trusted: SHA-256 ${pinnedSha256}. Shown now: ${described(certificate)}. ` +
      "Ask its administrators whether they changed it, and trust the new one only if they name its fingerprint.",
  );
}

function untrusted(certificate: ShownCertificate, place: string): TransportError {
  const problem = certificate.problem === null ? "" : ` ${certificate.problem}`;
  return refusal(
    "certificateUntrusted",
    `Nobody has trusted the certificate of ${place} yet, and nothing was sent to it. ` +
      `It is ${described(certificate)}.${problem} ` +
      "Compare its fingerprint with the one that the endpoint's administrators name, and trust it if they agree.",
  );
}

function described({ subject, sha256, validTo }: ShownCertificate): string {
  return `${subject === "" ? "without a subject" : subject}, SHA-256 ${sha256}, valid until ${validTo.slice(0, 10)}`;
}

function refusal(
  code: "tlsFailed" | "certificateUntrusted" | "certificateChanged",
  sentence: string,
): TransportError {
  return new TransportError(code, sentence, { acted: "no" });
}
