import { NtlmError } from "../../../protocol/ntlm/ntlmError.ts";
import { micOffset, readAuthenticate } from "../../../protocol/ntlm/messages.ts";
import { ntowfV2, ntProof } from "../../../protocol/ntlm/response.ts";
import { SealingContext, sessionKeys } from "../../../protocol/ntlm/sealingContext.ts";
import { verifyAuthenticate } from "../../../protocol/ntlm/verifyAuthenticate.ts";
import type { Verified } from "../../../protocol/ntlm/verifyAuthenticate.ts";
import { digests, fromHex, hex } from "../../signInSupport.ts";
import { at, ConformanceFailure, demandEqual } from "../outcome.ts";
import type { Outcome } from "../outcome.ts";
import { isRecord } from "../powershell/conversation.ts";

type Handshake = {
  readonly name: string;
  readonly password: string;
  readonly userName: string;
  readonly domainName: string;
  readonly serverChallenge: string;
  readonly messages: {
    readonly negotiate: string;
    readonly challenge: string;
    readonly authenticate: string;
  };
  readonly expected: Readonly<Record<string, unknown>> & {
    readonly mic: { readonly offset: number; readonly value: string } | null;
  };
  readonly spnego?: {
    readonly mechTypeList: string;
    readonly clientMechListMic: string;
    readonly serverMechListMic: string;
  };
};
export type Handshakes = readonly Handshake[];

/** Null when the data holds no handshakes. */
export function asHandshakes(data: unknown): Handshakes | null {
  const handshakes: unknown = isRecord(data) ? data["handshakes"] : null;
  return Array.isArray(handshakes) && handshakes.every((one) => isRecord(one) && "messages" in one)
    ? (handshakes as Handshakes)
    : null;
}

/** Every derived value from the password and the messages alone; then each single bit that matters, changed. */
export function checkHandshakes(handshakes: Handshakes): Outcome {
  let refused = 0;
  for (const handshake of handshakes)
    refused += at(handshake.name, () => {
      checkValues(handshake);
      checkMechanisms(handshake);
      return refusedBits(handshake);
    });
  return {
    type: "passes",
    reach: "whole",
    counts: `${handshakes.length} handshakes recomputed, ${refused} altered bits refused`,
    remarks: [],
  };
}

function verify(handshake: Handshake, authenticate: Uint8Array): Verified {
  const { negotiate, challenge } = handshake.messages;
  return verifyAuthenticate(
    { negotiate: fromHex(negotiate), challenge: fromHex(challenge), authenticate },
    {
      digests,
      findAccount: () => ({ account: "recorded", revealPassword: () => handshake.password }),
      sealing: false,
      channelBindings: null,
      demandChannelBinding: false,
    },
  );
}

function checkValues(handshake: Handshake): void {
  const { expected } = handshake;
  const bytes = fromHex(handshake.messages.authenticate);
  const authenticate = readAuthenticate(bytes);
  const verified = verify(handshake, bytes);
  const keys = sessionKeys(digests, verified.exportedKey, verified.agreed);
  const ntowf = ntowfV2(digests, handshake.password, handshake);
  const blob = authenticate.ntChallengeResponse.subarray(16);
  const proof = ntProof(digests, ntowf, fromHex(handshake.serverChallenge), blob);
  const mic = expected.mic === null ? null : micOffset(bytes, authenticate.flags);
  const ours: Readonly<Record<string, unknown>> = {
    ntowfv2: hex(ntowf),
    ntProofStr: hex(proof),
    sessionBaseKey: hex(digests.hmacMd5(ntowf, proof)),
    exportedSessionKey: hex(verified.exportedKey),
    clientSigningKey: hex(keys.toServer.sign),
    clientSealingKey: hex(keys.toServer.seal),
    serverSigningKey: hex(keys.toClient.sign),
    serverSealingKey: hex(keys.toClient.seal),
    mic: mic === null ? null : { offset: mic, value: hex(bytes.subarray(mic, mic + 16)) },
  };
  for (const [name, value] of Object.entries(ours))
    if (name in expected) demandEqual(name, value, expected[name]);
}

function checkMechanisms(handshake: Handshake): void {
  const { spnego } = handshake;
  if (spnego === undefined) return;
  const verified = verify(handshake, fromHex(handshake.messages.authenticate));
  const keys = sessionKeys(digests, verified.exportedKey, verified.agreed);
  const list = fromHex(spnego.mechTypeList);
  for (const [end, expected] of [
    ["client", spnego.clientMechListMic],
    ["server", spnego.serverMechListMic],
  ] as const) {
    const signed = new SealingContext(keys, end, digests).signMechanisms(list);
    demandEqual(`mechListMIC of the ${end}`, hex(signed), expected);
  }
}

/** Proof and blob, and the MIC where there is one. */
function refusedBits(handshake: Handshake): number {
  const bytes = fromHex(handshake.messages.authenticate);
  const { ntChallengeResponse, flags } = readAuthenticate(bytes);
  const response = Buffer.from(bytes).indexOf(Buffer.from(ntChallengeResponse));
  const blob = [response, ntChallengeResponse.length] as const;
  const guarded = handshake.expected.mic === null ? [blob] : [blob, [micOffset(bytes, flags), 16] as const];
  let refused = 0;
  for (const [start, length] of guarded)
    for (let bit = start * 8; bit < (start + length) * 8; bit++, refused++)
      demandRefused(handshake, bytes, bit);
  return refused;
}

function demandRefused(handshake: Handshake, bytes: Uint8Array, bit: number): void {
  const changed = bytes.slice();
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  try {
    verify(handshake, changed);
  } catch (error) {
    if (error instanceof NtlmError) return;
    throw error;
  }
  throw new ConformanceFailure(`bit ${bit}`, "an altered message was accepted");
}
