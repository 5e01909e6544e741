import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { Credential, EndpointAddress } from "../../services/ports.ts";
import { openConnection } from "../../transport/openConnection.ts";
import { probeEndpoint, reachEndpoint } from "../../transport/probeEndpoint.ts";
import { signInWay, trustOptions } from "../connectOptions.ts";
import { testCertificate } from "./certificateRung.ts";
import { passed, type RungFact, type RungTest } from "./rungTest.ts";

/** Asks a WSMan service who it is; it acts on nothing (DSP0226 11). Carries the last sign-in token over HTTPS. */
const IDENTIFY =
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" ' +
  'xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd">' +
  "<s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>";

const IDENTIFY_MS = 10_000;
const LOOKUP_MS = 10_000;

/** The steps below the runspace, in order: name, tcp, over HTTPS certificate, winrm, and with a credential signIn. */
export function connectionRungs(
  address: EndpointAddress,
  credential: Credential | null,
): readonly RungTest[] {
  const below: readonly RungTest[] = [
    { step: "name", test: (signal) => testName(address, signal) },
    { step: "tcp", test: (signal) => testTcp(address, signal) },
    ...(address.transport === "https"
      ? [{ step: "certificate" as const, test: (signal: AbortSignal) => testCertificate(address, signal) }]
      : []),
    { step: "winrm", test: (signal) => testWinrm(address, signal) },
  ];
  if (credential === null) return below;
  return [...below, { step: "signIn", test: (signal) => testSignIn(address, credential, signal) }];
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

async function testWinrm(address: EndpointAddress, signal: AbortSignal): Promise<RungFact> {
  const way = await signInWay(address);
  const { offered, scheme } = await probeEndpoint(address, { ...trustOptions(address), signIn: way, signal });
  const used = way.kind === "certificate" ? "a client certificate" : scheme;
  const answer = `WinRM answers and offers ${offered.join(", ")}; ${used} will be used${inside(offered, scheme)}.`;
  return way.kind === "negotiate" ? passed(answer) : { state: "warned", found: answer, fix: labOnly };
}

/** Kerberos is no scheme of its own to a person: it would stand inside Negotiate too. */
const inside = (offered: readonly string[], scheme: string): string => {
  if (scheme !== "Negotiate") return "";
  const hasKerberos = offered.some((name) => name.toLowerCase() === "kerberos");
  return `, with NTLM inside${hasKerberos ? ": this console has no Kerberos" : ""}`;
};

const labOnly =
  "This way to sign in is for lab endpoints only. At a stamp use Negotiate, which never shows the password.";

/** What NTLM over HTTP does and does not prove ([MS-NLMP] 5.1). */
const sealedWords =
  "every message is sealed, so nobody on the way can read or change it, but over HTTP nothing proves which machine answers";

async function testSignIn(
  address: EndpointAddress,
  credential: Credential,
  signal: AbortSignal,
): Promise<RungFact> {
  const signIn = { account: credential.account, revealPassword: () => credential.password.reveal() };
  const connection = await openConnection(address, signIn, {
    ...trustOptions(address),
    signIn: await signInWay(address),
    signal,
  });
  try {
    const { security } = connection;
    if (!security.sealed) await connection.exchange(IDENTIFY, { firstByteMs: IDENTIFY_MS, signal });
    const protection = security.sealed ? sealedWords : "TLS protects every message";
    const found = `${credential.account} is signed in with ${security.scheme}; ${protection}.`;
    if (security.warning !== undefined)
      return { state: "warned", found: `${found} ${security.warning}`, fix: null };
    return passed(found);
  } finally {
    connection.close();
  }
}
