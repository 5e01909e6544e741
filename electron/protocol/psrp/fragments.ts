import { PsrpError } from "./psrpError.ts";

/** ObjectId u64, FragmentId u64, flags u8, length u32, all big-endian ([MS-PSRP] 2.2.4). */
export const fragmentHeader = 21;

const startFlag = 1;
const endFlag = 2;

export type Fragment = {
  readonly objectId: bigint;
  readonly fragmentId: bigint;
  readonly start: boolean;
  readonly end: boolean;
  readonly data: Uint8Array;
};

/** One fragment as bytes. */
export function writeFragment(fragment: Fragment): Uint8Array {
  const bytes = new Uint8Array(fragmentHeader + fragment.data.length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, fragment.objectId);
  view.setBigUint64(8, fragment.fragmentId);
  view.setUint8(16, (fragment.start ? startFlag : 0) | (fragment.end ? endFlag : 0));
  view.setUint32(17, fragment.data.length);
  bytes.set(fragment.data, fragmentHeader);
  return bytes;
}

/**
 * The fragments of one Stream payload. A fragment lies whole inside one payload ([MS-PSRP] 3.1.5.1.1), so a rest is an
 * error. The data are views into `bytes`.
 */
export function readFragments(bytes: Uint8Array): readonly Fragment[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fragments: Fragment[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (bytes.length - at < fragmentHeader)
      throw new PsrpError("badFragment", `${bytes.length - at} bytes are too few for a fragment`);
    const length = view.getUint32(at + 17);
    const end = at + fragmentHeader + length;
    if (end > bytes.length)
      throw new PsrpError("badFragment", `a fragment of ${length} bytes goes beyond its payload`);
    const flags = view.getUint8(at + 16);
    fragments.push({
      objectId: view.getBigUint64(at),
      fragmentId: view.getBigUint64(at + 8),
      start: (flags & startFlag) !== 0,
      end: (flags & endFlag) !== 0,
      data: bytes.subarray(at + fragmentHeader, end),
    });
    at = end;
  }
  return fragments;
}
