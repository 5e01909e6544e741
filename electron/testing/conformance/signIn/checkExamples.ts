import { utf16 } from "../../../protocol/ntlm/bytes.ts";
import { md4 } from "../../../protocol/ntlm/md4.ts";
import {
  readAuthenticate,
  readChallenge,
  writeAuthenticate,
  writeChallenge,
} from "../../../protocol/ntlm/messages.ts";
import { NtlmError } from "../../../protocol/ntlm/ntlmError.ts";
import { Rc4 } from "../../../protocol/ntlm/rc4.ts";
import { lmResponse, ntowfV2, ntProof, responseBlob } from "../../../protocol/ntlm/response.ts";
import { SealingContext, sessionKeys } from "../../../protocol/ntlm/sealingContext.ts";
import { verifyAuthenticate } from "../../../protocol/ntlm/verifyAuthenticate.ts";
import type { Verified } from "../../../protocol/ntlm/verifyAuthenticate.ts";
import { digests, fromHex, hex } from "../../signInSupport.ts";
import { ConformanceFailure, demandEqual } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { isRecord } from "../powershell/conversation.ts";

type Texts = Readonly<Record<string, string>>;
type Sealed = { readonly plaintextUtf16le?: string; readonly data: string; readonly signature: string };

/** [MS-NLMP] 4.2, as data. */
export type Examples = {
  readonly common: Texts;
  readonly ntlmv2: Texts & { readonly seal: Sealed; readonly sealWithoutKeyExchange: Sealed };
  readonly ntlmv1: Texts;
};

/** Null when the data are not those examples. */
export function asExamples(data: unknown): Examples | null {
  const fits =
    isRecord(data) && isRecord(data["common"]) && isRecord(data["ntlmv2"]) && isRecord(data["ntlmv1"]);
  return fits ? (data as unknown as Examples) : null;
}

/** NTLMv2 in full; NTLMv1 is refused. */
export function checkExamples(examples: Examples): Outcome {
  demandEqual("4.2.4", ours(examples), pick(examples.ntlmv2, Object.keys(ours(examples))));
  checkSeal(examples);
  checkMessages(examples);
  const counts = `${Object.keys(ours(examples)).length} values, 2 seals, 2 messages, NTLMv1 refused`;
  return { type: "passes", reach: "whole", counts, remarks: [] };
}

const pick = (texts: Texts, names: readonly string[]): Texts =>
  Object.fromEntries(names.map((name) => [name, texts[name] ?? ""]));

const bytesOf = (texts: Texts, name: string): Uint8Array => fromHex(texts[name] ?? "");

const keysOf = (examples: Examples, without = 0) =>
  sessionKeys(
    digests,
    bytesOf(examples.common, "randomSessionKey"),
    (Number.parseInt(examples.ntlmv2["authenticateFlags"] ?? "", 16) & ~without) >>> 0,
  );

function ours(examples: Examples): Texts {
  const { common, ntlmv2 } = examples;
  const names = { userName: common["user"] ?? "", domainName: common["userDomain"] ?? "" };
  const [server, client] = [bytesOf(common, "serverChallenge"), bytesOf(common, "clientChallenge")];
  const ntowf = ntowfV2(digests, common["password"] ?? "", names);
  const temp = responseBlob(bytesOf(common, "time"), client, bytesOf(ntlmv2, "targetInfo"));
  const proof = ntProof(digests, ntowf, server, temp);
  const base = digests.hmacMd5(ntowf, proof);
  const keys = keysOf(examples);
  return {
    ntowfv1: hex(md4(utf16(common["password"] ?? ""))),
    ntowfv2: hex(ntowf),
    temp: hex(temp),
    ntProofStr: hex(proof),
    ntChallengeResponse: hex(proof) + hex(temp),
    lmChallengeResponse: hex(lmResponse(digests, ntowf, { server, client, serverSentTime: false })),
    sessionBaseKey: hex(base),
    encryptedRandomSessionKey: hex(new Rc4(base).apply(bytesOf(common, "randomSessionKey"))),
    clientSigningKey: hex(keys.toServer.sign),
    clientSealingKey: hex(keys.toServer.seal),
    serverSigningKey: hex(keys.toClient.sign),
    serverSealingKey: hex(keys.toClient.seal),
  };
}

const keyExchange = 0x4000_0000;

function checkSeal(examples: Examples): void {
  const { seal, sealWithoutKeyExchange: bare } = examples.ntlmv2;
  const plain = fromHex(seal.plaintextUtf16le ?? "");
  for (const [where, expected, without] of [
    ["4.2.4.4", seal, 0],
    ["seal without key exchange", bare, keyExchange],
  ] as const) {
    const { data, signature } = new SealingContext(keysOf(examples, without), "client", digests).seal(plain);
    demandEqual(where, [hex(data), hex(signature)], [expected.data, expected.signature]);
  }
}

/** Both messages are written as they stand there, and the server role takes the answer. */
function checkMessages(examples: Examples): void {
  const challenge = bytesOf(examples.ntlmv2, "challengeMessage");
  const authenticate = bytesOf(examples.ntlmv2, "authenticateMessage");
  const read = readAuthenticate(authenticate);
  demandEqual(
    "challenge read again",
    readChallenge(writeChallenge(readChallenge(challenge))),
    readChallenge(challenge),
  );
  demandEqual("authenticate read again", readAuthenticate(writeAuthenticate(read)), read);
  const verified = verify(examples, authenticate);
  demandEqual("exportedSessionKey", hex(verified.exportedKey), examples.ntlmv2["exportedSessionKey"]);
  const weak = { ...read, ntChallengeResponse: bytesOf(examples.ntlmv1, "ntChallengeResponse") };
  try {
    verify(examples, writeAuthenticate(weak));
  } catch (error) {
    if (error instanceof NtlmError && error.code === "weakClient") return;
    throw error;
  }
  throw new ConformanceFailure("4.2.2", "an NTLMv1 response was accepted");
}

function verify(examples: Examples, authenticate: Uint8Array): Verified {
  const challenge = bytesOf(examples.ntlmv2, "challengeMessage");
  return verifyAuthenticate(
    { negotiate: new Uint8Array(), challenge, authenticate },
    {
      digests,
      findAccount: () => ({ account: "example", revealPassword: () => examples.common["password"] ?? "" }),
      sealing: false,
      channelBindings: null,
      demandChannelBinding: false,
    },
  );
}
