import { serverFragment } from "../../protocol/psrp/limits.ts";
import type { ServerPool } from "../../protocol/psrp/serverPool.ts";

/** The most Streams of one answer (protocol 11.6, [R]). */
const mostStreams = 42;
/** What base64 and its Stream element make of a whole fragment, and what the headers take. */
const fragmentInEnvelope = 44_000;
const headersInEnvelope = 3_000;

/** One message an answer for the pool, as a JEA endpoint sends them ([R]); for a command as many as fit. */
export function takeFragments(
  pool: ServerPool,
  commandId: string | null,
  envelopeBytes: number,
): readonly Uint8Array[] {
  const room = Math.max(4_096, envelopeBytes - headersInEnvelope);
  const largest = Math.min(serverFragment, Math.floor((room * 3) / 4) - 256);
  const most = commandId === null ? 1 : Math.min(mostStreams, Math.floor(room / fragmentInEnvelope) || 1);
  const fragments: Uint8Array[] = [];
  let left = room;
  while (fragments.length < mostStreams && (fragments.length < most || left >= fragmentInEnvelope)) {
    if (commandId === null && fragments.length > 0) break;
    const fragment = pool.take(commandId, largest);
    if (fragment === null) break;
    left -= Math.ceil(fragment.length / 3) * 4 + 160;
    fragments.push(fragment);
  }
  return fragments;
}
