import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { conformanceFile } from "../../testing/conformance.ts";
import { anNtlmServer, digests, fromHex, hex } from "../../testing/signInSupport.ts";
import { avIds, avValue, readAvPairs } from "./avPairs.ts";
import { channelBindings, certificateHash } from "./channelBindings.ts";
import { micOffset, readAuthenticate, readChallenge } from "./messages.ts";
import { NtlmError } from "./ntlmError.ts";
import { ntowfV2 } from "./response.ts";
import { SealingContext, sessionKeys } from "./sealingContext.ts";
import { verifyAuthenticate } from "./verifyAuthenticate.ts";

type Handshake = {
  readonly name: string;
  readonly password: string;
  readonly userName: string;
  readonly domainName: string;
  readonly messages: {
    readonly negotiate: string;
    readonly challenge: string;
    readonly authenticate: string;
  };
  readonly expected: Readonly<Record<string, string>> & {
    readonly mic: never;
  };
  readonly spnego?: {
    readonly mechTypeList: string;
    readonly clientMechListMic: string;
    readonly serverMechListMic: string;
  };
};
type Certificate = {
  readonly name: string;
  readonly certificatePem: string;
  readonly hashAlgorithm: string;
  readonly tlsServerEndPointHash: string;
  readonly msvAvChannelBindings: string;
};

const handshakeText = conformanceFile("ntlm-handshakes.json");
const handshakes: readonly Handshake[] =
  handshakeText === null ? [] : (JSON.parse(handshakeText) as { handshakes: Handshake[] }).handshakes;
const bindingText = conformanceFile("channel-bindings.json");
const bindings = (bindingText === null ? { certificates: [] } : JSON.parse(bindingText)) as {
  readonly certificates: readonly Certificate[];
  readonly unknownAlgorithm?: Certificate;
};
const absent = "no conformance data beside the checkout";

describe("recorded handshakes", () => {
  test("there are six", (context) => {
    context.skip(handshakeText === null, absent);
    expect(handshakes).toHaveLength(6);
  });

  test.each(handshakes.map((handshake) => [handshake.name, handshake] as const))(
    "%s is accepted, and gives the recorded keys",
    (_, handshake) => {
      const { expected } = handshake;
      const verified = verify(handshake, fromHex(handshake.messages.authenticate));
      const keys = sessionKeys(digests, verified.exportedKey, verified.agreed);
      expect({
        ntowfv2: hex(ntowfV2(digests, handshake.password, handshake)),
        exportedSessionKey: hex(verified.exportedKey),
        clientSigningKey: hex(keys.toServer.sign),
        clientSealingKey: hex(keys.toServer.seal),
        serverSigningKey: hex(keys.toClient.sign),
        serverSealingKey: hex(keys.toClient.seal),
      }).toEqual({
        ntowfv2: expected["ntowfv2"],
        exportedSessionKey: expected["exportedSessionKey"],
        clientSigningKey: expected["clientSigningKey"],
        clientSealingKey: expected["clientSealingKey"],
        serverSigningKey: expected["serverSigningKey"],
        serverSealingKey: expected["serverSealingKey"],
      });
    },
  );

  test.each(
    handshakes.flatMap(({ name, spnego, ...rest }) => (spnego ? [[name, spnego, rest] as const] : [])),
  )("%s has the mechListMIC of both ends", (_, spnego, handshake) => {
    const verified = verify(handshake, fromHex(handshake.messages.authenticate));
    const keys = sessionKeys(digests, verified.exportedKey, verified.agreed);
    const list = fromHex(spnego.mechTypeList);
    expect(hex(new SealingContext(keys, "client", digests).signMechanisms(list))).toBe(
      spnego.clientMechListMic,
    );
    expect(hex(new SealingContext(keys, "server", digests).signMechanisms(list))).toBe(
      spnego.serverMechListMic,
    );
  });

  test.each(handshakes.map((handshake) => [handshake.name, handshake] as const))(
    "%s is refused after any single bit of proof, MIC or blob is changed",
    (_, handshake) => {
      const authenticate = fromHex(handshake.messages.authenticate);
      for (const [start, length] of guardedRanges(handshake, authenticate))
        for (let bit = start * 8; bit < (start + length) * 8; bit++) {
          const changed = authenticate.slice();
          const at = bit >> 3;
          changed[at] = (changed[at] ?? 0) ^ (1 << (bit & 7));
          expect(() => verify(handshake, changed)).toThrow(NtlmError);
        }
    },
  );

  test("a client that sent no MIC after a time is let in by our server over HTTP too, as Windows Server 2019 did", (context) => {
    const recorded = handshakes.find(({ name }) => name === "gssapi_ntlm");
    if (recorded === undefined) return context.skip(true, absent);
    const { negotiate, challenge, authenticate } = recorded.messages;
    const pairs = readAvPairs(readChallenge(fromHex(challenge)).targetInfo);
    expect(avValue(pairs, avIds.timestamp)).toHaveLength(8);
    const server = anNtlmServer({
      findAccount: () => ({ account: "recorded", revealPassword: () => recorded.password }),
      // The proof covers the eight bytes and what the client made of the AV pairs, and no more of our CHALLENGE.
      random: () => readChallenge(fromHex(challenge)).serverChallenge,
    });
    server.receive(fromHex(negotiate));
    server.receive(fromHex(authenticate));
    expect(server.state).toMatchObject({ kind: "complete", account: "recorded" });
  });
});

describe("real certificates", () => {
  test("there are nine", (context) => {
    context.skip(bindingText === null, absent);
    expect(bindings.certificates).toHaveLength(9);
  });

  test.each(bindings.certificates.map((one) => [one.name, one] as const))(
    "%s is bound as recorded",
    (_, one) => {
      const der = new X509Certificate(one.certificatePem).raw;
      const hash = certificateHash(der);
      expect(hash).toEqual({ name: one.hashAlgorithm, known: true });
      expect(hex(digests.hash(hash.name, der))).toBe(one.tlsServerEndPointHash);
      expect(hex(channelBindings(der, digests))).toBe(one.msvAvChannelBindings);
    },
  );

  test("an unknown signature algorithm takes SHA-256 and is reported as unknown", (context) => {
    const one = bindings.unknownAlgorithm;
    if (one === undefined) return context.skip(true, absent);
    const der = Uint8Array.from(Buffer.from(one.certificatePem.replace(/-----[A-Z ]+-----/g, ""), "base64"));
    expect(certificateHash(der)).toEqual({ name: "SHA-256", known: false });
    expect(hex(channelBindings(der, digests))).toBe(one.msvAvChannelBindings);
  });
});

function verify(handshake: Pick<Handshake, "password" | "messages" | "expected">, authenticate: Uint8Array) {
  return verifyAuthenticate(
    {
      negotiate: fromHex(handshake.messages.negotiate),
      challenge: fromHex(handshake.messages.challenge),
      authenticate,
    },
    {
      digests,
      findAccount: () => ({ account: "recorded", revealPassword: () => handshake.password }),
      sealing: false,
      channelBindings: null,
      demandChannelBinding: false,
    },
  );
}

function guardedRanges(
  handshake: Handshake,
  authenticate: Uint8Array,
): readonly (readonly [number, number])[] {
  const message = readAuthenticate(authenticate);
  const response = Buffer.from(authenticate).indexOf(Buffer.from(message.ntChallengeResponse));
  const blob = [response, message.ntChallengeResponse.length] as const;
  return handshake.expected.mic === null ? [blob] : [blob, [micOffset(authenticate, message.flags), 16]];
}
