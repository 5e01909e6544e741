import { z } from "zod";
import { isoTime } from "./shapes.ts";

/** A SHA-256 fingerprint as it is kept: upper-case pairs with colons. */
export const fingerprintShape = z.string().regex(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/);

/** A SHA-256 fingerprint as people write it: 64 hexadecimal digits of any case, with or without colons. */
export const typedFingerprint = z
  .string()
  .regex(/^(?:[0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$/, "a SHA-256 fingerprint: 64 hexadecimal digits");

/** The one spelling of a typed fingerprint. */
export function fingerprintOf(typed: string): string {
  const digits = typed.replaceAll(":", "").toUpperCase();
  return digits.match(/../g)?.join(":") ?? "";
}

/** The certificate that an HTTPS endpoint showed. */
export const shownCertificateShape = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  sha256: fingerprintShape,
  validFrom: isoTime,
  validTo: isoTime,
  /** The names and addresses it was issued for. */
  names: z.array(z.string()).readonly(),
  /** What is wrong with it in this machine's eyes, in words; null when chain, dates and name are in order. */
  problem: z.string().nullable(),
});
export type ShownCertificate = z.infer<typeof shownCertificateShape>;

/** A certificate that a person trusted for one address: from then on only this one is taken there. */
export const trustedCertificateShape = z.strictObject({
  host: z.string(),
  port: z.int(),
  sha256: fingerprintShape,
  /** Empty where only the fingerprint was given. */
  subject: z.string(),
  issuer: z.string(),
  validTo: isoTime.nullable(),
  trustedAt: isoTime,
});
export type TrustedCertificate = z.infer<typeof trustedCertificateShape>;

/** What an endpoint shows now, beside what was trusted before. */
export const certificateReadingShape = z.strictObject({
  endpoint: z.string(),
  /** changed: somebody trusted another one before, which is an alarm. */
  state: z.enum(["trusted", "firstUse", "changed"]),
  shown: shownCertificateShape,
  trusted: trustedCertificateShape.nullable(),
});
export type CertificateReading = z.infer<typeof certificateReadingShape>;
