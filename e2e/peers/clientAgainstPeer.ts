import { commandLine, overHttps } from "./commandLine.ts";
import { consentScenarios } from "./consentRows.ts";
import { cutRows } from "./cutRows.ts";
import { damageRows } from "./damageRows.ts";
import { faultCodes } from "./faultCodes.ts";
import { httpRows, xmlRows } from "./httpRows.ts";
import { midLifeRows, stubbornRow } from "./midLifeRows.ts";
import { noPeer, type Peer, startPeer } from "./peer.ts";
import { psrpRows } from "./psrpRows.ts";
import { rowScenarios } from "./rows.ts";
import { runspaces } from "./runspaces.ts";
import type { Scenario, Tally } from "./scenarios.ts";
import { signInRows } from "./signInRows.ts";
import { slowRows } from "./slowRows.ts";

type Walk = (peer: Peer) => readonly Scenario[];

const plain: readonly Walk[] = [
  (peer) => [...commandLine(peer), ...runspaces(peer), ...consentScenarios(peer)],
  (peer) => [...faultCodes(peer), ...rowScenarios(peer, signInRows), ...rowScenarios(peer, psrpRows)],
  (peer) => rowScenarios(peer, [...cutRows, ...midLifeRows]),
  (peer) => rowScenarios(peer, [...damageRows, ...httpRows, ...xmlRows]),
  // Each of these waits for a limit of ours to its end.
  ...[...slowRows, stubbornRow].map(
    (row): Walk =>
      (peer) =>
        rowScenarios(peer, [row]),
  ),
];

/**
 * Our client against a server that is not ours: psrpcore speaks PSRP, pyspnego signs in and seals. Most of the time is
 * spent waiting, so the groups go beside each other, each at a server of its own.
 */
export async function clientAgainstPeer(tally: Tally, python: string): Promise<void> {
  const group = async (walk: Walk, more: readonly string[] = []): Promise<void> => {
    await using peer = await startPeer(python, more);
    await tally.run(walk(peer));
  };
  await Promise.all([...plain.map((walk) => group(walk)), group(overHttps, ["--tls"])]);
}

/** What the rows are called, without walking them. */
export function clientSentences(): readonly string[] {
  return [...plain, overHttps].flatMap((walk) => walk(noPeer).map(({ sentence }) => sentence));
}
