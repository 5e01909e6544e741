import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";
import { createServer as createTcpServer } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import { beforeAll, describe, expect, test } from "vitest";
import { type CertificateWish, makeCertificate, type MadeCertificate } from "../drill/makeCertificate.ts";
import { Opened, operator } from "../testing/winrmEnds.ts";
import { openConnection } from "./openConnection.ts";
import { readCertificate } from "./probeEndpoint.ts";
import type { WinrmAddress } from "./winrmConnection.ts";

const never = new AbortController().signal;
const day = 86_400_000;
const now = Date.now();
const usual: CertificateWish = {
  commonName: "azs-ercs01",
  names: ["127.0.0.1", "localhost"],
  validFrom: new Date(now - day),
  validTo: new Date(now + day),
};

let good: MadeCertificate;
let authority: MadeCertificate;
beforeAll(async () => {
  good = await makeCertificate(usual);
  authority = await makeCertificate({ ...usual, commonName: "Contoso CA", names: [] });
});

const at = (port: number, transport: WinrmAddress["transport"] = "https"): WinrmAddress => ({
  host: "127.0.0.1",
  port,
  transport,
});

const listenerWith = (ends: Opened, { key, certificate }: MadeCertificate) =>
  ends.listen({ tls: { key, certificate, demandChannelBinding: true } });

/** A server that is no WinRM, for as long as the test lasts. */
async function serving(server: Server): Promise<AsyncDisposable & { readonly port: number }> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, "close");
    },
  };
}

describe("what is wrong with a certificate is said in words", () => {
  const dayOf = (offset: number): string => new Date(now + offset).toISOString().slice(0, 10);
  const cases: readonly (readonly [string, Partial<CertificateWish>, readonly string[]])[] = [
    ["signed by itself", {}, ["It is signed by itself"]],
    ["expired", { validTo: new Date(now - 60_000) }, [`It expired on ${dayOf(-60_000)}.`]],
    ["not valid yet", { validFrom: new Date(now + day / 2) }, ["It is valid only from"]],
    [
      "issued for a name where an address is typed",
      { names: ["azs-ercs01.contoso.local"] },
      ["It was issued for azs-ercs01.contoso.local, not for the address 127.0.0.1."],
    ],
    [
      "issued for nobody",
      { names: [], commonName: "x" },
      ["It was issued for no name at all, not for the address"],
    ],
  ];
  test.each(cases)("%s", async (_, wish, sentences) => {
    await using ends = new Opened();
    const listener = await listenerWith(ends, await makeCertificate({ ...usual, ...wish }));
    const shown = await readCertificate(at(listener.port), never);
    for (const sentence of sentences) expect(shown.problem).toContain(sentence);
    expect(listener.counts.httpRequests).toBe(0);
  });

  test("of an issuer that is not known", async () => {
    await using ends = new Opened();
    const listener = await listenerWith(ends, await makeCertificate({ ...usual, issuer: authority }));
    const shown = await readCertificate(at(listener.port), never);
    expect(shown).toMatchObject({
      subject: "CN=azs-ercs01",
      issuer: "CN=Contoso CA",
      names: ["127.0.0.1", "localhost"],
      problem: "Its issuer is not known here.",
    });
  });

  test("all at once, when all is wrong", async () => {
    await using ends = new Opened();
    const wish = { ...usual, names: ["elsewhere"], validTo: new Date(now - 60_000) };
    const listener = await listenerWith(ends, await makeCertificate(wish));
    const { problem } = await readCertificate(at(listener.port), never);
    for (const words of ["signed by itself", "expired", "not for the address"])
      expect(problem).toContain(words);
  });
});

describe("a pin", () => {
  test("takes its certificate whatever is wrong with it", async () => {
    await using ends = new Opened();
    const expired = await makeCertificate({ ...usual, names: [], validTo: new Date(now - 60_000) });
    const listener = await listenerWith(ends, expired);
    const connection = await openConnection(at(listener.port), operator, {
      signal: never,
      pinnedSha256: expired.sha256,
      trust: () => false,
    });
    expect(connection.security).toMatchObject({
      channelBinding: true,
      certificate: { sha256: expired.sha256 },
    });
    connection.close();
  });

  test("refuses any other before anything is sent, and names both", async () => {
    await using ends = new Opened();
    const changed = await makeCertificate(usual);
    const listener = await listenerWith(ends, changed);
    const attempt = openConnection(at(listener.port), operator, {
      signal: never,
      pinnedSha256: good.sha256,
      trust: () => true,
    });
    await expect(attempt).rejects.toMatchObject({ code: "certificateChanged", acted: "no" });
    await expect(attempt).rejects.toThrow(good.sha256);
    await expect(attempt).rejects.toThrow(changed.sha256);
    expect(listener.counts.httpRequests).toBe(0);
  });
});

describe("what is no TLS of ours is named", () => {
  const opening = (port: number, transport: WinrmAddress["transport"]) =>
    openConnection(at(port, transport), operator, { signal: never, trust: () => true });

  test("a server that knows TLS 1.1 only", async () => {
    const old: TlsOptions = {
      key: good.key,
      cert: good.certificate,
      minVersion: "TLSv1.1",
      maxVersion: "TLSv1.1",
      ciphers: "DEFAULT@SECLEVEL=0",
    };
    await using server = await serving(createTlsServer(old).on("tlsClientError", () => undefined));
    const attempt = opening(server.port, "https");
    await expect(attempt).rejects.toMatchObject({ code: "tlsFailed", acted: "no" });
    await expect(attempt).rejects.toThrow(/TLS 1\.2 or 1\.3/);
  });

  test("plain HTTP where TLS is expected", async () => {
    await using ends = new Opened();
    const listener = await ends.listen();
    const attempt = opening(listener.port, "https");
    await expect(attempt).rejects.toMatchObject({ code: "tlsFailed", acted: "no" });
    await expect(attempt).rejects.toThrow(/does not speak TLS.*Choose HTTP/);
  });

  test("TLS where plain HTTP is expected, by the alert that comes back", async () => {
    const alert = Uint8Array.of(0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46);
    await using server = await serving(
      createTcpServer((socket) => socket.once("data", () => socket.end(alert))),
    );
    const attempt = opening(server.port, "http");
    await expect(attempt).rejects.toMatchObject({ code: "notWinrm", acted: "no" });
    await expect(attempt).rejects.toThrow(/port for HTTPS. Choose HTTPS/);
  });

  test("TLS where plain HTTP is expected, when it hangs up or not", async () => {
    await using ends = new Opened();
    const listener = await listenerWith(ends, good);
    await expect(opening(listener.port, "http")).rejects.toThrow(/[Cc]hoose HTTPS/);
    expect(listener.counts.httpRequests).toBe(0);
  });
});

describe("Basic over HTTPS", () => {
  const basic = { signal: never, trust: () => true, signIn: { kind: "basic" } } as const;

  test("is not sent where the endpoint does not offer it", async () => {
    await using ends = new Opened();
    const listener = await listenerWith(ends, good);
    const attempt = openConnection(at(listener.port), operator, basic);
    await expect(attempt).rejects.toMatchObject({ code: "schemeNotOffered", acted: "no" });
    await expect(attempt).rejects.toThrow(/offers Negotiate, not Basic, and the password was not sent/);
  });

  test("is taken only where the listener allows it", async () => {
    await using ends = new Opened();
    const tls = { key: good.key, certificate: good.certificate, demandChannelBinding: true };
    for (const [schemes, status] of [
      [["Basic"], 200],
      [["Negotiate"], null],
    ] as const) {
      const listener = await ends.listen({ tls, schemes });
      const connection = await openConnection(at(listener.port), operator, { ...basic, schemes: ["Basic"] });
      const patient = { firstByteMs: 20_000, signal: never };
      const exchanged = connection.exchange("<a/>", patient);
      if (status === null) await expect(exchanged).rejects.toMatchObject({ code: "signInRefused" });
      else expect(await exchanged).toMatchObject({ status, envelope: "<a/>" });
      connection.close();
    }
  });

  test("is refused by a listener over HTTP, even where it stands among its schemes", async () => {
    await using ends = new Opened();
    const listener = await ends.listen({ schemes: ["Basic"] });
    const proof = Buffer.from("operator:Correct horse").toString("base64");
    const answer = await fetch(`http://127.0.0.1:${listener.port}/wsman`, {
      method: "POST",
      headers: { Authorization: `Basic ${proof}` },
      body: "<a/>",
    });
    expect(answer.status).toBe(401);
    expect(listener.counts.envelopes).toBe(0);
  });

  test("never goes out over HTTP", async () => {
    await using ends = new Opened();
    const listener = await ends.listen({ schemes: ["Basic"] });
    const attempt = openConnection(at(listener.port, "http"), operator, basic);
    await expect(attempt).rejects.toMatchObject({ code: "signInOverHttp", acted: "no" });
    expect(listener.counts.connections).toBe(0);
  });
});

test("an endpoint that offers Kerberos alone is told what is used in its place", async () => {
  await using ends = new Opened();
  const listener = await ends.listen({ schemes: ["Kerberos"] });
  const attempt = openConnection(at(listener.port, "http"), operator, { signal: never });
  await expect(attempt).rejects.toThrow(/Kerberos is not offered by this console: NTLM inside Negotiate/);
});
