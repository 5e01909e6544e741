import { X509Certificate } from "node:crypto";
import { certificateHash, channelBindings } from "../../../protocol/ntlm/channelBindings.ts";
import { digests, hex } from "../../signInSupport.ts";
import { at, demandEqual } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { isRecord } from "../powershell/conversation.ts";

type Certificate = {
  readonly name: string;
  readonly certificatePem: string;
  readonly hashAlgorithm: string;
  readonly tlsServerEndPointHash: string;
  readonly msvAvChannelBindings: string;
};
export type Bindings = {
  readonly certificates: readonly Certificate[];
  readonly unknownAlgorithm?: Certificate;
};

/** Null when the data holds no certificates. */
export function asBindings(data: unknown): Bindings | null {
  const fits = isRecord(data) && Array.isArray(data["certificates"]);
  return fits ? (data as unknown as Bindings) : null;
}

/** RFC 5929 and the AV pair of NTLM for each certificate. */
export function checkBindings(bindings: Bindings): Outcome {
  for (const one of bindings.certificates)
    at(one.name, () => {
      const der = new X509Certificate(one.certificatePem).raw;
      checkOne(one, der, { name: one.hashAlgorithm, known: true });
    });
  const { unknownAlgorithm: unknown } = bindings;
  if (unknown !== undefined)
    at(unknown.name, () => {
      const base64 = unknown.certificatePem.replaceAll(/-----[A-Z ]+-----/g, "");
      checkOne(unknown, Buffer.from(base64, "base64"), { name: "SHA-256", known: false });
    });
  const remarks =
    unknown === undefined ? [] : ["one with an unknown algorithm takes SHA-256, with a warning"];
  return { type: "passes", reach: "whole", counts: `${bindings.certificates.length} certificates`, remarks };
}

function checkOne(
  one: Certificate,
  der: Buffer,
  expected: { readonly name: string; readonly known: boolean },
): void {
  const bytes = Uint8Array.from(der);
  const hash = certificateHash(bytes);
  demandEqual("hash algorithm", hash, expected);
  demandEqual("tls-server-end-point", hex(digests.hash(hash.name, bytes)), one.tlsServerEndPointHash);
  demandEqual("channel bindings", hex(channelBindings(bytes, digests)), one.msvAvChannelBindings);
}
