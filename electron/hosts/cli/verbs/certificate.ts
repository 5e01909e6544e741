import { type CertificateReading, type ConsoleClient, ConsoleError, type Target } from "#contract";
import { exitCode, exitCodeOf, UsageError } from "../exitCodes.ts";
import type { CliIo } from "../io.ts";
import { jsonLine } from "../print.ts";
import { readFingerprint } from "../security.ts";
import { findTarget } from "../target.ts";
import type { Verb } from "./verb.ts";

type Looked = { readonly endpoint: string } & (
  | { readonly kind: "reading"; readonly reading: CertificateReading }
  | { readonly kind: "failed"; readonly error: ConsoleError }
);

/** Shows the certificates of a target without signing in, and trusts the one whose fingerprint is given. */
export const certificate: Verb = {
  summary:
    "show the certificates of a target's HTTPS endpoints: [--trust-sha256 HASH] trusts exactly that one",
  options: ["trust-sha256"],
  beforeSignIn: true,
  prepare: (options) => {
    const typed = options["trust-sha256"];
    const wanted = typed === undefined ? null : readFingerprint("trust-sha256", typed);
    if (wanted !== null && options.endpoint !== undefined)
      throw new UsageError(
        "--trust-sha256 remembers; with --endpoint give --certificate-sha256 on each line.",
      );
    return async (console, io) => {
      const target = await findTarget(console, options, io.signal);
      const looked: Looked[] = [];
      for (const { name } of target.endpoints) looked.push(await lookAt(console, target, name, wanted, io));
      if (options.json === true) io.out(jsonLine({ target: target.name, certificates: looked.map(asJson) }));
      else for (const one of looked) show(one, io);
      return statusOf(looked, wanted, io);
    };
  },
};

async function lookAt(
  console: ConsoleClient,
  target: Target,
  endpointName: string,
  wanted: string | null,
  { signal }: CliIo,
): Promise<Looked> {
  const one = { targetId: target.id, endpointName };
  try {
    const reading = await console.targets.certificate(one, { signal });
    if (reading.shown.sha256 !== wanted || reading.state === "trusted")
      return { endpoint: endpointName, kind: "reading", reading };
    await console.targets.trust({ ...one, sha256: wanted }, { signal });
    const now = await console.targets.certificate(one, { signal });
    return { endpoint: endpointName, kind: "reading", reading: now };
  } catch (error) {
    if (error instanceof ConsoleError) return { endpoint: endpointName, kind: "failed", error };
    throw error;
  }
}

const states = {
  trusted: "trusted",
  firstUse: "NOT TRUSTED YET: nothing is sent to it",
  changed: "ALARM: not the certificate that was trusted; nothing is sent to it",
} as const;

function show(looked: Looked, io: CliIo): void {
  if (looked.kind === "failed") return io.out(`${looked.endpoint}  ${looked.error.message}`);
  const { state, shown, trusted } = looked.reading;
  const lines = [
    `${looked.endpoint}  ${states[state]}`,
    `  SHA-256   ${shown.sha256}`,
    `  subject   ${shown.subject}`,
    `  issuer    ${shown.issuer}`,
    `  valid     ${shown.validFrom} until ${shown.validTo}`,
    `  names     ${shown.names.join(", ")}`,
    ...(shown.problem === null ? [] : [`  problem   ${shown.problem}`]),
    ...(state === "changed" ? [`  trusted before, at ${trusted?.trustedAt}: ${trusted?.sha256}`] : []),
  ];
  for (const line of lines) io.out(line);
}

function asJson(looked: Looked): object {
  if (looked.kind === "reading") return { ...looked.reading, failure: null };
  const { code, message, remedy } = looked.error;
  const failure = { code, sentence: message, remedy };
  return { endpoint: looked.endpoint, state: null, shown: null, trusted: null, failure };
}

/** Done only where every endpoint that answers is trusted by now, or the wanted certificate was found. */
function statusOf(looked: readonly Looked[], wanted: string | null, io: CliIo): number {
  const readings = looked.flatMap((one) => (one.kind === "reading" ? [one.reading] : []));
  const failed = looked.find((one) => one.kind === "failed");
  if (readings.length === 0 && failed !== undefined) return exitCodeOf(failed.error);
  if (wanted === null)
    return readings.every(({ state }) => state === "trusted") ? exitCode.done : exitCode.refused;
  if (readings.some(({ shown, state }) => shown.sha256 === wanted && state === "trusted"))
    return exitCode.done;
  io.say(`No endpoint shows the certificate ${wanted}; nothing was trusted.`);
  return exitCode.refused;
}
