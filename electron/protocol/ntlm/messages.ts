import { textOfUtf16, utf16, viewOf } from "./bytes.ts";
import { fieldAt, openMessage, readField, writeMessage } from "./fields.ts";
import { flags, has } from "./flags.ts";
import { NtlmError } from "./ntlmError.ts";

/** Version 10.0 build 14393, NTLM revision 15 ([MS-NLMP] 2.2.2.10). */
const VERSION = Uint8Array.of(0x0a, 0x00, 0x39, 0x38, 0, 0, 0, 0x0f);

export type NegotiateMessage = { readonly flags: number };

export type ChallengeMessage = {
  readonly flags: number;
  readonly targetName: string;
  /** 8 bytes. */
  readonly serverChallenge: Uint8Array;
  /** The AV pairs, raw. */
  readonly targetInfo: Uint8Array;
};

export type AuthenticateMessage = {
  readonly flags: number;
  readonly lmChallengeResponse: Uint8Array;
  readonly ntChallengeResponse: Uint8Array;
  readonly domainName: string;
  readonly userName: string;
  readonly workstation: string;
  readonly encryptedRandomSessionKey: Uint8Array;
};

/** [MS-NLMP] 2.2.1.1, without names. */
export function writeNegotiate(message: NegotiateMessage): Uint8Array {
  const fixed = new Uint8Array(40);
  viewOf(fixed).setUint32(12, message.flags, true);
  fixed.set(VERSION, 32);
  return writeMessage(1, fixed, []);
}

/** Reads the flags; names in it say nothing that is used. Some peers send 16 bytes only. */
export function readNegotiate(bytes: Uint8Array): NegotiateMessage {
  return { flags: openMessage(bytes, 1, 16).getUint32(12, true) };
}

/** [MS-NLMP] 2.2.1.2. */
export function writeChallenge(message: ChallengeMessage): Uint8Array {
  const fixed = new Uint8Array(56);
  viewOf(fixed).setUint32(20, message.flags, true);
  fixed.set(message.serverChallenge, 24);
  fixed.set(VERSION, 48);
  return writeMessage(2, fixed, [
    { at: 12, value: utf16(message.targetName) },
    { at: 40, value: message.targetInfo },
  ]);
}

export function readChallenge(bytes: Uint8Array): ChallengeMessage {
  const view = openMessage(bytes, 2, 48);
  return {
    flags: view.getUint32(20, true),
    targetName: readText(bytes, 12),
    serverChallenge: bytes.slice(24, 32),
    targetInfo: readField(bytes, 40),
  };
}

/** [MS-NLMP] 2.2.1.3 with a MIC field of zeros, which `withMic` fills. */
export function writeAuthenticate(message: AuthenticateMessage): Uint8Array {
  const fixed = new Uint8Array(88);
  viewOf(fixed).setUint32(60, message.flags, true);
  fixed.set(VERSION, 64);
  return writeMessage(3, fixed, [
    { at: 28, value: utf16(message.domainName) },
    { at: 36, value: utf16(message.userName) },
    { at: 44, value: utf16(message.workstation) },
    { at: 12, value: message.lmChallengeResponse },
    { at: 20, value: message.ntChallengeResponse },
    { at: 52, value: message.encryptedRandomSessionKey },
  ]);
}

export function readAuthenticate(bytes: Uint8Array): AuthenticateMessage {
  const view = openMessage(bytes, 3, 64);
  return {
    flags: view.getUint32(60, true),
    lmChallengeResponse: readField(bytes, 12),
    ntChallengeResponse: readField(bytes, 20),
    domainName: readText(bytes, 28),
    userName: readText(bytes, 36),
    workstation: readText(bytes, 44),
    encryptedRandomSessionKey: readField(bytes, 52),
  };
}

/** Where the MIC stands: at 72, or at 64 where a peer without VERSION leaves the eight version bytes out. */
export function micOffset(bytes: Uint8Array, messageFlags: number): number {
  const payloads = [12, 20, 28, 36, 44, 52]
    .map((at) => fieldAt(bytes, at))
    .filter((field) => field.length > 0);
  const first = Math.min(bytes.length, ...payloads.map((field) => field.offset));
  return has(messageFlags, flags.version) || first >= 88 ? 72 : 64;
}

/** The message with these 16 bytes as its MIC. */
export function withMic(bytes: Uint8Array, offset: number, mic: Uint8Array): Uint8Array {
  if (offset + 16 > bytes.length)
    throw new NtlmError("badMessage", "An AUTHENTICATE message is too short for the MIC it announces.");
  const copy = bytes.slice();
  copy.set(mic, offset);
  return copy;
}

function readText(bytes: Uint8Array, at: number): string {
  const raw = readField(bytes, at);
  if (raw.length % 2 !== 0)
    throw new NtlmError("badMessage", "A text in an NTLM message has an odd number of bytes.");
  return textOfUtf16(raw);
}
