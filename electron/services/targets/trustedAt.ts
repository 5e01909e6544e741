import type { Endpoint, Target, TrustedCertificate } from "#contract";

/** What a person trusted at this address of the target, or null. */
export function trustedAt(target: Target, { host, port }: Endpoint): TrustedCertificate | null {
  return target.certificates.find((one) => isAt(one, host, port)) ?? null;
}

/** The list with this certificate in the place of what was trusted at its address. */
export function withTrusted(
  certificates: readonly TrustedCertificate[],
  certificate: TrustedCertificate,
): readonly TrustedCertificate[] {
  const { host, port } = certificate;
  return [...certificates.filter((one) => !isAt(one, host, port)), certificate];
}

function isAt(one: TrustedCertificate, host: string, port: number): boolean {
  return one.host.toLowerCase() === host.toLowerCase() && one.port === port;
}
