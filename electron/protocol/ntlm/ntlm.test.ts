import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  anNtlmClient,
  anNtlmServer,
  digests,
  foreignError,
  fromHex,
  hex,
} from "../../testing/signInSupport.ts";
import { ClientWithoutMic, protectedFlags, unprotectedFlags } from "../../testing/clientWithoutMic.ts";
import { avIds, MIC_PRESENT, readAvPairs, writeAvPairs } from "./avPairs.ts";
import { channelBindingsOf } from "./channelBindings.ts";
import { md4 } from "./md4.ts";
import {
  readAuthenticate,
  readChallenge,
  readNegotiate,
  writeAuthenticate,
  writeChallenge,
} from "./messages.ts";
import { NtlmError } from "./ntlmError.ts";
import { Rc4 } from "./rc4.ts";
import { lmResponse, ntowfV2, ntProof, responseBlob, upperByUnit } from "./response.ts";
import { SealingContext, sessionKeys } from "./sealingContext.ts";
import { ascii, concat, u32, utf16 } from "./bytes.ts";

/** [MS-NLMP] 4.2.1 and 4.2.4. */
const names = { userName: "User", domainName: "Domain" };
const serverChallenge = fromHex("0123456789abcdef");
const clientChallenge = fromHex("aaaaaaaaaaaaaaaa");
const targetInfo = fromHex("02000c0044006f006d00610069006e0001000c0053006500720076006500720000000000");
const sessionKey = new Uint8Array(16).fill(0x55);
const keys = sessionKeys(digests, sessionKey, 0xe2888235);
const mechanisms = fromHex("300c060a2b06010401823702020a");
const plain = utf16("Plaintext");

describe("the examples of the specification", () => {
  test("MD4 gives the digests of RFC 1320", () => {
    const digestsOfTexts = [
      "",
      "abc",
      "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
    ];
    expect(digestsOfTexts.map((text) => hex(md4(ascii(text))))).toEqual([
      "31d6cfe0d16ae931b73c59d7e0c089c0",
      "a448017aaf21d8525fc10ae87aa6729d",
      "e33b4ddc9c38f2199c3e7b164fcc0536",
    ]);
  });

  test("the password hashes and the proof are those of 4.2.4", () => {
    const key = ntowfV2(digests, "Password", names);
    const blob = responseBlob(new Uint8Array(8), clientChallenge, targetInfo);
    const proof = ntProof(digests, key, serverChallenge, blob);
    const baseKey = digests.hmacMd5(key, proof);
    expect(hex(md4(utf16("Password")))).toBe("a4f49c406510bdcab6824ee7c30fd852");
    expect(hex(key)).toBe("0c868a403bfd7a93a3001ef22ef02e3f");
    expect(hex(proof)).toBe("68cd0ab851e51c96aabc927bebef6a1c");
    expect(hex(baseKey)).toBe("8de40ccadbc14a82f15cb0ad0de95ca3");
    expect(hex(new Rc4(baseKey).apply(sessionKey))).toBe("c5dad2544fc9799094ce1ce90bc9d03e");
    const lm = { server: serverChallenge, client: clientChallenge, serverSentTime: false };
    expect(hex(lmResponse(digests, key, lm))).toBe("86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa");
  });

  test("the stream of RC4 runs on, however it is cut", () => {
    const key = new Uint8Array(16).fill(7);
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 9 }), (pieces) => {
        const stream = new Rc4(key);
        const inPieces = pieces.map((piece) => stream.apply(piece));
        expect(concat(...inPieces)).toEqual(new Rc4(key).apply(concat(...pieces)));
      }),
    );
  });

  test("the keys of both directions are those of 3.4.5", () => {
    expect([keys.toServer.sign, keys.toServer.seal, keys.toClient.sign, keys.toClient.seal].map(hex)).toEqual(
      [
        "4788dc861b4782f35d43fd98fe1a2d39",
        "59f600973cc4960a25480a7c196e4c58",
        "d04d6f10741041d1d246d64188d7a8ad",
        "9355f3a957c1583d25c4c2f11e40390e",
      ],
    );
  });

  test("two messages sealed one after the other have the bytes of 4.2.4.4 and of the state running on", () => {
    const client = new SealingContext(keys, "client", digests);
    const sealed = [client.seal(plain), client.seal(plain)];
    expect(sealed.map(({ data, signature }) => [hex(data), hex(signature)])).toEqual([
      ["54e50165bf1936dc996020c1811b0f06fb5f", "010000007fb38ec5c55d497600000000"],
      ["64c308e09ea236e7f4232553c94a01e700fa", "01000000255405955d31d8c401000000"],
    ]);
    const server = new SealingContext(keys, "server", digests).seal(plain);
    expect([hex(server.data), hex(server.signature)]).toEqual([
      "160871b730ba74e946c453d7465b54278dd0",
      "01000000b298b847ce7c580700000000",
    ]);
  });

  test("after a mechListMIC the stream starts afresh and the number goes on", () => {
    const client = new SealingContext(keys, "client", digests);
    expect(hex(client.signMechanisms(mechanisms))).toBe("0100000022a3984fefbb9c3200000000");
    const server = new SealingContext(keys, "server", digests);
    expect(hex(server.signMechanisms(mechanisms))).toBe("010000007dd6da05648a73ae00000000");
    const first = client.seal(plain);
    expect(hex(first.data)).toBe("54e50165bf1936dc996020c1811b0f06fb5f");
    expect(hex(first.signature)).toBe("010000001deafbcced2a4ea901000000");
  });

  test("without key exchange the checksum is not enciphered", () => {
    const bare = sessionKeys(digests, sessionKey, 0xa2888235);
    expect(hex(new SealingContext(bare, "client", digests).seal(plain).signature)).toBe(
      "0100000070352851f256430900000000",
    );
  });

  test("a channel binding is the MD5 of the structure of RFC 5929", () => {
    const hash = Uint8Array.from({ length: 32 }, (_, index) => index);
    expect(hex(channelBindingsOf(hash, digests))).toBe("8f1214c9c9cab8dc3bf866da9aba57a7");
  });

  test("upper case goes unit by unit, so the sharp s stays", () => {
    expect(upperByUnit("straße é")).toBe("STRAßE É");
  });
});

describe("a sealing context", () => {
  const pair = () => ({
    client: new SealingContext(keys, "client", digests),
    server: new SealingContext(keys, "server", digests),
  });

  test("opens whatever the other end sealed, in order and in both directions", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.uint8Array({ maxLength: 300 }))), (messages) => {
        const ends = pair();
        for (const [fromClient, text] of messages) {
          const [from, to] = fromClient ? [ends.client, ends.server] : [ends.server, ends.client];
          expect(to.open(from.seal(text))).toEqual(text);
        }
      }),
    );
  });

  test("takes 0 or 1 as the first number and from then on only the next", () => {
    const { client, server } = pair();
    client.signMechanisms(mechanisms);
    expect(server.open(client.seal(plain))).toEqual(plain);
    client.seal(plain);
    expect(() => server.open(client.seal(plain))).toThrow(expect.objectContaining({ code: "badSequence" }));
  });

  test("refuses any changed bit, and everything after it", () => {
    fc.assert(
      fc.property(fc.nat({ max: 16 * 8 + 18 * 8 - 1 }), (bit) => {
        const { client, server } = pair();
        const { signature, data } = client.seal(plain);
        const changed = flip(concat(signature, data), bit);
        const message = { signature: changed.subarray(0, 16), data: changed.subarray(16) };
        expect(() => server.open(message)).toThrow(NtlmError);
        expect(() => server.open(client.seal(plain))).toThrow(expect.objectContaining({ code: "badState" }));
      }),
    );
  });
});

describe("client and server joined", () => {
  test("both end with keys that open each other's messages", () => {
    const client = anNtlmClient();
    const server = anNtlmServer();
    signIn(client, server);
    if (client.state.kind !== "complete" || server.state.kind !== "complete") throw new Error("not complete");
    expect(server.state.account).toBe("PRACTICE\\operator");
    expect(server.state.context.open(client.state.context.seal(plain))).toEqual(plain);
    expect(client.state.context.open(server.state.context.seal(plain))).toEqual(plain);
  });

  test.each([
    ["a wrong password", { revealPassword: () => "wrong" }, "badProof"],
    ["an unknown user", { account: "PRACTICE\\nobody" }, "badProof"],
    ["an anonymous sign-in", { account: "" }, "badProof"],
    ["a client without sealing", { sealing: false }, "weakClient"],
  ] as const)("the server refuses %s", (_, options, code) => {
    expect(() => signIn(anNtlmClient(options), anNtlmServer())).toThrow(expect.objectContaining({ code }));
  });

  test("the server checks a channel binding that is sent, and can demand one", () => {
    const channelBindings = new Uint8Array(16).fill(7);
    const tls = { sealing: false, channelBindings, demandChannelBinding: true };
    signIn(anNtlmClient({ sealing: false, channelBindings }), anNtlmServer(tls));
    const other = { sealing: false, channelBindings: new Uint8Array(16).fill(8) };
    expect(() => signIn(anNtlmClient(other), anNtlmServer(tls))).toThrow(
      expect.objectContaining({ code: "badChannelBinding" }),
    );
    expect(() => signIn(anNtlmClient({ sealing: false }), anNtlmServer(tls))).toThrow(
      expect.objectContaining({ code: "missingChannelBinding" }),
    );
    signIn(anNtlmClient({ sealing: false }), anNtlmServer({ ...tls, demandChannelBinding: false }));
  });

  /* As Windows Server 2019 does in the recorded `gssapi_ntlm`; go-ntlmssp and rubyntlm know of no MIC. */
  test.each([
    ["over HTTP, sealed", { sealing: true }, protectedFlags],
    ["over TLS, unprotected", { sealing: false }, unprotectedFlags],
    ["over TLS, signed", { sealing: false }, unprotectedFlags | 0x10],
  ])(
    "a client that announces no integrity code owes none though it was told a time: %s",
    (_, options, asked) => {
      const server = anNtlmServer(options);
      const client = new ClientWithoutMic("PRACTICE\\operator", "Correct horse", asked >>> 0);
      client.open();
      server.receive(client.take());
      const challenge = server.take();
      expect(readAvPairs(readChallenge(challenge).targetInfo).map(({ id }) => id)).toContain(avIds.timestamp);
      client.receive(challenge);
      server.receive(client.take());
      if (client.state.kind !== "complete" || server.state.kind !== "complete")
        throw new Error("not complete");
      expect(server.state.account).toBe("PRACTICE\\operator");
      expect(server.state.context.open(client.state.context.seal(plain))).toEqual(plain);
    },
  );

  test("a client that announces an integrity code in its proven blob owes it, and cannot unsay it", () => {
    const announced = { id: avIds.flags, value: u32(MIC_PRESENT) };
    const client = new ClientWithoutMic("PRACTICE\\operator", "Correct horse", protectedFlags, [announced]);
    const attempt = (change: (message: Uint8Array) => void) => (): void => {
      const server = anNtlmServer();
      client.open();
      server.receive(client.take());
      client.receive(server.take());
      const message = client.take();
      change(message);
      server.receive(message);
    };
    expect(attempt(() => undefined)).toThrow(expect.objectContaining({ code: "badMic" }));
    const unsay = (message: Uint8Array): void => {
      message[Buffer.from(message).indexOf("060004000200", 0, "hex") + 4] = 0;
    };
    expect(attempt(unsay)).toThrow(expect.objectContaining({ code: "badProof" }));
  });

  test("a message out of turn is refused by both", () => {
    const client = anNtlmClient();
    expect(() => client.receive(new Uint8Array(0))).toThrow(expect.objectContaining({ code: "badState" }));
    const server = anNtlmServer();
    signIn(client, server);
    expect(() => client.open()).toThrow(expect.objectContaining({ code: "badState" }));
    expect(() => server.receive(new Uint8Array(0))).toThrow(expect.objectContaining({ code: "badState" }));
  });

  test("the client refuses a server that takes away a protection", () => {
    const client = anNtlmClient();
    const server = anNtlmServer();
    client.open();
    server.receive(client.take());
    const challenge = server.take();
    // Byte 20 holds SEAL (0x20).
    challenge[20] = (challenge[20] ?? 0) & ~0x20;
    expect(() => client.receive(challenge)).toThrow(expect.objectContaining({ code: "weakServer" }));
  });

  test("a changed bit anywhere in the challenge or the answer ends the sign-in", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.nat({ max: 4000 }), (inChallenge, bit) => {
        const client = anNtlmClient();
        const server = anNtlmServer();
        client.open();
        server.receive(client.take());
        const challenge = server.take();
        const attempt = (): void => {
          client.receive(inChallenge ? flip(challenge, bit) : challenge);
          server.receive(inChallenge ? client.take() : flip(client.take(), bit));
        };
        expect(attempt).toThrow(NtlmError);
      }),
    );
  });
});

describe("message codecs", () => {
  const text = fc.string({ maxLength: 20 });
  const bytes = fc.uint8Array({ maxLength: 60 });

  test("what is written is read back equal", () => {
    const message = fc.record({
      flags: fc.nat({ max: 0xffffffff }),
      lmChallengeResponse: bytes,
      ntChallengeResponse: bytes,
      domainName: text,
      userName: text,
      workstation: text,
      encryptedRandomSessionKey: bytes,
    });
    fc.assert(
      fc.property(message, (value) => {
        expect(readAuthenticate(writeAuthenticate(value))).toEqual(value);
      }),
    );
    const challenge = fc.record({
      flags: fc.nat({ max: 0xffffffff }),
      targetName: text,
      serverChallenge: fc.uint8Array({ minLength: 8, maxLength: 8 }),
      targetInfo: bytes,
    });
    fc.assert(
      fc.property(challenge, (value) => {
        expect(readChallenge(writeChallenge(value))).toEqual(value);
      }),
    );
  });

  test("AV pairs are read back equal, and a list without an end mark is refused", () => {
    const pairs = fc.array(fc.record({ id: fc.integer({ min: 1, max: 65535 }), value: bytes }), {
      maxLength: 90,
    });
    fc.assert(
      fc.property(pairs, (value) => {
        const written = writeAvPairs(value);
        expect(readAvPairs(written)).toEqual(value);
        expect(() => readAvPairs(written.subarray(0, -4))).toThrow(
          expect.objectContaining({ code: "badMessage" }),
        );
      }),
    );
  });

  test("arbitrary bytes behind a signature give a message or a named error", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.uint8Array({ maxLength: 200 }), (type, rest) => {
        const message = concat(ascii("NTLMSSP\0"), Uint8Array.of(type, 0, 0, 0), rest);
        for (const read of [readNegotiate, readChallenge, readAuthenticate])
          expect(foreignError(() => read(message), NtlmError)).toBe(null);
      }),
      { numRuns: 1000 },
    );
  });
});

function signIn(client: ReturnType<typeof anNtlmClient>, server: ReturnType<typeof anNtlmServer>): void {
  client.open();
  server.receive(client.take());
  client.receive(server.take());
  server.receive(client.take());
}

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = bytes.slice();
  const at = Math.floor(bit / 8) % bytes.length;
  changed[at] = (changed[at] ?? 0) ^ (1 << (bit % 8));
  return changed;
}
