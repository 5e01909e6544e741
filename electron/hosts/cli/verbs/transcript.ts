import { open } from "node:fs/promises";
import { exitCode, UsageError } from "../exitCodes.ts";
import { jsonLine } from "../print.ts";
import { signedInTarget } from "../target.ts";
import { transcriptLines, transcriptText } from "./readings.ts";
import type { Verb } from "./verb.ts";

/** One transcript as text, to standard output or into a new file; with --json its facts and outline. */
export const transcript: Verb = {
  summary: "read a transcript: --session ID [--out FILE]",
  options: ["session", "out"],
  prepare: (options) => {
    const sessionId = options.session;
    if (sessionId === undefined || sessionId === "")
      throw new UsageError("--session ID is needed; `rsc sessions` lists them.");
    return async (console, io) => {
      const target = await signedInTarget(console, options, io);
      const facts = await console.transcripts.open({ targetId: target.id, sessionId }, { signal: io.signal });
      if (options.out !== undefined) await writeNew(options.out, transcriptText(console, facts, io.signal));
      if (options.json === true) io.out(jsonLine({ target: target.name, ...facts }));
      else if (options.out === undefined)
        for await (const line of transcriptLines(console, facts, io.signal)) io.out(line);
      else io.say(`${facts.lines} lines written to ${options.out}, SHA-256 of the text ${facts.sha256}`);
      await console.transcripts.close({ transcriptId: facts.transcriptId });
      return exitCode.done;
    };
  },
};

/** Never overwrites: a transcript is evidence. */
async function writeNew(path: string, pieces: AsyncIterable<string>): Promise<void> {
  const file = await open(path, "wx").catch((cause: unknown) => {
    throw new UsageError(`${path} cannot be made as a new file (it may exist already).`, { cause });
  });
  try {
    // `write` would take a part of the piece for all of it where the disk takes no more.
    for await (const piece of pieces) await file.appendFile(piece);
  } finally {
    await file.close();
  }
}
