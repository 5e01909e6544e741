import { avFlags, avIds, avValue, MIC_PRESENT, readAvPairs } from "./avPairs.ts";
import type { AvPair } from "./avPairs.ts";
import { equalInConstantTime } from "./bytes.ts";
import type { Digests } from "./digests.ts";
import { flags, has } from "./flags.ts";
import { micOffset, readAuthenticate, readChallenge, withMic } from "./messages.ts";
import type { AuthenticateMessage } from "./messages.ts";
import { NtlmError } from "./ntlmError.ts";
import { Rc4 } from "./rc4.ts";
import { messageIntegrity, ntowfV2, ntProof } from "./response.ts";
import type { AccountNames } from "./response.ts";

export type FoundAccount = { readonly account: string; readonly revealPassword: () => string };

export type ThreeMessages = {
  readonly negotiate: Uint8Array;
  readonly challenge: Uint8Array;
  readonly authenticate: Uint8Array;
};

export type VerifyOptions = {
  readonly digests: Digests;
  readonly findAccount: (names: AccountNames) => FoundAccount | null;
  readonly sealing: boolean;
  readonly channelBindings: Uint8Array | null;
  readonly demandChannelBinding: boolean;
};

export type Verified = {
  readonly account: string;
  readonly exportedKey: Uint8Array;
  /** The flags of the AUTHENTICATE message. */
  readonly agreed: number;
};

/** Nobody's password: unknown users take the same way, and so the same time, as wrong passwords. */
const NOBODY: FoundAccount = { account: "", revealPassword: () => "\u0000nobody" };

/** Checks an AUTHENTICATE message ([MS-NLMP] 3.2.5.1.2): proof, session key, MIC, channel binding, in that order. */
export function verifyAuthenticate(messages: ThreeMessages, options: VerifyOptions): Verified {
  const message = readAuthenticate(messages.authenticate);
  checkForm(message, options.sealing);
  const found = options.findAccount(message);
  const { key, proof } = proofOf(message, messages.challenge, found ?? NOBODY, options.digests);
  const proven = equalInConstantTime(proof, message.ntChallengeResponse.subarray(0, 16));
  if (!proven || found === null) throw new NtlmError("badProof", "The account or its password is wrong.");
  const exportedKey = exportedKeyOf(message, options.digests.hmacMd5(key, proof));
  // 28 bytes of the blob stand before its AV pairs, 16 of the proof before the blob.
  const pairs = readAvPairs(message.ntChallengeResponse.subarray(44));
  if (announcesMic(pairs)) checkMic(messages, message, { exportedKey, digests: options.digests });
  checkChannelBinding(pairs, options);
  return { account: found.account, exportedKey, agreed: message.flags };
}

function checkForm(message: AuthenticateMessage, sealing: boolean): void {
  if (message.userName === "") throw new NtlmError("badProof", "An anonymous sign-in is refused.");
  if (message.ntChallengeResponse.length < 48)
    throw new NtlmError("weakClient", "The client answers with LM or NTLMv1, which are refused.");
  const needed = flags.seal | flags.keyExchange | flags.key128 | flags.extendedSessionSecurity;
  if (sealing && !has(message.flags, needed))
    throw new NtlmError("weakClient", "The client does not agree to sealing with 128 bits.");
}

function proofOf(
  message: AuthenticateMessage,
  challenge: Uint8Array,
  account: FoundAccount,
  digests: Digests,
) {
  const key = ntowfV2(digests, account.revealPassword(), message);
  const blob = message.ntChallengeResponse.subarray(16);
  return { key, proof: ntProof(digests, key, readChallenge(challenge).serverChallenge, blob) };
}

function exportedKeyOf(message: AuthenticateMessage, keyExchangeKey: Uint8Array): Uint8Array {
  if (!has(message.flags, flags.keyExchange)) return keyExchangeKey;
  if (message.encryptedRandomSessionKey.length !== 16)
    throw new NtlmError("badMessage", "The session key of an AUTHENTICATE message is not 16 bytes long.");
  return new Rc4(keyExchangeKey).apply(message.encryptedRandomSessionKey);
}

/**
 * Whether there is a MIC is said inside the proven blob, so nobody on the way can take it away. Without the bit Windows
 * asks for none, though its CHALLENGE had a time (recorded handshake `gssapi_ntlm`, Windows Server 2019).
 */
const announcesMic = (provenPairs: readonly AvPair[]): boolean => (avFlags(provenPairs) & MIC_PRESENT) !== 0;

function checkMic(
  messages: ThreeMessages,
  message: AuthenticateMessage,
  { exportedKey, digests }: { readonly exportedKey: Uint8Array; readonly digests: Digests },
): void {
  const offset = micOffset(messages.authenticate, message.flags);
  const blank = withMic(messages.authenticate, offset, new Uint8Array(16));
  const expected = messageIntegrity(digests, exportedKey, {
    ...messages,
    authenticate: blank,
  });
  if (!equalInConstantTime(expected, messages.authenticate.subarray(offset, offset + 16)))
    throw new NtlmError("badMic", "The message integrity code does not fit.");
}

function checkChannelBinding(pairs: readonly AvPair[], options: VerifyOptions): void {
  if (options.channelBindings === null) return;
  const sent = avValue(pairs, avIds.channelBindings);
  const absent = sent === null || sent.every((byte) => byte === 0);
  if (absent && options.demandChannelBinding)
    throw new NtlmError("missingChannelBinding", "The client sent no channel binding, and one is demanded.");
  if (!absent && !equalInConstantTime(sent, options.channelBindings))
    throw new NtlmError("badChannelBinding", "The client is bound to another TLS certificate.");
}
