import { expectDer, readAllDer, readDer, readObjectId, writeDer } from "./der.ts";
import { SpnegoError } from "./spnegoError.ts";

/** NTLMSSP and SPNEGO as object identifiers, dotted and in DER. */
export const NTLMSSP = "1.3.6.1.4.1.311.2.2.10";
const NTLMSSP_DER = Uint8Array.of(0x06, 0x0a, 0x2b, 6, 1, 4, 1, 0x82, 0x37, 2, 2, 0x0a);
const SPNEGO_DER = Uint8Array.of(0x06, 0x06, 0x2b, 6, 1, 5, 5, 2);

/** The mechanism list of our own first token, over which the mechListMIC is made. */
export const OUR_MECHANISMS = writeDer(0x30, NTLMSSP_DER);

/** negState (RFC 4178 4.2.2). */
export const negStates = { completed: 0, incomplete: 1, reject: 2, requestMic: 3 } as const;

export type InitToken = {
  readonly kind: "init";
  /** Dotted object identifiers, in the client's order. */
  readonly mechanisms: readonly string[];
  /** The DER list exactly as it came. */
  readonly mechanismList: Uint8Array;
  readonly mechToken: Uint8Array | null;
};

export type ResponseToken = {
  readonly kind: "response";
  readonly negState: number | null;
  readonly supportedMech: string | null;
  readonly responseToken: Uint8Array | null;
  readonly mechListMic: Uint8Array | null;
};

const LARGEST = 64 * 1024;

/** Reads a token of either kind, the first one with or without its GSS frame. */
export function readToken(bytes: Uint8Array): InitToken | ResponseToken {
  if (bytes.length > LARGEST) throw new SpnegoError("badToken", "A SPNEGO token is larger than 64 KiB.");
  const outer = readDer(bytes);
  if (outer.tag === 0xa1) return readResponse(expectDer(outer.content, 0x30).content);
  if (outer.tag === 0xa0) return readInit(expectDer(outer.content, 0x30).content);
  if (outer.tag !== 0x60) throw new SpnegoError("badToken", "A token is neither SPNEGO nor NTLM.");
  const mechanism = expectDer(outer.content, 0x06);
  return readInit(expectDer(expectDer(mechanism.rest, 0xa0).content, 0x30).content);
}

/** The client's first token: NTLMSSP alone, with its NEGOTIATE message ([MS-SPNG] 3.2). */
export function writeInit(mechToken: Uint8Array): Uint8Array {
  const fields = [writeDer(0xa0, OUR_MECHANISMS), writeDer(0xa2, writeDer(0x04, mechToken))];
  return writeDer(0x60, SPNEGO_DER, writeDer(0xa0, writeDer(0x30, ...fields)));
}

/** A later token; parts that are null are left out. */
export function writeResponse(token: {
  readonly negState: number;
  readonly namesNtlm: boolean;
  readonly responseToken: Uint8Array | null;
  readonly mechListMic: Uint8Array | null;
}): Uint8Array {
  const fields = [writeDer(0xa0, Uint8Array.of(0x0a, 1, token.negState))];
  if (token.namesNtlm) fields.push(writeDer(0xa1, NTLMSSP_DER));
  if (token.responseToken !== null) fields.push(writeDer(0xa2, writeDer(0x04, token.responseToken)));
  if (token.mechListMic !== null) fields.push(writeDer(0xa3, writeDer(0x04, token.mechListMic)));
  return writeDer(0xa1, writeDer(0x30, ...fields));
}

function readInit(fields: Uint8Array): InitToken {
  const parts = partsOf(fields);
  const list = parts.get(0xa0);
  if (list === undefined) throw new SpnegoError("badToken", "A first token names no mechanisms.");
  const mechanismList = expectDer(list, 0x30);
  return {
    kind: "init",
    mechanisms: readAllDer(mechanismList.content).map((element) => readObjectId(element.content)),
    mechanismList: mechanismList.whole,
    mechToken: octets(parts.get(0xa2)),
  };
}

function readResponse(fields: Uint8Array): ResponseToken {
  const parts = partsOf(fields);
  const state = parts.get(0xa0);
  const mechanism = parts.get(0xa1);
  return {
    kind: "response",
    negState: state === undefined ? null : (expectDer(state, 0x0a).content[0] ?? null),
    supportedMech: mechanism === undefined ? null : readObjectId(expectDer(mechanism, 0x06).content),
    responseToken: octets(parts.get(0xa2)),
    mechListMic: octets(parts.get(0xa3)),
  };
}

function partsOf(fields: Uint8Array): ReadonlyMap<number, Uint8Array> {
  return new Map(readAllDer(fields).map((element) => [element.tag, element.content]));
}

function octets(part: Uint8Array | undefined): Uint8Array | null {
  return part === undefined ? null : expectDer(part, 0x04).content;
}
