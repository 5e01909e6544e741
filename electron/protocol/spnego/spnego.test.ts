import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anNtlmClient, anNtlmServer, foreignError, fromHex, hex } from "../../testing/signInSupport.ts";
import { NtlmError } from "../ntlm/ntlmError.ts";
import { readDer, readObjectId, writeDer } from "./der.ts";
import { SpnegoError } from "./spnegoError.ts";
import { SpnegoServer } from "./spnegoServer.ts";
import { BareClient, SpnegoClient, type TokenClient } from "./tokenClient.ts";
import { readToken, writeResponse } from "./tokens.ts";

const KERBEROS = fromHex("06092a864886f712010202");
const NTLM = fromHex("060a2b06010401823702020a");
const text = Uint8Array.of(1, 2, 3);

describe("tokens", () => {
  test("our first token has the bytes of the published example", () => {
    const client = new SpnegoClient(anNtlmClient());
    client.open();
    expect(hex(client.take())).toBe(
      "604806062b0601050502a03e303ca00e300c060a2b06010401823702020aa22a0428" +
        "4e544c4d5353500001000000358208e2000000000000000000000000000000000a0039380000000f",
    );
  });

  test("the server's last token has the bytes of the published example", () => {
    const mechListMic = fromHex("010000007dd6da05648a73ae00000000");
    const token = writeResponse({ negState: 0, namesNtlm: false, responseToken: null, mechListMic });
    expect(hex(token)).toBe("a11b3019a0030a0100a3120410010000007dd6da05648a73ae00000000");
  });

  test("any length is written and read back, and refused when it reaches past the end", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70_000 }), (content) => {
        const written = writeDer(0x04, content);
        expect(hex(readDer(written).content)).toBe(hex(content));
        expect(() => readDer(written.subarray(0, -1))).toThrow(SpnegoError);
      }),
      { numRuns: 30 },
    );
  });

  test("long length forms are taken, the indefinite one is not", () => {
    expect(hex(readDer(fromHex("0484000000020102")).content)).toBe("0102");
    expect(() => readDer(fromHex("048001020000"))).toThrow(expect.objectContaining({ code: "badToken" }));
    expect(readObjectId(fromHex("2b06010401823702020a"))).toBe("1.3.6.1.4.1.311.2.2.10");
  });

  test.each<[string, Uint8Array]>([
    ["larger than 64 KiB", writeDer(0xa1, new Uint8Array(65_536))],
    ["of a length of five bytes", Uint8Array.of(0xa1, 0x85, 0, 0, 0, 0, 2, 0x30, 0)],
    ["of an indefinite length", Uint8Array.of(0xa1, 0x80, 0x30, 0x80, 0, 0, 0, 0)],
    ["that reaches past its end", Uint8Array.of(0xa1, 0x84, 0xff, 0xff, 0xff, 0xff, 0x30, 0)],
    ["with a tag of several bytes", Uint8Array.of(0xbf, 0x81, 0x01, 0)],
    ["that is nested a thousand times", nested(1_000)],
    ["with 65 parts", writeDer(0xa1, writeDer(0x30, ...Array.from({ length: 65 }, () => writeDer(0x05))))],
    ["that is empty", new Uint8Array(0)],
  ])("a token %s is refused by name, at once", (_, token) => {
    const client = new SpnegoClient(anNtlmClient());
    client.open();
    expect(() => client.receive(token)).toThrow(SpnegoError);
    expect(client.state.kind).toBe("failed");
  });

  test("our own token, thrown back, is refused by name", () => {
    const client = new SpnegoClient(anNtlmClient());
    client.open();
    const ours = client.take();
    expect(() => client.receive(ours)).toThrow(SpnegoError);
  });

  test("arbitrary bytes give a token or a named error", () => {
    const tag = fc.constantFrom(0x60, 0xa0, 0xa1);
    fc.assert(
      fc.property(tag, fc.uint8Array({ maxLength: 60 }), (first, rest) => {
        for (const bytes of [Uint8Array.of(first, ...rest), writeDer(first, writeDer(0x30, rest))])
          expect(foreignError(() => readToken(bytes), SpnegoError)).toBe(null);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("client and server joined", () => {
  test("inside SPNEGO both signatures over the mechanisms are checked and the first body has number 1", () => {
    const { client, server } = joined(new SpnegoClient(anNtlmClient()));
    const sealed = client.seal(text);
    expect(hex(sealed.signature.subarray(12))).toBe("01000000");
    expect(server.open(sealed)).toEqual(text);
    expect(client.open(server.seal(text))).toEqual(text);
  });

  test("bare messages are answered bare and the first body has number 0", () => {
    const { client, server } = joined(new BareClient(anNtlmClient()));
    const sealed = client.seal(text);
    expect(hex(sealed.signature.subarray(12))).toBe("00000000");
    expect(server.open(sealed)).toEqual(text);
    expect(client.open(server.seal(text))).toEqual(text);
  });

  test("a client that prefers Kerberos is told to use NTLM, and goes on", () => {
    const server = new SpnegoServer(anNtlmServer());
    const mechanisms = writeDer(0x30, KERBEROS, NTLM);
    server.receive(firstToken(mechanisms, writeDer(0x6e, text)));
    expect(hex(server.take())).toBe("a1153013a0030a0103a10c060a2b06010401823702020a");
    const ntlm = anNtlmClient();
    ntlm.open();
    server.receive(response(ntlm.take(), null));
    ntlm.receive(challengeOf(server.take()));
    if (ntlm.state.kind !== "complete") throw new Error("not complete");
    server.receive(response(ntlm.take(), ntlm.state.context.signMechanisms(mechanisms)));
    expect(server.state.kind).toBe("complete");
  });

  test("a client that was told to change the mechanism and then leaves its signature out is refused", () => {
    const server = new SpnegoServer(anNtlmServer());
    server.receive(firstToken(writeDer(0x30, KERBEROS, NTLM), null));
    const ntlm = anNtlmClient();
    ntlm.open();
    server.receive(response(ntlm.take(), null));
    ntlm.receive(challengeOf(server.take()));
    expect(() => server.receive(response(ntlm.take(), null))).toThrow(
      expect.objectContaining({ code: "badMechListMic" }),
    );
    expect(server.state.kind).toBe("failed");
  });

  test("a client without NTLM is rejected", () => {
    const server = new SpnegoServer(anNtlmServer());
    expect(() => server.receive(firstToken(writeDer(0x30, KERBEROS), text))).toThrow(
      expect.objectContaining({ code: "noCommonMechanism" }),
    );
  });

  test("the client refuses a wrong signature over the mechanisms, and a missing one that was demanded", () => {
    const wrong = answeredClient(1);
    const mic = fromHex("01000000000000000000000000000000");
    const last = writeResponse({ negState: 0, namesNtlm: false, responseToken: null, mechListMic: mic });
    expect(() => wrong.receive(last)).toThrow(expect.objectContaining({ code: "badMechListMic" }));
    expect(() => answeredClient(3).finish()).toThrow(expect.objectContaining({ code: "badMechListMic" }));
    const silent = answeredClient(1);
    silent.finish();
    expect(silent.state.kind).toBe("complete");
  });

  test("the client stops when the server rejects", () => {
    const client = new SpnegoClient(anNtlmClient());
    client.open();
    const reject = writeResponse({ negState: 2, namesNtlm: false, responseToken: null, mechListMic: null });
    expect(() => client.receive(reject)).toThrow(expect.objectContaining({ code: "rejected" }));
  });

  test("arbitrary tokens at any step are refused by name and never complete a sign-in", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.boolean(), (token, challenged) => {
        const server = new SpnegoServer(anNtlmServer());
        const client = new SpnegoClient(anNtlmClient());
        client.open();
        if (challenged) server.receive(client.take());
        for (const end of [server, client])
          expect(foreignError(() => end.receive(token), SpnegoError, NtlmError)).toBe(null);
        expect(server.state.kind).not.toBe("complete");
      }),
    );
  });
});

function joined(client: TokenClient) {
  const server = new SpnegoServer(anNtlmServer());
  client.open();
  server.receive(client.take());
  client.receive(server.take());
  server.receive(client.take());
  const last = server.take();
  if (last.length > 0) client.receive(last);
  else client.finish();
  if (client.state.kind !== "complete" || server.state.kind !== "complete") throw new Error("not complete");
  return { client: client.state.context, server: server.state.context };
}

/** A client that has answered a challenge whose token had this negState. */
function answeredClient(negState: number): SpnegoClient {
  const client = new SpnegoClient(anNtlmClient());
  const server = anNtlmServer();
  client.open();
  const first = readToken(client.take());
  if (first.kind !== "init" || first.mechToken === null) throw new Error("no first token");
  server.receive(first.mechToken.slice());
  client.receive(
    writeResponse({ negState, namesNtlm: true, responseToken: server.take(), mechListMic: null }),
  );
  return client;
}

function firstToken(mechanisms: Uint8Array, mechToken: Uint8Array | null): Uint8Array {
  const fields = [writeDer(0xa0, mechanisms)];
  if (mechToken !== null) fields.push(writeDer(0xa2, writeDer(0x04, mechToken)));
  return writeDer(0x60, fromHex("06062b0601050502"), writeDer(0xa0, writeDer(0x30, ...fields)));
}

function response(token: Uint8Array, mechListMic: Uint8Array | null): Uint8Array {
  return writeResponse({ negState: 1, namesNtlm: false, responseToken: token, mechListMic });
}

function challengeOf(token: Uint8Array): Uint8Array {
  const message = readToken(token);
  if (message.kind !== "response" || message.responseToken === null) throw new Error("no challenge");
  return message.responseToken.slice();
}

function nested(times: number): Uint8Array {
  let token: Uint8Array = writeDer(0x30);
  for (let depth = 0; depth < times; depth++) token = writeDer(depth % 2 === 0 ? 0xa1 : 0x30, token);
  return token;
}
