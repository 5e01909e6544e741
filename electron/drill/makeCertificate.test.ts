import { createPrivateKey, X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { channelBindings } from "../protocol/ntlm/channelBindings.ts";
import { nodeDigests } from "../transport/nodeDigests.ts";
import { makeCertificate } from "./makeCertificate.ts";

const wish = {
  commonName: "PRACTICE stamp",
  names: ["localhost", "127.0.0.1"],
  validFrom: new Date("2026-11-24T00:00:00Z"),
  validTo: new Date("2051-01-02T03:04:05Z"),
};

test("a certificate signed by itself is read back as it was wished for", async () => {
  const made = await makeCertificate(wish);
  const read = new X509Certificate(made.certificate);
  expect(read).toMatchObject({
    subject: "CN=PRACTICE stamp",
    issuer: "CN=PRACTICE stamp",
    subjectAltName: "DNS:localhost, IP Address:127.0.0.1",
    ca: false,
    fingerprint256: made.sha256,
  });
  expect(read.validFromDate).toEqual(wish.validFrom);
  expect(read.validToDate).toEqual(wish.validTo);
  expect(read.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
  expect(read.checkPrivateKey(createPrivateKey(made.key))).toBe(true);
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.checkHost("localhost")).toBe("localhost");
  expect(read.checkIP("127.0.0.1")).toBe("127.0.0.1");
  expect(channelBindings(read.raw, nodeDigests)).toHaveLength(16);
});

test("a certificate signed by another is verified by that one's key, and not by its own", async () => {
  const issuer = await makeCertificate({ ...wish, commonName: "PRACTICE authority", names: [] });
  const made = await makeCertificate({ ...wish, issuer });
  const read = new X509Certificate(made.certificate);
  expect(read.issuer).toBe("CN=PRACTICE authority");
  expect(read.verify(new X509Certificate(issuer.certificate).publicKey)).toBe(true);
  expect(read.verify(read.publicKey)).toBe(false);
});

test("two certificates never have the same number or key", async () => {
  const [one, two] = await Promise.all([makeCertificate(wish), makeCertificate(wish)]);
  expect(one.sha256).not.toBe(two.sha256);
  expect(one.key).not.toBe(two.key);
});
