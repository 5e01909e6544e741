import { concat } from "../ntlm/bytes.ts";
import { SpnegoError } from "./spnegoError.ts";

export type DerElement = {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content. */
  readonly whole: Uint8Array;
  /** What follows the element. */
  readonly rest: Uint8Array;
};

/** Reads one element: any definite length form of up to four bytes, tags of one byte (X.690 8.1). */
export function readDer(bytes: Uint8Array): DerElement {
  const tag = bytes[0];
  const first = bytes[1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f)
    throw bad("An element is cut short.");
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || lengthBytes > 4) throw bad("A length has a form that is refused.");
  const start = 2 + lengthBytes;
  let length = lengthBytes === 0 ? first : 0;
  for (const byte of bytes.subarray(2, start)) length = length * 256 + byte;
  if (start + length > bytes.length) throw bad("An element reaches past the end of its token.");
  return {
    tag,
    content: bytes.subarray(start, start + length),
    whole: bytes.subarray(0, start + length),
    rest: bytes.subarray(start + length),
  };
}

/** Reads one element of this tag. */
export function expectDer(bytes: Uint8Array, tag: number): DerElement {
  const element = readDer(bytes);
  if (element.tag !== tag) throw bad("An element has another tag than the one that is due.");
  return element;
}

/** Reads elements to the end, at most 64. */
export function readAllDer(bytes: Uint8Array): readonly DerElement[] {
  const elements: DerElement[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const element = readDer(rest);
    if (elements.push(element) > 64) throw bad("A list has more than 64 elements.");
    rest = element.rest;
  }
  return elements;
}

/** Writes one element with the shortest length form. */
export function writeDer(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = concat(...contents);
  return concat(Uint8Array.of(tag, ...lengthForm(content.length)), content);
}

/** An object identifier's content in dotted form. */
export function readObjectId(content: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [first = 0, ...others] = arcs;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...others].join(".");
}

function lengthForm(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) bytes.unshift(left & 255);
  return [0x80 | bytes.length, ...bytes];
}

function bad(sentence: string): SpnegoError {
  return new SpnegoError("badToken", sentence);
}
