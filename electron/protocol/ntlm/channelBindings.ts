import { readDer, readObjectId } from "../spnego/der.ts";
import { ascii, concat, u32 } from "./bytes.ts";
import type { Digests, HashName } from "./digests.ts";

const RSA_PSS = "1.2.840.113549.1.1.10";

/** The hash inside a signature algorithm or of a hash algorithm; SHA-256 stands in for MD5 and SHA-1 (RFC 5929 4.1). */
const HASHES: ReadonlyMap<string, HashName> = new Map([
  ["1.2.840.113549.1.1.4", "SHA-256"],
  ["1.2.840.113549.1.1.5", "SHA-256"],
  ["1.2.840.113549.1.1.11", "SHA-256"],
  ["1.2.840.113549.1.1.12", "SHA-384"],
  ["1.2.840.113549.1.1.13", "SHA-512"],
  ["1.2.840.113549.1.1.14", "SHA-224"],
  ["1.2.840.10045.4.1", "SHA-256"],
  ["1.2.840.10045.4.3.1", "SHA-224"],
  ["1.2.840.10045.4.3.2", "SHA-256"],
  ["1.2.840.10045.4.3.3", "SHA-384"],
  ["1.2.840.10045.4.3.4", "SHA-512"],
  ["1.2.840.10040.4.3", "SHA-256"],
  ["2.16.840.1.101.3.4.3.1", "SHA-224"],
  ["2.16.840.1.101.3.4.3.2", "SHA-256"],
  ["1.2.840.113549.2.5", "SHA-256"],
  ["1.3.14.3.2.26", "SHA-256"],
  ["2.16.840.1.101.3.4.2.1", "SHA-256"],
  ["2.16.840.1.101.3.4.2.2", "SHA-384"],
  ["2.16.840.1.101.3.4.2.3", "SHA-512"],
  ["2.16.840.1.101.3.4.2.4", "SHA-224"],
]);

export type CertificateHash = { readonly name: HashName; readonly known: boolean };

/** Which hash a binding to this certificate (DER) uses; unknown algorithms take SHA-256, with a warning due. */
export function certificateHash(certificate: Uint8Array): CertificateHash {
  const algorithm = signatureAlgorithm(certificate);
  const name = HASHES.get(algorithm.id === RSA_PSS ? pssHash(algorithm.parameters) : algorithm.id);
  return name === undefined ? { name: "SHA-256", known: false } : { name, known: true };
}

/** The 16 bytes of AV pair 10 for a TLS server's certificate (RFC 5929 4.1, [MS-NLMP] 2.2.2.1). */
export function channelBindings(certificate: Uint8Array, digests: Digests): Uint8Array {
  const hash = digests.hash(certificateHash(certificate).name, certificate);
  return channelBindingsOf(hash, digests);
}

/** The same from the certificate's hash: MD5 over a gss_channel_bindings structure without addresses. */
export function channelBindingsOf(certificateDigest: Uint8Array, digests: Digests): Uint8Array {
  const data = concat(ascii("tls-server-end-point:"), certificateDigest);
  return digests.md5(concat(new Uint8Array(16), u32(data.length), data));
}

function signatureAlgorithm(certificate: Uint8Array): {
  readonly id: string;
  readonly parameters: Uint8Array;
} {
  const body = readDer(certificate).content;
  const signed = readDer(body);
  const identifier = readDer(readDer(signed.rest).content);
  return { id: readObjectId(identifier.content), parameters: identifier.rest };
}

/** RSASSA-PSS-params names its hash in field 0; SHA-1 where it is left out (RFC 4055 3.1). */
function pssHash(parameters: Uint8Array): string {
  if (parameters.length === 0) return "1.3.14.3.2.26";
  const fields = readDer(parameters).content;
  if (fields.length === 0 || fields[0] !== 0xa0) return "1.3.14.3.2.26";
  return readObjectId(readDer(readDer(readDer(fields).content).content).content);
}
