import { nodeClock } from "../../adapters/node/clock.ts";
import type { RunningStamp, StampCounts } from "../../drill/runningStamp.ts";
import { startStamp } from "../../drill/startStamp.ts";
import { createEndpoints } from "../../pep/createEndpoints.ts";
import type { Endpoints, Runspace } from "../../services/ports.ts";
import { Secret } from "../../services/secret.ts";
import type { BenchResult } from "./result.ts";

const password = "Practice-horse-9";

/** Counts the requests of a warm command, and of open + one command + close, as the practice stamp saw them. */
export async function requestsBench(): Promise<readonly BenchResult[]> {
  await using stamp = await benchStamp();
  const endpoints = createEndpoints({ clock: nodeClock });
  const never = new AbortController().signal;
  const count = () => stamp.counts(0);
  const runspace = await openAt(stamp, endpoints);
  await runspace.readAccess({ includeExpired: true }, never);
  const before = count();
  await runspace.readAccess({ includeExpired: true }, never);
  const warm = between(before, count());
  await runspace[Symbol.asyncDispose]();
  await endpoints.close();
  const all = between(warm, count());
  const usual = { name: "requests", unit: "" };
  return [
    {
      ...usual,
      what: "requests of a warm command",
      measured: inWords(warm),
      number: warm.envelopes,
      must: { most: 2 },
      aim: 2,
    },
    {
      ...usual,
      what: "open + one command + close, the protocol's minimum being 7",
      measured: inWords(all),
      number: all.envelopes,
      must: { most: 9 },
      aim: 7,
    },
  ];
}

type Counted = Pick<StampCounts, "envelopes" | "httpRequests">;

const between = (before: Counted, after: Counted): Counted => ({
  envelopes: after.envelopes - before.envelopes,
  httpRequests: after.httpRequests - before.httpRequests,
});

const inWords = ({ envelopes, httpRequests }: Counted): string =>
  `the stamp counted ${envelopes} envelopes in ${httpRequests} HTTP requests, the rounds of the sign-in included`;

async function benchStamp(): Promise<RunningStamp> {
  return await startStamp({
    ports: [0, 0, 0],
    account: "AZS\\cloudadmin",
    revealPassword: () => password,
    stateFolder: null,
    seed: 3,
    switches: { engineer: "nobody" },
  });
}

function openAt(stamp: RunningStamp, endpoints: Endpoints): Promise<Runspace> {
  const address = { ...stamp.endpoints[0], transport: "http", configuration: stamp.configuration } as const;
  const credential = { account: stamp.account, password: new Secret(password) };
  return endpoints.open(address, credential, new AbortController().signal);
}
