import { request as httpRequest } from "node:http";
import { Agent } from "node:http";
import { describe, expect, test } from "vitest";
import { anNtlmClient, digests } from "../testing/signInSupport.ts";
import { Opened, operator, patient } from "../testing/winrmEnds.ts";
import type { SealingContext } from "../protocol/ntlm/sealingContext.ts";
import { openBody, SEALED_CONTENT_TYPE, sealBody } from "../protocol/sealing/sealedBody.ts";
import { BareClient, SpnegoClient, type TokenClient } from "../protocol/spnego/tokenClient.ts";
import type { WinrmServerReply } from "./winrmListener.ts";

describe("sealed exchanges", () => {
  test.each([1, 17, 65_536, 1_048_576])("of %i bytes go both ways", async (size) => {
    await using ends = new Opened();
    const listener = await ends.listen();
    const connection = await ends.connect(listener.port);
    const envelope = "é".repeat(size / 2) + "x".repeat(size % 2);
    expect(await connection.exchange(envelope, patient)).toMatchObject({ status: 200, envelope });
  });

  test("an empty envelope is answered even so", async () => {
    await using ends = new Opened();
    const listener = await ends.listen({
      onRequest: async () => ({ kind: "envelope", status: 200, envelope: "" }),
    });
    const connection = await ends.connect(listener.port);
    expect(await connection.exchange("", patient)).toMatchObject({ status: 200, envelope: "" });
  });

  test("asked at the same time wait for one another", async () => {
    await using ends = new Opened();
    let under = 0;
    const listener = await ends.listen({
      onRequest: async ({ envelope }) => {
        under++;
        await new Promise(setImmediate);
        const reply: WinrmServerReply = { kind: "envelope", status: 200, envelope: `${envelope}${under}` };
        under--;
        return reply;
      },
    });
    const connection = await ends.connect(listener.port);
    const replies = await Promise.all(["a", "b", "c"].map((text) => connection.exchange(text, patient)));
    expect(replies.map((reply) => reply.envelope)).toEqual(["a1", "b1", "c1"]);
  });
});

describe("answers that are none", () => {
  const raw = (status: number, contentType: string | null, body = ""): WinrmServerReply => ({
    kind: "raw",
    status,
    contentType,
    body: new TextEncoder().encode(body),
  });
  const envelope = "<answer/>";
  const replies: readonly (readonly [string, WinrmServerReply, string, string])[] = [
    ["a cut before the answer", { kind: "cut", afterBytes: 0, envelope }, "closedBeforeAnswer", "maybe"],
    ["a cut in the head", { kind: "cut", afterBytes: 10, envelope }, "cutInAnswer", "maybe"],
    ["a cut in the body", { kind: "cut", afterBytes: 300, envelope }, "cutInAnswer", "maybe"],
    ["a bad signature", { kind: "badSignature", envelope }, "badSeal", "maybe"],
    [
      "an unsealed envelope",
      raw(200, "application/soap+xml;charset=UTF-8", "<x/>"),
      "unsealedAnswer",
      "maybe",
    ],
    ["an empty 500", raw(500, null), "unsealedAnswer", "maybe"],
    ["an empty 400", raw(400, null), "staleContext", "no"],
    ["a 401 in mid-life", raw(401, null), "staleContext", "no"],
    ["a web page", raw(200, "text/html", "<html>"), "notWinrm", "maybe"],
    ["a redirect", raw(302, null), "redirected", "no"],
    ["a proxy", raw(407, null), "proxyAnswered", "no"],
    ["a 503", raw(503, null), "unavailable", "no"],
    ["too large a body", raw(200, SEALED_CONTENT_TYPE, "x".repeat(4 * 1024 * 1024 + 1)), "tooLarge", "maybe"],
    ["a damaged sealed body", raw(200, SEALED_CONTENT_TYPE, "--Encrypted"), "badSeal", "maybe"],
  ];

  test.each(replies)("%s ends the connection by name", async (_, reply, code, acted) => {
    await using ends = new Opened();
    const listener = await ends.listen({ onRequest: async () => reply });
    const connection = await ends.connect(listener.port);
    await expect(connection.exchange("<a/>", patient)).rejects.toMatchObject({ code, acted });
    expect(connection.usable).toBe(false);
    const later = connection.exchange("<b/>", patient);
    await expect(later).rejects.toMatchObject({ code: "closedBeforeAnswer", acted: "no" });
    expect(listener.counts.envelopes).toBe(1);
  });

  test("an answer that does not come in time is given up", async () => {
    await using ends = new Opened();
    const listener = await ends.listen({ onRequest: () => new Promise(() => undefined) });
    const connection = await ends.connect(listener.port);
    const attempt = connection.exchange("<a/>", { ...patient, firstByteMs: 20 });
    await expect(attempt).rejects.toMatchObject({ code: "answerTimedOut", acted: "maybe" });
  });

  test("a failing handler is an empty 500", async () => {
    await using ends = new Opened();
    const listener = await ends.listen({ onRequest: () => Promise.reject(new Error("handler")) });
    const connection = await ends.connect(listener.port);
    await expect(connection.exchange("<a/>", patient)).rejects.toMatchObject({ code: "unsealedAnswer" });
  });
});

describe("stopping", () => {
  test("closes the socket, and the server hears of it", async () => {
    await using ends = new Opened();
    const { promise: heard, resolve: hear } = Promise.withResolvers<void>();
    const stop = new AbortController();
    const listener = await ends.listen({
      onRequest: ({ signal }) => {
        signal.addEventListener("abort", () => hear());
        stop.abort();
        return new Promise(() => undefined);
      },
    });
    const connection = await ends.connect(listener.port);
    const attempt = connection.exchange("<a/>", { ...patient, signal: stop.signal });
    await expect(attempt).rejects.toMatchObject({ code: "cancelled", acted: "maybe" });
    await heard;
    expect(connection.usable).toBe(false);
  });

  test("while waiting for the turn leaves the connection good", async () => {
    await using ends = new Opened();
    const listener = await ends.listen();
    const connection = await ends.connect(listener.port);
    const first = connection.exchange("<a/>", patient);
    const second = connection.exchange("<b/>", { ...patient, signal: AbortSignal.abort() });
    await expect(second).rejects.toMatchObject({ code: "cancelled", acted: "no" });
    expect((await first).envelope).toBe("<a/>");
    expect((await connection.exchange("<c/>", patient)).envelope).toBe("<c/>");
  });

  test("while waiting for the turn does not wait for it", async () => {
    await using ends = new Opened();
    const listener = await ends.listen({ onRequest: () => new Promise(() => undefined) });
    const connection = await ends.connect(listener.port);
    const first = connection.exchange("<never answered/>", patient).catch((error: unknown) => error);
    const stop = new AbortController();
    const second = connection.exchange("<b/>", { ...patient, signal: stop.signal });
    stop.abort();
    await expect(second).rejects.toMatchObject({ code: "cancelled", acted: "no" });
    expect(connection.usable).toBe(true);
    connection.close();
    expect(await first).toMatchObject({ code: "closedBeforeAnswer", acted: "maybe" });
  });

  test("an opening ends it", async () => {
    await using ends = new Opened();
    const listener = await ends.listen();
    const attempt = ends.connect(listener.port, { signal: AbortSignal.abort() });
    await expect(attempt).rejects.toMatchObject({ code: "cancelled" });
  });
});

describe("the server with other clients", () => {
  test.each([
    ["SPNEGO", (): TokenClient => new SpnegoClient(anNtlmClient({ account: operator.account })), "Negotiate"],
    ["bare NTLM under Negotiate", (): TokenClient => new BareClient(anNtlmClient()), "Negotiate"],
    ["bare NTLM under NTLM", (): TokenClient => new BareClient(anNtlmClient()), "NTLM"],
  ])("takes a sealed envelope on the last token of %s", async (_, tokens, scheme) => {
    await using ends = new Opened();
    const listener = await ends.listen();
    using line = new Line(listener.port);
    const client = tokens();
    const header = await challenged(line, client, scheme);
    const context = contextOf(client);
    const first = await line.post(header, SEALED_CONTENT_TYPE, sealBody(context, text("<first/>")));
    expect(first.status).toBe(200);
    const token = /^\S+ (\S+)$/.exec(first.authenticate)?.[1];
    if (token !== undefined) client.receive(Buffer.from(token, "base64"));
    expect(token === undefined).toBe(client instanceof BareClient);
    expect(openedText(context, first)).toBe("<first/>");
    const second = await line.post(null, SEALED_CONTENT_TYPE, sealBody(context, text("<second/>")));
    expect(openedText(context, second)).toBe("<second/>");
  });

  test("answers an unsealed body with an empty 500 and goes on", async () => {
    await using ends = new Opened();
    const listener = await ends.listen();
    using line = new Line(listener.port);
    const client = new SpnegoClient(anNtlmClient());
    await line.post(await challenged(line, client, "Negotiate"), null, text(""));
    const plain = await line.post(null, "application/soap+xml;charset=UTF-8", text("<plain/>"));
    expect([plain.status, plain.body.length]).toEqual([500, 0]);
    const context = contextOf(client);
    const sealed = await line.post(null, SEALED_CONTENT_TYPE, sealBody(context, text("<sealed/>")));
    expect(sealed.status).toBe(200);
    expect(listener.counts.envelopes).toBe(1);
  });

  test("answers a damaged seal with an empty 400", async () => {
    await using ends = new Opened();
    const listener = await ends.listen();
    using line = new Line(listener.port);
    const client = new SpnegoClient(anNtlmClient());
    await line.post(await challenged(line, client, "Negotiate"), null, text(""));
    const body = sealBody(contextOf(client), text("<a/>"));
    body[body.length - 30] = (body[body.length - 30] ?? 0) ^ 1;
    expect(await line.post(null, SEALED_CONTENT_TYPE, body)).toMatchObject({ status: 400 });
    expect(listener.counts.envelopes).toBe(0);
  });

  test("refuses a changed MIC, a proof without a challenge and a body before sign-in", async () => {
    await using ends = new Opened();
    const listener = await ends.listen();
    using line = new Line(listener.port);
    const header = await challenged(line, new BareClient(anNtlmClient()), "NTLM");
    const message = Buffer.from(header.slice("NTLM ".length), "base64");
    message[72] = (message[72] ?? 0) ^ 1;
    const refused = await line.post(`NTLM ${message.toString("base64")}`, null, text(""));
    expect([refused.status, refused.authenticate]).toEqual([401, "Negotiate"]);
    expect((await line.post(header, null, text(""))).status).toBe(401);
    expect((await line.post(null, SEALED_CONTENT_TYPE, text("<a/>"))).status).toBe(401);
    expect(listener.counts.envelopes).toBe(0);
  });

  test("answers who will not be signed in only what may be told to everybody", async () => {
    await using ends = new Opened();
    const onUnauthenticated = (envelope: string) => (envelope === "<who/>" ? "<practice/>" : null);
    const listener = await ends.listen({ onUnauthenticated });
    using line = new Line(listener.port);
    const asking = { WSMANIDENTIFY: "unauthenticated" };
    const told = await line.post(null, "application/soap+xml", text("<who/>"), asking);
    expect([told.status, told.type, told.body.toString()]).toEqual([
      200,
      "application/soap+xml;charset=UTF-8",
      "<practice/>",
    ]);
    expect((await line.post(null, "application/soap+xml", text("<shell/>"), asking)).status).toBe(401);
    expect((await line.post(null, "application/soap+xml", text("<who/>"))).status).toBe(401);
    expect((await line.post("Negotiate AAAA", null, text("<who/>"), asking)).status).toBe(401);
    expect(listener.counts.envelopes).toBe(0);
  });

  test("answers nobody without sign-in where nothing is meant for everybody", async () => {
    await using ends = new Opened();
    const listener = await ends.listen();
    using line = new Line(listener.port);
    const answer = await line.post(null, null, text("<who/>"), { WSMANIDENTIFY: "unauthenticated" });
    expect(answer.status).toBe(401);
  });

  test("refuses a body over 64 KiB before sign-in", async () => {
    await using ends = new Opened();
    const listener = await ends.listen();
    using line = new Line(listener.port);
    expect((await line.post(null, null, new Uint8Array(70_000))).status).toBe(413);
  });
});

type Answer = {
  readonly status: number;
  readonly authenticate: string;
  readonly type: string;
  readonly body: Buffer;
};

/** One socket spoken to by hand. */
class Line {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  async post(
    authorization: string | null,
    type: string | null,
    body: Uint8Array,
    others: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const headers = {
      ...others,
      ...(authorization === null ? {} : { Authorization: authorization }),
      ...(type === null ? {} : { "Content-Type": type }),
      "Content-Length": body.length,
    };
    const options = {
      port: this.#port,
      host: "127.0.0.1",
      path: "/wsman?PSVersion=5.1",
      method: "POST",
      headers,
    };
    return await new Promise((resolve, reject) => {
      const request = httpRequest({ ...options, agent: this.#agent }, (response) => {
        const pieces: Buffer[] = [];
        response.on("data", (piece: Buffer) => pieces.push(piece));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            authenticate: String(response.headers["www-authenticate"] ?? ""),
            type: response.headers["content-type"] ?? "",
            body: Buffer.concat(pieces),
          }),
        );
      });
      request.on("error", reject);
      request.end(body);
    });
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}

/** Goes as far as the CHALLENGE and gives the Authorization header of the last token. */
async function challenged(line: Line, client: TokenClient, scheme: string): Promise<string> {
  const header = () => `${scheme} ${Buffer.from(client.take()).toString("base64")}`;
  client.open();
  const answer = await line.post(header(), null, text("thrown away"));
  expect(answer.status).toBe(401);
  client.receive(Uint8Array.from(Buffer.from(answer.authenticate.split(" ")[1] ?? "", "base64")));
  return header();
}

function contextOf(client: TokenClient): SealingContext {
  const { state } = client;
  if (state.kind !== "answered" && state.kind !== "complete") throw new Error(`the client is ${state.kind}`);
  return state.context;
}

function openedText(context: SealingContext, answer: Answer): string {
  return new TextDecoder().decode(openBody(context, answer.body, answer.type));
}

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

test("the digests of this runtime know the hash of every certificate", () => {
  for (const name of ["SHA-224", "SHA-256", "SHA-384", "SHA-512"] as const)
    expect(digests.hash(name, text("")).length).toBe(Number(name.slice(4)) / 8);
});
