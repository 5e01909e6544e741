import {
  fingerprintOf,
  type SignIn,
  type Target,
  type TrustedCertificate,
  typedFingerprint,
} from "#contract";
import { UsageError } from "./exitCodes.ts";
import type { Options } from "./options.ts";

type Urls = readonly {
  readonly host: string;
  readonly port: number;
  readonly transport: "http" | "https";
}[];

const onlyWithEndpoint = ["certificate-sha256", "sign-in", "client-certificate", "client-key"] as const;

/** A target of the settings says by itself how it is reached. */
export function refuseWithoutEndpoint(options: Options): void {
  const given = onlyWithEndpoint.find((name) => options[name] !== undefined);
  if (given !== undefined)
    throw new UsageError(
      `--${given} goes with --endpoint https://HOST:PORT; a configured target has its own.`,
    );
}

/** How the line signs in, and which certificates it trusts: one for all endpoints, or one for each in their order. */
export function readSecurity(options: Options, urls: Urls): Pick<Target, "signIn" | "certificates"> {
  return { signIn: readSignIn(options), certificates: readCertificates(options, urls) };
}

function readSignIn(options: Options): SignIn {
  const kind = options["sign-in"] ?? "negotiate";
  const { "client-certificate": certificateFile, "client-key": keyFile } = options;
  const hasFiles = certificateFile !== undefined || keyFile !== undefined;
  if (kind === "certificate") {
    if (certificateFile !== undefined && keyFile !== undefined) return { kind, certificateFile, keyFile };
    throw new UsageError(
      "--sign-in certificate needs --client-certificate FILE and --client-key FILE (PEM).",
    );
  }
  if (hasFiles) throw new UsageError("--client-certificate and --client-key go with --sign-in certificate.");
  if (kind === "negotiate" || kind === "basic") return { kind };
  throw new UsageError(
    `--sign-in "${kind}": negotiate, or for lab endpoints over HTTPS basic or certificate.`,
  );
}

function readCertificates(options: Options, urls: Urls): readonly TrustedCertificate[] {
  const typed = options["certificate-sha256"] ?? [];
  if (typed.length === 0) return [];
  if (urls.some(({ transport }) => transport === "http"))
    throw new UsageError("--certificate-sha256 goes with https:// endpoints; HTTP shows no certificate.");
  if (typed.length !== 1 && typed.length !== urls.length)
    throw new UsageError("Give --certificate-sha256 once for all endpoints, or once for each.");
  const prints = typed.map((text) => readFingerprint("certificate-sha256", text));
  const trustedAt = new Date().toISOString();
  return urls.map(({ host, port }, index) => ({
    host,
    port,
    sha256: prints[index] ?? prints[0] ?? "",
    subject: "",
    issuer: "",
    validTo: null,
    trustedAt,
  }));
}

/** The one spelling of a fingerprint that was typed. Throws UsageError. */
export function readFingerprint(option: string, text: string): string {
  if (typedFingerprint.safeParse(text).success) return fingerprintOf(text);
  throw new UsageError(
    `--${option} "${text}" is no SHA-256 fingerprint: 64 hexadecimal digits, with or without colons.`,
  );
}
