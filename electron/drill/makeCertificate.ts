import { generateKeyPair, type KeyObject, randomBytes, sign, X509Certificate } from "node:crypto";
import { isIPv4 } from "node:net";
import { promisify } from "node:util";
import { writeDer } from "../protocol/spnego/der.ts";

/* An X.509 writer as small as a practice stamp needs it: RSA 2048, SHA-256, version 3 (RFC 5280 4.1). */

export type CertificateWish = {
  readonly commonName: string;
  /** DNS names and IPv4 addresses it is issued for. */
  readonly names: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date;
  /** Who signs it; by itself if left out. */
  readonly issuer?: MadeCertificate;
};

export type MadeCertificate = {
  readonly commonName: string;
  /** PEM texts. */
  readonly certificate: string;
  readonly key: string;
  /** Upper-case pairs with colons. */
  readonly sha256: string;
};

const SEQUENCE = 0x30;
const SET = 0x31;
const BOOLEAN = 0x01;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const NULL = 0x05;
const OBJECT_ID = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;

/** Object identifiers, their contents in hexadecimal. */
const ids = {
  commonName: "550403",
  rsaWithSha256: "2a864886f70d01010b",
  basicConstraints: "551d13",
  keyUsage: "551d0f",
  extendedKeyUsage: "551d25",
  serverAuthentication: "2b06010505070301",
  clientAuthentication: "2b06010505070302",
  subjectAlternativeName: "551d11",
} as const;

/** Makes a fresh key and a certificate for it. */
export async function makeCertificate(wish: CertificateWish): Promise<MadeCertificate> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const signedPart = toBeSigned(wish, publicKey);
  const signature = sign("sha256", signedPart, wish.issuer?.key ?? key);
  const whole = writeDer(SEQUENCE, signedPart, algorithm(), bitString(signature));
  const certificate = pem(whole);
  return { commonName: wish.commonName, certificate, key, sha256: sha256Of(certificate) };
}

/** The fingerprint of a certificate in PEM: SHA-256, upper-case pairs with colons. */
function sha256Of(certificate: string): string {
  return new X509Certificate(certificate).fingerprint256;
}

function toBeSigned(wish: CertificateWish, publicKey: KeyObject): Uint8Array {
  return writeDer(
    SEQUENCE,
    writeDer(0xa0, integer(2)),
    serialNumber(),
    algorithm(),
    nameOf(wish.issuer?.commonName ?? wish.commonName),
    writeDer(SEQUENCE, time(wish.validFrom), time(wish.validTo)),
    nameOf(wish.commonName),
    publicKey.export({ type: "spki", format: "der" }),
    writeDer(0xa3, writeDer(SEQUENCE, ...extensions(wish.names))),
  );
}

function extensions(names: readonly string[]): readonly Uint8Array[] {
  return [
    extension(ids.basicConstraints, writeDer(SEQUENCE), true),
    // digitalSignature and keyEncipherment: the first and third of nine bits.
    extension(ids.keyUsage, writeDer(BIT_STRING, Uint8Array.of(5, 0xa0)), true),
    extension(
      ids.extendedKeyUsage,
      writeDer(SEQUENCE, objectId(ids.serverAuthentication), objectId(ids.clientAuthentication)),
      false,
    ),
    extension(ids.subjectAlternativeName, writeDer(SEQUENCE, ...names.map(generalName)), false),
  ];
}

function extension(id: string, value: Uint8Array, isCritical: boolean): Uint8Array {
  const critical = isCritical ? [writeDer(BOOLEAN, Uint8Array.of(0xff))] : [];
  return writeDer(SEQUENCE, objectId(id), ...critical, writeDer(OCTET_STRING, value));
}

/** dNSName is field 2, iPAddress field 7 (RFC 5280 4.2.1.6). */
function generalName(name: string): Uint8Array {
  return isIPv4(name)
    ? writeDer(0x87, Uint8Array.from(name.split("."), Number))
    : writeDer(0x82, Buffer.from(name, "ascii"));
}

/** A name of one part, the common name. */
function nameOf(commonName: string): Uint8Array {
  const text = writeDer(UTF8_STRING, Buffer.from(commonName, "utf8"));
  return writeDer(SEQUENCE, writeDer(SET, writeDer(SEQUENCE, objectId(ids.commonName), text)));
}

/** Two digits of the year before 2050, four from then on (RFC 5280 4.1.2.5). */
function time(date: Date): Uint8Array {
  const digits = `${date.toISOString().slice(0, 19).replace(/\D/g, "")}Z`;
  return date.getUTCFullYear() < 2050
    ? writeDer(UTC_TIME, Buffer.from(digits.slice(2)))
    : writeDer(GENERALIZED_TIME, Buffer.from(digits));
}

/** Sixteen random bytes, made positive and of full length by their first. */
function serialNumber(): Uint8Array {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return writeDer(INTEGER, bytes);
}

function integer(value: number): Uint8Array {
  return writeDer(INTEGER, Uint8Array.of(value));
}

function algorithm(): Uint8Array {
  return writeDer(SEQUENCE, objectId(ids.rsaWithSha256), writeDer(NULL));
}

function bitString(bytes: Uint8Array): Uint8Array {
  return writeDer(BIT_STRING, Uint8Array.of(0), bytes);
}

function objectId(hex: string): Uint8Array {
  return writeDer(OBJECT_ID, Buffer.from(hex, "hex"));
}

function pem(der: Uint8Array): string {
  const lines = Buffer.from(der)
    .toString("base64")
    .match(/.{1,64}/g);
  return `-----BEGIN CERTIFICATE-----\n${(lines ?? []).join("\n")}\n-----END CERTIFICATE-----\n`;
}
