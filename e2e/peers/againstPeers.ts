import { clientAgainstPeer, clientSentences } from "./clientAgainstPeer.ts";
import { type Place, peersPython } from "./python.ts";
import type { Tally } from "./scenarios.ts";
import { stampAgainstPeer, stampSentences } from "./stampAgainstPeer.ts";

/** Every row that needs the foreign software. Without a way to the registry of Python each is skipped by name. */
export async function againstPeers(tally: Tally, say: (line: string) => void, place?: Place): Promise<void> {
  const { python, unreached } = await peersPython(say, place);
  if (unreached === null) {
    await stampAgainstPeer(tally, python);
    await clientAgainstPeer(tally, python);
    return;
  }
  for (const sentence of [...stampSentences(python), ...clientSentences()]) tally.skip(sentence);
  say(
    `The rows that need Python packages are skipped: the Python registry (${unreached}) is not reached from here.`,
  );
}
