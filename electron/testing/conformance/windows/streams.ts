import { below, firstBelow, plainAttribute, plainText } from "../plain/plainXml.ts";
import type { PlainElement } from "../plain/plainXml.ts";
import { plainFragments } from "../plain/plainMessages.ts";
import type { Exchange } from "./recording.ts";
import type { Seeded } from "../../seeded.ts";

/** Bytes that an answer carries, for a command or for the pool (null). */
export type AnswerStream = { readonly command: string | null; readonly bytes: Buffer };

/** All that an answer carries of PSRP, in order: Streams, or the connectResponseXml of a Connect. */
export function streamsOf(answer: PlainElement): readonly AnswerStream[] {
  const received = firstBelow(answer, "ReceiveResponse");
  const streams = received === null ? [] : below(received, "Stream");
  const connected = below(answer, "connectResponseXml");
  return [
    ...connected.map((xml) => ({ command: null, bytes: Buffer.from(plainText(xml), "base64") })),
    ...streams.map((stream) => ({
      command: plainAttribute(stream, "CommandId"),
      bytes: Buffer.from(plainText(stream), "base64"),
    })),
  ];
}

/** Changes the cut of a server's bytes; the sources it is given are told apart by key. */
export type Cutter = (key: string, payload: Buffer) => Buffer;

export const asRecorded: Cutter = (_, payload) => payload;

/** Cuts every object anew into smaller fragments of random sizes, all of a Stream in one payload. */
export function smallerPieces(chance: Seeded): Cutter {
  const nextFragment = new Map<string, bigint>();
  return (key, payload) => {
    const pieces: Buffer[] = [];
    for (const fragment of plainFragments(payload)) {
      let number = fragment.start ? 0n : (nextFragment.get(key) ?? 0n);
      const cuts = cutAnew(fragment.data, chance);
      cuts.forEach((data, index) => {
        const start = fragment.start && index === 0;
        const end = fragment.end && index === cuts.length - 1;
        pieces.push(fragmentBytes(fragment.objectId, number, start, end, data));
        number += 1n;
      });
      nextFragment.set(key, number);
    }
    return Buffer.concat(pieces);
  };
}

function cutAnew(data: Buffer, chance: Seeded): readonly Buffer[] {
  const most = 1 + chance.below(Math.max(1, Math.min(data.length, 4_000)));
  const cuts: Buffer[] = [];
  for (let at = 0; at < data.length; ) {
    const length = 1 + chance.below(most);
    cuts.push(data.subarray(at, at + length));
    at += length;
  }
  return cuts.length === 0 ? [data] : cuts;
}

function fragmentBytes(
  objectId: bigint,
  fragmentId: bigint,
  start: boolean,
  end: boolean,
  data: Buffer,
): Buffer {
  const head = Buffer.alloc(21);
  head.writeBigUInt64BE(objectId, 0);
  head.writeBigUInt64BE(fragmentId, 8);
  head.writeUInt8((start ? 1 : 0) | (end ? 2 : 0), 16);
  head.writeUInt32BE(data.length, 17);
  return Buffer.concat([head, data]);
}

/** The number of a WSManFault, the innermost one; null when the answer holds none. */
export function recordedFault(exchange: Exchange): number | null {
  const { answered } = exchange;
  if (answered === null || firstBelow(answered, "Fault") === null) return null;
  const code = below(answered, "WSManFault").at(-1);
  return code === undefined ? null : Number(plainAttribute(code, "Code")) >>> 0;
}
