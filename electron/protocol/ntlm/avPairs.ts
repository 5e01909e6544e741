import { concat, u32, viewOf } from "./bytes.ts";
import { NtlmError } from "./ntlmError.ts";

/** Ids of AV pairs ([MS-NLMP] 2.2.2.1). */
export const avIds = {
  end: 0,
  computerName: 1,
  domainName: 2,
  dnsComputerName: 3,
  dnsDomainName: 4,
  dnsTreeName: 5,
  flags: 6,
  timestamp: 7,
  singleHost: 8,
  targetName: 9,
  channelBindings: 10,
} as const;

/** Bit of the Flags pair: the AUTHENTICATE message carries a MIC. */
export const MIC_PRESENT = 2;

export type AvPair = { readonly id: number; readonly value: Uint8Array };

const MOST_PAIRS = 100;

/** Reads a list up to its end mark; what follows the mark is not looked at. */
export function readAvPairs(bytes: Uint8Array): readonly AvPair[] {
  const view = viewOf(bytes);
  const pairs: AvPair[] = [];
  for (let at = 0; at + 4 <= bytes.length && pairs.length <= MOST_PAIRS; ) {
    const id = view.getUint16(at, true);
    const end = at + 4 + view.getUint16(at + 2, true);
    if (id === avIds.end) return pairs;
    if (end > bytes.length) throw new NtlmError("badMessage", "An AV pair reaches past the end of its list.");
    pairs.push({ id, value: bytes.slice(at + 4, end) });
    at = end;
  }
  throw new NtlmError("badMessage", "A list of AV pairs has no end mark or too many pairs.");
}

/** Writes a list with its end mark. */
export function writeAvPairs(pairs: readonly AvPair[]): Uint8Array {
  const pieces = pairs.map(({ id, value }) => {
    const head = new Uint8Array(4);
    viewOf(head).setUint16(0, id, true);
    viewOf(head).setUint16(2, value.length, true);
    return concat(head, value);
  });
  return concat(...pieces, new Uint8Array(4));
}

/** The value of the first pair with this id, or null. */
export function avValue(pairs: readonly AvPair[], id: number): Uint8Array | null {
  return pairs.find((pair) => pair.id === id)?.value ?? null;
}

/** The Flags pair as a number; 0 where it is missing or no u32. */
export function avFlags(pairs: readonly AvPair[]): number {
  const value = avValue(pairs, avIds.flags);
  return value?.length === 4 ? viewOf(value).getUint32(0, true) : 0;
}

/** The server's pairs as the client sends them back: all copied, these set anew ([MS-NLMP] 3.1.5.1.2). */
export function answeredAvPairs(
  pairs: readonly AvPair[],
  own: { readonly targetName: Uint8Array; readonly channelBindings: Uint8Array },
): readonly AvPair[] {
  const replaced: readonly number[] = [avIds.flags, avIds.targetName, avIds.channelBindings];
  return [
    ...pairs.filter((pair) => !replaced.includes(pair.id)),
    { id: avIds.flags, value: u32(avFlags(pairs) | MIC_PRESENT) },
    { id: avIds.channelBindings, value: own.channelBindings },
    { id: avIds.targetName, value: own.targetName },
  ];
}
