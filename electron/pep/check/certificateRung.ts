import type { EndpointAddress } from "../../services/ports.ts";
import { readCertificate } from "../../transport/probeEndpoint.ts";
import type { ShownCertificate } from "../../transport/winrmConnection.ts";
import { passed, type RungFact } from "./rungTest.ts";

/** Looks at the certificate without sending anything, and compares it with the one that a person trusted. */
export async function testCertificate(address: EndpointAddress, signal: AbortSignal): Promise<RungFact> {
  return certificateFact(await readCertificate(address, signal), address.trustedSha256 ?? null);
}

/** What is to be said of a certificate, given the fingerprint that was trusted. */
export function certificateFact(shown: ShownCertificate, trustedSha256: string | null): RungFact {
  const words = wordsFor(shown);
  if (trustedSha256 === null)
    return {
      state: "failed",
      found: `Nobody has trusted its certificate yet, so nothing was sent: ${words}`,
      fix: `Compare the fingerprint with the one that the endpoint's administrators name, then trust it on the Targets screen, or with --certificate-sha256 ${shown.sha256}`,
    };
  if (shown.sha256 !== trustedSha256)
    return {
      state: "failed",
      found: `ALARM: it shows another certificate than the one that was trusted, so nothing was sent. Trusted: SHA-256 ${trustedSha256}. Shown now: ${words}`,
      fix: "Ask the endpoint's administrators whether they changed it. Trust the new one only if they name its fingerprint.",
    };
  const found = `It is the certificate that was trusted: ${words}`;
  if (shown.problem === null) return passed(found);
  return {
    state: "warned",
    found,
    fix: "Its fingerprint alone vouches for it. A certificate of your own authority, in date and with the right name, would do better.",
  };
}

function wordsFor(shown: ShownCertificate): string {
  const dates = `valid from ${shown.validFrom.slice(0, 10)} until ${shown.validTo.slice(0, 10)}`;
  const names = shown.names.length === 0 ? "no names" : `names ${shown.names.join(", ")}`;
  const problem = shown.problem === null ? "" : ` ${shown.problem}`;
  return `${shown.subject}, issued by ${shown.issuer}, SHA-256 ${shown.sha256}, ${dates}, ${names}.${problem}`;
}
