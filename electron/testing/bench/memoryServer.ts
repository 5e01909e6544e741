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

const endpoint = await benchEndpoint([
  { name: "Get-Much", module: "Bench", kind: "Function", parameters: [], run: manyRecords },
]);
process.stdout.write(`${endpoint.port}\n`);
