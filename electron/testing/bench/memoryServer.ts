import { customObject } from "../../protocol/clixml/build.ts";
import { escapeString } from "../../protocol/clixml/strings.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { benchEndpoint } from "./benchEndpoint.ts";
import { grantRecord } from "./clixmlInputs.ts";
import { Seeded } from "../seeded.ts";

/* A process of its own, so that only the client's memory is looked at. Prints its port and serves until it is ended. */

async function* manyRecords(): AsyncGenerator<ClixmlValue, void, undefined> {
  const chance = new Seeded(50);
  // Some 970 bytes of CLIXML each: 50 MB in all.
  for (let count = 0; count < 52_000; count++) {
    yield grantRecord(chance);
    if (count % 200 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** One session whose transcript is one string: 50 MB of CLIXML. */
async function* oneTranscript(): AsyncGenerator<ClixmlValue, void, undefined> {
  const line = `AZS-NODE01   Up      3f2504e0-4f89-11d3-9a0c-0305e82c3301  "Healthy"\r\n`;
  yield customObject({
    SessionTranscriptContent: line.repeat(Math.ceil(50_000_000 / escapeString(line).length)),
  });
  await Promise.resolve();
}

const usual = { module: "Bench", kind: "Function", parameters: [] } as const;
const endpoint = await benchEndpoint([
  { ...usual, name: "Get-Much", run: manyRecords },
  { ...usual, name: "Get-Transcript", run: oneTranscript },
]);
process.stdout.write(`${endpoint.port}\n`);
