import { type CertificateReading, ConsoleError, type Endpoint, fingerprintOf, type Target } from "#contract";
import type { World } from "../world.ts";
import { endpointNamed } from "./endpointNamed.ts";
import { addressOf } from "./reach.ts";
import { trustedAt } from "./trustedAt.ts";

type OneEndpoint = { readonly targetId: string; readonly endpointName: string };

/** What the endpoint shows now, beside what was trusted before. Nothing is sent to it. */
export async function readCertificateOf(
  world: World,
  { targetId, endpointName }: OneEndpoint,
  signal: AbortSignal,
): Promise<CertificateReading> {
  const target = world.registry.find(targetId);
  const endpoint = endpointOf(target, endpointName);
  const shown = await world.ports.endpoints.certificate(addressOf(target, endpoint), signal);
  const trusted = trustedAt(target, endpoint);
  const state = trusted === null ? "firstUse" : trusted.sha256 === shown.sha256 ? "trusted" : "changed";
  return { endpoint: endpoint.name, state, shown, trusted };
}

/** Trusts the certificate of that fingerprint, if it is still the one that the endpoint shows. */
export async function trustCertificate(
  world: World,
  request: OneEndpoint & { readonly sha256: string },
  signal: AbortSignal,
): Promise<Target> {
  const { clock, log } = world.ports;
  const { shown, trusted } = await readCertificateOf(world, request, signal);
  const wanted = fingerprintOf(request.sha256);
  if (shown.sha256 !== wanted)
    throw new ConsoleError(
      "untrusted",
      `${request.endpointName} shows another certificate by now: SHA-256 ${shown.sha256}, not ${wanted}. Nothing was trusted. Look at it again.`,
      { remedy: "trust" },
    );
  const { host, port } = endpointOf(world.registry.find(request.targetId), request.endpointName);
  const { sha256, subject, issuer, validTo } = shown;
  const trustedAt = clock.now().toISOString();
  const target = world.registry.trust(request.targetId, {
    host,
    port,
    sha256,
    subject,
    issuer,
    validTo,
    trustedAt,
  });
  log.write("info", "certificate.trusted", { host, port, sha256, before: trusted?.sha256 ?? null });
  world.watcher(target.id).nudge();
  return target;
}

function endpointOf(target: Target, name: string): Endpoint {
  if (target.transport === "http")
    throw new ConsoleError(
      "invalidInput",
      `${target.name} is reached over HTTP, where no certificate is shown. The sealed sign-in protects what is said.`,
    );
  return endpointNamed(target, name);
}
