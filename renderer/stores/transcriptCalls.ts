import type { ConsoleClient, TranscriptFacts } from "#contract";
import { pageLines } from "./transcriptVersion.ts";
import type { Found } from "./transcriptVersion.ts";
import { done, failed } from "./work.ts";
import type { Work } from "./work.ts";

export type Query = { readonly text: string; readonly matchCase: boolean };
export type Pages = ReadonlyMap<number, readonly string[]>;

const charactersAtOnce = 500_000;

/** These pages of one version. */
export async function readPages(
  console: ConsoleClient,
  transcriptId: string,
  wanted: readonly number[],
): Promise<Pages> {
  const read = async (page: number): Promise<readonly [number, readonly string[]]> => {
    const from = page * pageLines + 1;
    const { lines } = await console.transcripts.page({ transcriptId, from, count: pageLines });
    return [page, lines];
  };
  return new Map(await Promise.all(wanted.map(read)));
}

/** The lines of one version that hold a text. */
export async function findIn(
  console: ConsoleClient,
  transcriptId: string,
  { text, matchCase }: Query,
): Promise<Work<Found>> {
  try {
    return done({ ...(await console.transcripts.find({ transcriptId, text, matchCase })), text });
  } catch (cause) {
    return failed(cause);
  }
}

/** The whole text of one version, to the letter; `onCollected` is told how many characters are there so far. */
export async function collectText(
  console: ConsoleClient,
  { transcriptId, characters }: TranscriptFacts,
  onCollected: (characters: number) => void,
): Promise<string> {
  let all = "";
  onCollected(0);
  while (all.length < characters) {
    const asked = { transcriptId, from: all.length, count: charactersAtOnce };
    const { text } = await console.transcripts.text(asked);
    if (text === "") break;
    all += text;
    onCollected(all.length);
  }
  return all;
}
