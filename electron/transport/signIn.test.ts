import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { Opened, operator, patient, practiceTls } from "../testing/winrmEnds.ts";
import { chooseScheme } from "./signIn.ts";
import type { WinrmServerRequest } from "./winrmListener.ts";

describe("signing in over HTTP", () => {
  test("takes a probe, three tokens at all, and seals what follows", async () => {
    await using ends = new Opened();
    const requests: WinrmServerRequest[] = [];
    const listener = await ends.listen({
      onRequest: async (request) => {
        requests.push(request);
        return { kind: "envelope", status: 500, envelope: "<fault/>" };
      },
    });
    const connection = await ends.connect(listener.port);
    expect(connection.security).toEqual({
      scheme: "Negotiate",
      sealed: true,
      channelBinding: false,
      certificate: null,
      clockOffsetMs: expect.any(Number),
    });
    expect(listener.counts).toEqual({ envelopes: 0, httpRequests: 3, connections: 1 });
    expect(await connection.exchange("<ask/>", patient)).toMatchObject({ status: 500, envelope: "<fault/>" });
    expect(requests[0]).toMatchObject({ envelope: "<ask/>", account: "PRACTICE\\operator", path: "/wsman" });
  });

  test("skips the probe when the schemes are known", async () => {
    await using ends = new Opened();
    const listener = await ends.listen();
    await ends.connect(listener.port, { schemes: ["Negotiate"] });
    expect(listener.counts.httpRequests).toBe(2);
  });

  test("uses bare NTLM where only that is offered", async () => {
    await using ends = new Opened();
    const listener = await ends.listen({ schemes: ["NTLM"] });
    const connection = await ends.connect(listener.port);
    expect(connection.security.scheme).toBe("NTLM");
    expect((await connection.exchange("<a/>", patient)).envelope).toBe("<a/>");
  });

  test.each(["PRACTICE\\operator", "practice\\OPERATOR", "operator@practice.local", "operator"])(
    "takes the account as %s",
    async (account) => {
      await using ends = new Opened();
      const listener = await ends.listen();
      const connection = await ends.connect(listener.port, { credential: { ...operator, account } });
      expect((await connection.exchange("<a/>", patient)).status).toBe(200);
    },
  );

  test("takes .\\user as an account of the endpoint itself", async () => {
    await using ends = new Opened();
    const listener = await ends.listen({
      accounts: [{ domain: "AZS-ERCS01", user: "local", revealPassword: () => "Correct horse" }],
    });
    const connection = await ends.connect(listener.port, {
      credential: { ...operator, account: ".\\local" },
    });
    expect(connection.usable).toBe(true);
  });

  test.each([
    ["a wrong password", { account: "PRACTICE\\operator", revealPassword: () => "Wrong-Secret-9" }],
    ["an unknown user", { account: "PRACTICE\\nobody", revealPassword: () => "Wrong-Secret-9" }],
  ])("tells of %s what was tried, and neither reason nor password", async (_, credential) => {
    await using ends = new Opened();
    const refused: string[] = [];
    const listener = await ends.listen({ onRefusedSignIn: ({ account }) => refused.push(account) });
    const attempt = ends.connect(listener.port, { credential });
    await expect(attempt).rejects.toMatchObject({ code: "signInRefused", acted: "no" });
    const sentence = await attempt.catch((error: Error) => error.message);
    for (const words of [`localhost:${listener.port}`, "Negotiate", "last of three", "DOMAIN\\user", "lock"])
      expect(sentence).toContain(words);
    expect(sentence).not.toContain("Wrong-Secret-9");
    expect(refused).toEqual([credential.account]);
    expect(listener.counts.envelopes).toBe(0);
  });

  test("never falls back to Basic, and names what was offered", () => {
    expect(() => chooseScheme(["Kerberos", "Basic"], "a:1")).toThrow(/a:1 offers Kerberos, Basic/);
    expect(chooseScheme(["NTLM", "Negotiate"], "a:1")).toBe("Negotiate");
  });
});

describe("signing in over HTTPS", () => {
  test("binds to the certificate, sends the proof with the first envelope and does not seal", async () => {
    await using ends = new Opened();
    const listener = await ends.listen({ tls: practiceTls(true) });
    const connection = await ends.connect(listener.port, { transport: "https" });
    expect(connection.security).toMatchObject({
      sealed: false,
      channelBinding: true,
      certificate: { subject: "CN=localhost, O=Practice" },
    });
    expect(listener.counts.httpRequests).toBe(2);
    expect((await connection.exchange("<a/>", patient)).envelope).toBe("<a/>");
    expect((await connection.exchange("<b/>", patient)).envelope).toBe("<b/>");
    expect(listener.counts).toEqual({ envelopes: 2, httpRequests: 4, connections: 1 });
  });

  test("is refused without a binding where one is demanded", async () => {
    await using ends = new Opened();
    const listener = await ends.listen({ tls: practiceTls(true) });
    const connection = await ends.connect(listener.port, { transport: "https", channelBinding: false });
    await expect(connection.exchange("<a/>", patient)).rejects.toMatchObject({ code: "signInRefused" });
    expect(connection.usable).toBe(false);
  });

  test("sends nothing to a certificate that is not trusted, and shows its fingerprint", async () => {
    await using ends = new Opened();
    const listener = await ends.listen({ tls: practiceTls(false) });
    const seen: string[] = [];
    const trust = (certificate: { readonly sha256: string; readonly problem: string | null }) => {
      seen.push(certificate.problem ?? "", certificate.sha256);
      return false;
    };
    const attempt = ends.connect(listener.port, { transport: "https", trust });
    await expect(attempt).rejects.toMatchObject({ code: "certificateUntrusted", acted: "no" });
    expect(seen[0]).toBe("It is signed by itself: nobody but its fingerprint vouches for it.");
    await expect(attempt).rejects.toThrow(seen[1] ?? "no fingerprint");
    expect(listener.counts.httpRequests).toBe(0);
  });

  test("to a port that speaks plain HTTP fails as TLS", async () => {
    await using ends = new Opened();
    const listener = await ends.listen();
    const attempt = ends.connect(listener.port, { transport: "https" });
    await expect(attempt).rejects.toMatchObject({ code: "tlsFailed", acted: "no" });
  });
});

describe("what else may answer", () => {
  test.each([
    ["a redirect", 302, "text/html", "redirected"],
    ["a proxy", 407, "text/html", "proxyAnswered"],
    ["nothing at the path", 404, "text/html", "wrongPath"],
    ["a service that restarts", 503, "text/plain", "unavailable"],
    ["a web page", 200, "text/html", "notWinrm"],
    ["a failing web server", 502, "text/html", "notWinrm"],
    ["a service without sign-in", 200, "application/soap+xml", "notWinrm"],
    ["a service that finds the request bad", 400, "text/plain", "notWinrm"],
  ])("%s is named as such", async (_, status, type, code) => {
    const server = createServer((_request, response) => {
      response.writeHead(status, { "Content-Type": type, Location: "http://elsewhere/" }).end("secret page");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      await using ends = new Opened();
      const address = server.address();
      const attempt = ends.connect(typeof address === "object" ? (address?.port ?? 0) : 0);
      await expect(attempt).rejects.toMatchObject({ code, acted: "no" });
      await expect(attempt).rejects.not.toThrow("secret page");
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });

  test("a closed port and an unknown name are told apart", async () => {
    await using ends = new Opened();
    const listener = await ends.listen();
    await listener.close();
    await expect(ends.connect(listener.port)).rejects.toMatchObject({
      code: "connectionRefused",
      acted: "no",
    });
  });

  test("a host that would end a header line is refused before anything is sent", async () => {
    const { openConnection } = await import("./openConnection.ts");
    const address = { host: "a\r\nX: y", port: 5985, transport: "http" } as const;
    const attempt = openConnection(address, operator, { signal: new AbortController().signal });
    await expect(attempt).rejects.toMatchObject({ code: "nameNotResolved" });
  });
});

test("a listener closes at once, whatever is under way", async () => {
  await using ends = new Opened();
  const listener = await ends.listen({ onRequest: () => new Promise(() => undefined) });
  const idle = connect(listener.port, "127.0.0.1");
  await once(idle, "connect");
  idle.on("error", () => undefined);
  const connection = await ends.connect(listener.port);
  const waiting = connection.exchange("<wait/>", patient);
  const outcome = waiting.catch((error: unknown) => error);
  await listener.close();
  expect(await outcome).toMatchObject({ code: "closedBeforeAnswer", acted: "maybe" });
  await listener.close();
});

test("a port that is taken is said in words", async () => {
  await using ends = new Opened();
  const { port } = await ends.listen();
  await expect(ends.listen({ port })).rejects.toThrow(`Port ${port} on 127.0.0.1 cannot be used: `);
});

test.each([
  ["HTTP", "http", undefined],
  ["HTTPS, from before the handshake", "https", practiceTls(true)],
] as const)(
  "over %s a listener takes twenty connections without sign-in from one address, and more once they are signed in",
  async (_, transport, tls) => {
    await using ends = new Opened();
    const listener = await ends.listen(tls === undefined ? {} : { tls });
    for (let count = 0; count < 20; count++)
      await ends.connect(listener.port, { schemes: ["Negotiate"], transport });
    const idle = Array.from({ length: 21 }, () => connect(listener.port, "127.0.0.1"));
    for (const socket of idle) socket.on("error", () => undefined);
    const closed = await Promise.race(idle.map(async (socket) => once(socket, "close").then(() => socket)));
    expect(idle.filter((socket) => socket.destroyed)).toEqual([closed]);
    for (const socket of idle) socket.destroy();
  },
);
