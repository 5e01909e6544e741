import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { Credential, EndpointAddress } from "../../services/ports.ts";
import { openConnection } from "../../transport/openConnection.ts";
import { probeEndpoint, reachEndpoint } from "../../transport/probeEndpoint.ts";
import type { ShownCertificate } from "../../transport/winrmConnection.ts";
import { passed, type RungFact, type RungTest } from "./rungTest.ts";

/** Asks a WSMan service who it is; it acts on nothing (DSP0226 11). Carries the last sign-in token over HTTPS. */
const IDENTIFY =
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" ' +
  'xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd">' +
  "<s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>";

const IDENTIFY_MS = 10_000;
const LOOKUP_MS = 10_000;

export type ConnectionRungOptions = {
  readonly trust?: (certificate: ShownCertificate) => boolean;
};

/** The steps below the runspace, in order: name, tcp, winrm, and with a credential signIn. */
export function connectionRungs(
  address: EndpointAddress,
  credential: Credential | null,
  options: ConnectionRungOptions,
): readonly RungTest[] {
  const below: readonly RungTest[] = [
    { step: "name", test: (signal) => testName(address, signal) },
    { step: "tcp", test: (signal) => testTcp(address, signal) },
    { step: "winrm", test: (signal) => testWinrm(address, options, signal) },
  ];
  if (credential === null) return below;
  return [...below, { step: "signIn", test: (signal) => testSignIn(address, credential, options, signal) }];
}

async function testName(address: EndpointAddress, signal: AbortSignal): Promise<RungFact> {
  if (isIP(address.host) !== 0) return passed(`${address.host} is an address; no name to look up.`);
  try {
    const found = await inTime(lookup(address.host, { all: true }), signal);
    return passed(`${address.host} is ${found.map((one) => one.address).join(", ")}.`);
  } catch {
    signal.throwIfAborted();
    return {
      state: "failed",
      found: `The name ${address.host} is not known here.`,
      fix: `Check its spelling, or enter the IP address. To see what the DNS says: Resolve-DnsName ${address.host}`,
    };
  }
}

/** A look-up cannot be stopped, so its answer is left alone once the signal or the time is up. */
async function inTime<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  const end = AbortSignal.any([signal, AbortSignal.timeout(LOOKUP_MS)]);
  const { promise: over, reject } = Promise.withResolvers<never>();
  const onEnd = (): void => reject(end.reason);
  end.addEventListener("abort", onEnd, { once: true });
  try {
    return await Promise.race([answer, over]);
  } finally {
    end.removeEventListener("abort", onEnd);
  }
}

async function testTcp(address: EndpointAddress, signal: AbortSignal): Promise<RungFact> {
  await reachEndpoint(address, signal);
  return passed(`Port ${address.port} of ${address.host} accepts connections.`);
}

async function testWinrm(
  address: EndpointAddress,
  options: ConnectionRungOptions,
  signal: AbortSignal,
): Promise<RungFact> {
  const { offered, scheme, certificate } = await probeEndpoint(address, { ...options, signal });
  const answer = `WinRM answers and offers ${offered.join(", ")}; ${scheme} will be used.`;
  if (certificate === null) return passed(answer);
  const shown = `${answer} Its certificate is ${certificate.subject}, SHA-256 ${certificate.sha256}.`;
  return certificate.problem === null
    ? passed(shown)
    : {
        state: "warned",
        found: `${shown} This machine does not know its issuer (${certificate.problem}); it was accepted here.`,
        fix: "Compare the fingerprint with the one the endpoint's administrators name.",
      };
}

async function testSignIn(
  address: EndpointAddress,
  credential: Credential,
  options: ConnectionRungOptions,
  signal: AbortSignal,
): Promise<RungFact> {
  const signIn = { account: credential.account, revealPassword: () => credential.password.reveal() };
  const connection = await openConnection(address, signIn, { ...options, signal });
  try {
    const { security } = connection;
    if (!security.sealed) await connection.exchange(IDENTIFY, { firstByteMs: IDENTIFY_MS, signal });
    const protection = security.sealed ? "every message is sealed" : "TLS protects every message";
    const found = `${credential.account} is signed in with ${security.scheme}; ${protection}.`;
    if (security.warning !== undefined)
      return { state: "warned", found: `${found} ${security.warning}`, fix: null };
    return passed(found);
  } finally {
    connection.close();
  }
}
