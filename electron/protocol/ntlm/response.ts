import { concat, utf16, viewOf } from "./bytes.ts";
import type { Digests } from "./digests.ts";
import { md4 } from "./md4.ts";

/** Who signs in, as the AUTHENTICATE message names them. */
export type AccountNames = { readonly userName: string; readonly domainName: string };

/**
 * Upper case of one UTF-16 unit by one, as the directory does it: `ß` stays `ß`, where toUpperCase would give `SS`.
 */
export function upperByUnit(text: string): string {
  return Array.from({ length: text.length }, (_, at) => {
    const upper = text.charAt(at).toUpperCase();
    return upper.length === 1 ? upper : text.charAt(at);
  }).join("");
}

/** NTOWFv2 ([MS-NLMP] 3.3.2): the key all NTLMv2 proofs rest on. The domain is taken as it is sent. */
export function ntowfV2(digests: Digests, password: string, names: AccountNames): Uint8Array {
  return digests.hmacMd5(md4(utf16(password)), utf16(upperByUnit(names.userName) + names.domainName));
}

/** The blob under the proof, named temp in [MS-NLMP] 3.3.2. Time: 8 bytes FILETIME. */
export function responseBlob(time: Uint8Array, clientChallenge: Uint8Array, avPairs: Uint8Array): Uint8Array {
  return concat(
    Uint8Array.of(1, 1, 0, 0, 0, 0, 0, 0),
    time,
    clientChallenge,
    new Uint8Array(4),
    avPairs,
    new Uint8Array(4),
  );
}

/** NTProofStr ([MS-NLMP] 3.3.2). */
export function ntProof(
  digests: Digests,
  key: Uint8Array,
  serverChallenge: Uint8Array,
  blob: Uint8Array,
): Uint8Array {
  return digests.hmacMd5(key, concat(serverChallenge, blob));
}

/** The LMv2 response, sent where the server gave no time; 24 zero bytes otherwise ([MS-NLMP] 3.1.5.1.2). */
export function lmResponse(
  digests: Digests,
  key: Uint8Array,
  challenges: { readonly server: Uint8Array; readonly client: Uint8Array; readonly serverSentTime: boolean },
): Uint8Array {
  if (challenges.serverSentTime) return new Uint8Array(24);
  return concat(digests.hmacMd5(key, concat(challenges.server, challenges.client)), challenges.client);
}

/** MIC over the three messages as sent, the last with its MIC field zero ([MS-NLMP] 3.1.5.1.2). */
export function messageIntegrity(
  digests: Digests,
  sessionKey: Uint8Array,
  messages: {
    readonly negotiate: Uint8Array;
    readonly challenge: Uint8Array;
    readonly authenticate: Uint8Array;
  },
): Uint8Array {
  return digests.hmacMd5(sessionKey, concat(messages.negotiate, messages.challenge, messages.authenticate));
}

/** A FILETIME as the eight bytes of the wire. */
export function fileTimeBytes(time: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  viewOf(bytes).setBigUint64(0, time, true);
  return bytes;
}
