import { assumedShapes } from "../../pep/readiedShapes.ts";
import { allPrinted } from "../../pep/records/allPrinted.ts";
import { plainly } from "../../pep/records/printedText.ts";
import { readGrants } from "../../pep/records/readGrants.ts";
import { readSessions } from "../../pep/records/readSessions.ts";
import { readyShapes } from "../../pep/records/readShapes.ts";
import { readStampFacts } from "../../pep/records/readStampFacts.ts";
import { separate } from "../../pep/records/separate.ts";
import { ClixmlError } from "../../protocol/clixml/clixmlError.ts";
import { readClixml } from "../../protocol/clixml/read.ts";
import { takeApart } from "../../services/transcripts/takeApart.ts";
import type { FuzzTarget } from "./fuzz.ts";
import { recordSamples, transcriptSamples } from "./recordSamples.ts";
import { textOfBytes } from "./textOfBytes.ts";

const now = 1_700_000_000_000;
const reading = {
  shapes: readyShapes(assumedShapes.shapes),
  device: { measured: now, ours: now },
  shownBy: ["AZS-ERCS01"],
};

/** What is read from values that were read: records of the cmdlets, and the transcript in one of them. */
export function recordTargets(): readonly FuzzTarget[] {
  return [
    {
      name: "records",
      samples: recordSamples,
      read: (bytes, chance) => {
        const output = [readClixml(textOfBytes(bytes, chance))];
        const invoked = {
          output,
          said: [],
          aside: [],
          errors: [],
          end: "completed",
          answer: "notAsked",
        } as const;
        readGrants(invoked, { ...reading, includeExpired: true });
        readSessions(invoked, reading);
        allPrinted(invoked, plainly);
        for (const object of separate(output).objects) readStampFacts(object);
        return true;
      },
      declared: [ClixmlError],
    },
    {
      name: "transcript",
      samples: transcriptSamples,
      read: (bytes, chance) => {
        takeApart(textOfBytes(bytes, chance), chance.below(2) === 0 ? "Diagnostics" : null);
        return true;
      },
      declared: [],
    },
  ];
}
