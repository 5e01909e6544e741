import { ascii, concat, equalInConstantTime, viewOf } from "./bytes.ts";
import { NtlmError } from "./ntlmError.ts";

const SIGNATURE = ascii("NTLMSSP\0");
const LARGEST = 64 * 1024;

/** True when these bytes begin as an NTLM message does; how a bare message is told from a SPNEGO token. */
export function isNtlmMessage(bytes: Uint8Array): boolean {
  return bytes.length >= 8 && equalInConstantTime(bytes.subarray(0, 8), SIGNATURE);
}

/** Checks signature, type and size and gives a reader over the message. */
export function openMessage(bytes: Uint8Array, type: number, least: number): DataView {
  if (bytes.length > LARGEST) throw new NtlmError("badMessage", "An NTLM message is larger than 64 KiB.");
  if (bytes.length < Math.max(least, 12) || !isNtlmMessage(bytes))
    throw new NtlmError("badMessage", "An NTLM message is too short or has no NTLMSSP signature.");
  const view = viewOf(bytes);
  const found = view.getUint32(8, true);
  if (found !== type)
    throw new NtlmError("badMessage", `An NTLM message of type ${found} came where type ${type} was due.`);
  return view;
}

/** Reads the payload a field points to. Order, gaps and overlaps are free, reading past the end is not. */
export function readField(bytes: Uint8Array, at: number): Uint8Array {
  const { length, offset } = fieldAt(bytes, at);
  if (length === 0) return new Uint8Array(0);
  if (offset + length > bytes.length)
    throw new NtlmError("badMessage", "A field of an NTLM message points past its end.");
  return bytes.slice(offset, offset + length);
}

/** The length and offset that stand in a field. */
export function fieldAt(bytes: Uint8Array, at: number): { readonly length: number; readonly offset: number } {
  const view = viewOf(bytes);
  return { length: view.getUint16(at, true), offset: view.getUint32(at + 4, true) };
}

/** A message of its fixed part and payloads: each payload is appended and its field written at `at`. */
export function writeMessage(
  type: number,
  fixed: Uint8Array,
  payloads: readonly { readonly at: number; readonly value: Uint8Array }[],
): Uint8Array {
  const head = fixed.slice();
  head.set(SIGNATURE);
  const view = viewOf(head);
  view.setUint32(8, type, true);
  let offset = head.length;
  for (const { at, value } of payloads) {
    view.setUint16(at, value.length, true);
    view.setUint16(at + 2, value.length, true);
    view.setUint32(at + 4, offset, true);
    offset += value.length;
  }
  return concat(head, ...payloads.map((payload) => payload.value));
}
