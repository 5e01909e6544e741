import { makeCertificate } from "./makeCertificate.ts";
import type { StampOptions } from "./runningStamp.ts";

const day = 86_400_000;

/** What the stamp's three endpoints need to speak TLS. */
export type StampTls = {
  readonly key: string;
  readonly certificate: string;
  readonly sha256: string;
  readonly demandChannelBinding: boolean;
};

/** A certificate made at this start, signed by itself: nobody knows it, as with many a lab; null over HTTP. */
export async function stampTls({ tls, now = () => new Date() }: StampOptions): Promise<StampTls | null> {
  if (tls === undefined) return null;
  const today = now().getTime();
  const made = await makeCertificate({
    commonName: "PRACTICE stamp (simulated)",
    names: ["localhost", "127.0.0.1"],
    validFrom: new Date(today - day),
    validTo: new Date(today + 365 * day),
  });
  const { key, certificate, sha256 } = made;
  return { key, certificate, sha256, demandChannelBinding: tls.demandChannelBinding };
}
