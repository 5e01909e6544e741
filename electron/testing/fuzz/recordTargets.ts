import { readGrant } from "../../pep/records/readGrant.ts";
import { readSession } from "../../pep/records/readSession.ts";
import { readStampFacts } from "../../pep/records/readStampFacts.ts";
import { readTranscriptContent } from "../../pep/records/readTranscriptContent.ts";
import { separate } from "../../pep/records/separate.ts";
import { ClixmlError } from "../../protocol/clixml/clixmlError.ts";
import { readClixml } from "../../protocol/clixml/read.ts";
import { takeApart } from "../../services/transcripts/takeApart.ts";
import type { FuzzTarget } from "./fuzz.ts";
import { recordSamples, transcriptSamples } from "./recordSamples.ts";
import { textOfBytes } from "./textOfBytes.ts";

const now = new Date(1_700_000_000_000);

/** What is read from values that were read: records of the cmdlets, and the transcript in one of them. */
export function recordTargets(): readonly FuzzTarget[] {
  return [
    {
      name: "records",
      samples: recordSamples,
      read: (bytes, chance) => {
        const { objects } = separate([readClixml(textOfBytes(bytes, chance))]);
        for (const object of objects) {
          readGrant(object, now);
          readSession(object);
          readTranscriptContent(object);
          readStampFacts(object);
        }
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
